/** Positions, their protection and their orders as the console shows them. */
import { holdingCycles, liveOrders, ordersOf } from '../model/book';
import { centralDayText } from '../model/central';
import { coverOf } from '../model/cover';
import { type Cycle, isIgnored, netQuantity } from '../model/cycle';
import { type Instrument, markTicks, tickValueMicros } from '../model/instrument';
import { priceOf } from '../model/money';
import { isLive, type Order } from '../model/order';
import type { EngineState } from '../model/state';
import { exitOpensAfter, mayExitAt } from '../model/venue';
import { orderPlainly, priceText } from './plain';
import type { BracketView, ForeignOrderView, OrderView, PositionView, ProtectionView } from './words';

/** @param ts exchange time: whether the venue takes an exit now. */
export function positionsView(state: EngineState, ts: number): readonly PositionView[] {
  return holdingCycles(state).flatMap((cycle) => {
    const instrument = state.instruments[cycle.symbol];
    return instrument ? [positionView(state, cycle, instrument, ts)] : [];
  });
}

function positionView(state: EngineState, cycle: Cycle, instrument: Instrument, ts: number): PositionView {
  const held = netQuantity(cycle);
  const averageTicks =
    cycle.entryQuantity > 0
      ? cycle.entryCostTicks / cycle.entryQuantity
      : cycle.exitCostTicks / cycle.exitQuantity;
  const mark = markTicks(state.market.quotes[cycle.symbol]);
  const openTicks = mark === null ? null : (mark - averageTicks) * Math.sign(held);
  const orders = ordersOf(state, cycle.cycleId).filter(isLive);
  const stop =
    orders.find((order) => order.spec.role === 'emergency') ??
    orders.find((order) => order.spec.role === 'stop');
  const target = orders.find((order) => order.spec.role === 'target');
  const priced = (ticks: number | null | undefined) =>
    ticks == null ? null : priceOf(ticks, instrument.tickSize);
  return {
    cycleId: cycle.cycleId,
    symbol: cycle.symbol,
    localSymbol: instrument.localSymbol,
    quantity: held,
    average: averageTicks * instrument.tickSize,
    last: priced(mark),
    openMicros:
      openTicks === null ? null : Math.round(openTicks * Math.abs(held) * tickValueMicros(instrument)),
    openTicks: openTicks === null ? null : Math.round(openTicks * 100) / 100,
    stop: priced(stop?.spec.triggerTicks),
    target: priced(target?.spec.limitTicks),
    protection: protectionView(state, cycle, instrument),
    rules: cycle.rules,
    exiting: exitingText(state, cycle, instrument, ts),
    origin: cycle.origin,
    orphan: orphanView(cycle),
    openedTs: cycle.firstFillTs ?? cycle.openedTs,
  };
}

function orphanView({ orphan }: Cycle): PositionView['orphan'] {
  if (!orphan) return null;
  const { decision, by, reason } = orphan;
  return { decision, by, reason };
}

/** What the exit is doing, or what it waits for. */
function exitingText(state: EngineState, cycle: Cycle, instrument: Instrument, ts: number): string | null {
  const { exit } = cycle;
  if (!exit) return null;
  const wanted = `${exit.why} (${exit.by})`;
  if (!mayExitAt(instrument, ts)) {
    const opensTs = exitOpensAfter(instrument, ts);
    const when = opensTs === null ? '' : `, ${centralDayText(opensTs)} US/Central`;
    return `${wanted}: the venue is closed; it goes out at the open${when}`;
  }
  const live = ordersOf(state, cycle.cycleId).find((order) => order.spec.role === 'exit' && isLive(order));
  if (!live) return wanted;
  const { limitTicks } = live.spec;
  const price =
    limitTicks === null ? 'market' : `limit ${priceText(priceOf(limitTicks, instrument.tickSize))}`;
  return `${wanted}: ${price}, attempt ${exit.attempts}`;
}

function protectionView(state: EngineState, cycle: Cycle, instrument: Instrument): ProtectionView {
  const { protection } = cycle;
  switch (protection.state) {
    case 'none':
      return { state: 'none', sinceHostMs: null, detail: isIgnored(cycle) ? 'ignored: no stop' : 'flat' };
    case 'arming':
      return { state: 'arming', sinceHostMs: protection.sinceHostMs, detail: 'stop on its way' };
    case 'unprotected':
      return { state: 'unprotected', sinceHostMs: protection.sinceHostMs, detail: bareText(state, cycle) };
    case 'overprotected': {
      const detail = `stops for ${protection.quantity}, held ${Math.abs(netQuantity(cycle))}`;
      return { state: 'overprotected', sinceHostMs: protection.sinceHostMs, detail };
    }
    case 'protected':
    case 'emergency': {
      const spec = state.orders[protection.ref]?.spec;
      const trigger =
        spec?.triggerTicks == null ? '' : ` @ ${priceText(priceOf(spec.triggerTicks, instrument.tickSize))}`;
      const sinceHostMs = protection.state === 'emergency' ? protection.sinceHostMs : null;
      return {
        state: protection.state,
        sinceHostMs,
        detail: `${spec?.type ?? 'stop'} ${spec?.quantity ?? ''}${trigger}`,
      };
    }
  }
}

function bareText(state: EngineState, cycle: Cycle): string {
  const held = netQuantity(cycle);
  const covered = coverOf(ordersOf(state, cycle.cycleId), held).quantity;
  return covered === 0
    ? 'no working stop'
    : `${Math.abs(held) - covered} of ${Math.abs(held)} without a working stop`;
}

/** From the worst to the best: one bare position makes the book bare. */
const WORST_FIRST = ['unprotected', 'overprotected', 'emergency', 'arming', 'protected', 'none'] as const;

export function bookProtection(positions: readonly PositionView[]): ProtectionView {
  for (const state of WORST_FIRST) {
    const worst = positions.find((position) => position.protection.state === state);
    if (worst) {
      const detail =
        state === 'protected' ? 'all protected' : `${worst.localSymbol}: ${worst.protection.detail}`;
      return { state, sinceHostMs: worst.protection.sinceHostMs, detail };
    }
  }
  return { state: 'none', sinceHostMs: null, detail: 'no position' };
}

export function bracketsView(state: EngineState): readonly BracketView[] {
  const live = liveOrders(state);
  const cycleIds = [...new Set(live.map((order) => order.spec.cycleId))];
  return cycleIds.flatMap((cycleId) => {
    const cycle = state.cycles[cycleId];
    const instrument = cycle ? state.instruments[cycle.symbol] : undefined;
    if (!cycle || !instrument) return [];
    const orders = ordersOf(state, cycleId).map((order) => orderView(order, instrument));
    return [
      { cycleId, symbol: cycle.symbol, localSymbol: instrument.localSymbol, phase: cycle.phase, orders },
    ];
  });
}

function orderView(order: Order, instrument: Instrument): OrderView {
  const { spec } = order;
  const priced = (ticks: number | null) => (ticks === null ? null : priceOf(ticks, instrument.tickSize));
  return {
    ref: spec.ref,
    cycleId: spec.cycleId,
    role: spec.role,
    symbol: spec.symbol,
    side: spec.side,
    quantity: spec.quantity,
    filled: order.filledQuantity,
    type: spec.type,
    limit: priced(spec.limitTicks),
    trigger: priced(spec.triggerTicks),
    phase: order.phase,
    brokerStatus: order.brokerStatus,
    plain: orderPlainly(order),
    permId: order.permId,
    sentHostMs: order.sentHostMs,
  };
}

export function foreignOrdersView(state: EngineState): readonly ForeignOrderView[] {
  return state.reconciliation.foreignOrders.map(({ limitTicks, triggerTicks, ...foreign }) => {
    const instrument = state.instruments[foreign.symbol];
    const priced = (ticks: number | null) =>
      ticks === null || !instrument ? null : priceOf(ticks, instrument.tickSize);
    const prices = { limit: priced(limitTicks), trigger: priced(triggerTicks) };
    return { ...foreign, ...prices, localSymbol: instrument?.localSymbol ?? foreign.symbol };
  });
}
