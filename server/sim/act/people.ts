/** What strategies, operators and people in TWS do. */
import { holderOf } from '../../engine/model/book';
import type { OrderRequest } from '../../exchange/words';
import type { Act } from './plan';
import type { Doing, Stage } from './stage';

/** TWS itself. */
const MANUAL_CLIENT = 0;
const TICKS_A_POINT = 4;
const WHY = 'Simulated.';

type Does =
  | 'signal'
  | 'replaySignal'
  | 'exitSignal'
  | 'operator'
  | 'abandonFlatten'
  | 'decideOrphan'
  | 'exitPosition'
  | 'approve'
  | 'reject'
  | 'manualTrade'
  | 'manualOrder';

export const peopleDo: Doing<Does> = {
  signal: entrySignal,
  replaySignal: (stage) => {
    const { lastSignal } = stage;
    if (!lastSignal) return;
    stage.count('signalReplayed');
    stage.worker.submit({ type: 'SignalReceived', signal: lastSignal });
  },
  exitSignal: (stage, { symbol }) => {
    const signal = { ...signalOf(stage, symbol), action: 'EXIT' as const, quantity: 1 };
    stage.worker.submit({ type: 'SignalReceived', signal });
  },
  abandonFlatten: (stage) => void stage.click({ kind: 'AbandonFlatten', reason: WHY }),
  decideOrphan: (stage, { decision }) => {
    for (const { cycleId, orphan } of Object.values(stage.state?.cycles ?? {})) {
      if (orphan?.decision === 'undecided')
        stage.click({ kind: 'DecideOrphan', cycleId, decision, reason: WHY });
    }
  },
  operator: (stage, { does, scope, twice, by }) => {
    if (does === 'Flatten') countFlatten(stage);
    if (does === 'Halt' || does === 'HaltEntries') countHalt(stage);
    stage.click({ kind: does, scope, reason: WHY }, twice, by);
  },
  exitPosition: (stage, { symbol }) => {
    const cycle = stage.state && holderOf(stage.state, symbol);
    if (cycle) stage.click({ kind: 'ExitPosition', cycleId: cycle.cycleId, reason: WHY });
  },
  approve: (stage, { forged, twice }) => {
    for (const { proposalId, digest } of Object.values(stage.state?.proposals ?? {})) {
      const shown = forged ? 'another proposal' : digest;
      stage.count(forged ? 'approvalForged' : 'approved');
      stage.click({ kind: 'ApproveProposal', proposalId, digest: shown, reason: WHY }, twice);
    }
  },
  reject: (stage) => {
    for (const { proposalId } of Object.values(stage.state?.proposals ?? {})) {
      stage.click({ kind: 'RejectProposal', proposalId, reason: WHY });
    }
  },
  manualTrade: (stage, { symbol, signed, clientId }) => {
    stage.count('manualTrade');
    const action = signed > 0 ? 'BUY' : 'SELL';
    byHand(stage, symbol, { action, totalQuantity: Math.abs(signed), orderType: 'MKT' }, clientId);
  },
  manualOrder: (stage, { symbol, side, quantity, awayTicks, clientId }) => {
    stage.count('foreignOrder');
    const limit = stage.market.lastTicks(symbol) + (side === 'BUY' ? -awayTicks : awayTicks);
    const order = { action: side, totalQuantity: quantity, orderType: 'LMT' as const };
    byHand(stage, symbol, { ...order, lmtPrice: limit / TICKS_A_POINT }, clientId);
  },
};

function entrySignal(stage: Stage, act: Extract<Act, { kind: 'signal' }>): void {
  const { symbol, side, quantity, type, awayTicks, stopTicks, targetTicks, confidence, verdict, twice } = act;
  stage.advisor.verdict = verdict;
  const direction = side === 'BUY' ? 1 : -1;
  const entry = stage.market.lastTicks(symbol) - direction * awayTicks;
  const price = (ticks: number) => ticks / TICKS_A_POINT;
  const signal = {
    ...signalOf(stage, symbol),
    action: side,
    quantity,
    orderType: type,
    entryPrice: type === 'LMT' ? price(entry) : null,
    stopPrice: price(entry - direction * stopTicks),
    targetPrice: price(entry + direction * targetTicks),
    confidence,
    createdTs: stage.schedule.now - (act.lateMs ?? 0),
  };
  stage.lastSignal = signal;
  for (let n = twice ? 2 : 1; n > 0; n--) stage.worker.submit({ type: 'SignalReceived', signal });
}

function signalOf(stage: Stage, symbol: string) {
  return {
    signalId: `s-${stage.nextId()}`,
    source: 'file',
    strategy: 'simulated',
    symbol,
    orderType: 'MKT' as const,
    entryPrice: null,
    stopPrice: null,
    targetPrice: null,
    confidence: null,
    createdTs: stage.schedule.now,
  };
}

type ManualOrder = Pick<OrderRequest, 'action' | 'totalQuantity' | 'orderType' | 'lmtPrice'>;

function byHand(stage: Stage, symbol: string, order: ManualOrder, clientId = MANUAL_CLIENT): void {
  stage.gateway.at((exchange) => {
    const [details] = exchange.contracts({ symbol });
    return exchange.placeOrder({
      ...order,
      clientId,
      orderId: exchange.nextValidId(clientId),
      contract: { conId: details?.contract.conId ?? 0 },
      tif: 'GTC',
      transmit: true,
      outsideRth: true,
    });
  });
}

function countFlatten(stage: Stage): void {
  const held = stage.truth.symbols().some((symbol) => stage.truth.position(symbol) !== 0);
  if (held) stage.count('flattenInPosition');
  if (stage.state?.link.phase !== 'connected') stage.count('flattenWhileDisconnected');
}

function countHalt(stage: Stage): void {
  const entering = Object.values(stage.state?.orders ?? {}).some(
    (order) => order.spec.role === 'entry' && (order.phase === 'Pending' || order.phase === 'Working'),
  );
  if (entering) stage.count('haltWithEntryInFlight');
}
