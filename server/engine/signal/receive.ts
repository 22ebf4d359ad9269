/**
 * What a signal means here and now: an entry, which opens a cycle; an exit of what is held; or nothing, with a reason.
 * A signal against an open position is an exit at most, never a reversal: the exit takes its size from the position.
 */

import type { EntryPlan } from '../model/advisory';
import { holderOf, openCycles, ordersOf, withCycle } from '../model/book';
import { type Cycle, isIgnored, netQuantity, openedCycle } from '../model/cycle';
import type { Stamped } from '../model/event';
import { defaultRules } from '../model/exit-rules';
import { type CycleId, cycleIdOf } from '../model/ids';
import type { Instrument, Quote } from '../model/instrument';
import { markTicks } from '../model/instrument';
import { ticksOf } from '../model/money';
import { isLive, type Side } from '../model/order';
import type { ReasonCode } from '../model/reason';
import { cycleWith, stateWith } from '../model/shape';
import type { Signal } from '../model/signal';
import type { EngineState } from '../model/state';
import { type Outcome, unchanged } from '../model/step';

const SIGNALS_REMEMBERED = 2_000;

export type Meaning =
  | { kind: 'entry'; cycleId: CycleId; outcome: Outcome }
  | { kind: 'exit'; cycleId: CycleId; outcome: Outcome }
  | { kind: 'nothing'; outcome: Outcome };

type ReceivedSignal = Stamped<{ type: 'SignalReceived'; signal: Signal }>;

export function receiveSignal(state: EngineState, stamp: ReceivedSignal): Meaning {
  const { signal } = stamp.event;
  const remembered = remember(state, signal, stamp.ts);
  const found = holderOf(state, signal.symbol);
  // what a person told us to ignore is no position of the strategy: it may not close it
  const holder = found && isIgnored(found) ? null : found;
  if (holder && signal.action !== 'EXIT' && closes(signal.action, holder)) {
    return exitOf(remembered, holder, signal);
  }
  if (signal.action === 'EXIT') {
    const target =
      holder ?? openCycles(state).find((cycle) => cycle.symbol === signal.symbol && isEntering(state, cycle));
    if (target) return exitOf(remembered, target, signal);
    return ignored(remembered, signal, 'EXIT_WOULD_OPEN_POSITION', 'There is no position to reduce.');
  }
  if (state.signals.some((seen) => seen.signalId === signal.signalId)) {
    return ignored(
      state,
      signal,
      'DUPLICATE_SIGNAL',
      `A signal with id ${signal.signalId} was received before.`,
    );
  }
  const instrument = state.instruments[signal.symbol];
  if (!instrument) {
    return state.link.phase === 'connected'
      ? ignored(
          remembered,
          signal,
          'UNKNOWN_INSTRUMENT',
          `${signal.symbol} is not an instrument that this worker trades.`,
        )
      : ignored(
          remembered,
          signal,
          'DISCONNECTED',
          `${signal.symbol} is not known yet: the gateway is ${state.link.phase}.`,
        );
  }
  const opened = openCycle(signal, signal.action, instrument, state.market.quotes[signal.symbol], stamp);
  const cycle = cycleWith(opened, { rules: defaultRules(state.limits) });
  return {
    kind: 'entry',
    cycleId: cycle.cycleId,
    outcome: {
      state: withCycle(remembered, cycle),
      facts: [{ type: 'CycleOpened', cycleId: cycle.cycleId, symbol: signal.symbol, signal }],
      commands: [],
    },
  };
}

/** Nothing is held, but an entry may still fill. */
function isEntering(state: EngineState, cycle: Cycle): boolean {
  return ordersOf(state, cycle.cycleId).some((order) => order.spec.role === 'entry' && isLive(order));
}

function closes(action: Side, holder: Cycle): boolean {
  return (action === 'BUY') !== netQuantity(holder) > 0;
}

/** An exit signal made before the position existed cannot mean it; any other is honoured, however often it is repeated. */
function exitOf(state: EngineState, holder: Cycle, signal: Signal): Meaning {
  if (holder.firstFillTs !== null && signal.createdTs < holder.firstFillTs - 1_000) {
    return ignored(
      state,
      signal,
      'STALE_SIGNAL',
      'The signal is older than the position that it would close.',
    );
  }
  return { kind: 'exit', cycleId: holder.cycleId, outcome: unchanged(state) };
}

function ignored(state: EngineState, signal: Signal, code: ReasonCode, detail: string): Meaning {
  return {
    kind: 'nothing',
    outcome: {
      state,
      facts: [{ type: 'SignalIgnored', signalId: signal.signalId, symbol: signal.symbol, code, detail }],
      commands: [],
    },
  };
}

function remember(state: EngineState, signal: Signal, ts: number): EngineState {
  if (state.signals.some((seen) => seen.signalId === signal.signalId)) return state;
  const seen = { signalId: signal.signalId, fingerprint: fingerprintOf(signal), ts };
  return stateWith(state, { signals: [...state.signals, seen].slice(-SIGNALS_REMEMBERED) });
}

function fingerprintOf(signal: Signal): string {
  const { symbol, action, quantity, orderType, entryPrice, stopPrice, targetPrice, strategy } = signal;
  return [strategy, symbol, action, quantity, orderType, entryPrice, stopPrice, targetPrice].join('|');
}

function openCycle(
  signal: Signal,
  side: Side,
  instrument: Instrument,
  quote: Quote | undefined,
  stamp: ReceivedSignal,
): Cycle {
  const cycleId = cycleIdOf(stamp.ts, stamp.seq);
  return openedCycle({
    cycleId,
    symbol: signal.symbol,
    origin: 'signal',
    signalId: signal.signalId,
    signalTs: signal.createdTs,
    fingerprint: fingerprintOf(signal),
    strategy: signal.strategy,
    source: signal.source,
    phase: 'proposed',
    side,
    quantity: signal.quantity,
    orderType: signal.orderType,
    asked: { entryPrice: signal.entryPrice, stopPrice: signal.stopPrice, targetPrice: signal.targetPrice },
    plan: planOf(signal, side, instrument, quote),
    confidence: signal.confidence,
    openedTs: stamp.ts,
  });
}

/** @returns null when a price is missing or off the grid: the guards say which. */
function planOf(
  signal: Signal,
  side: Side,
  instrument: Instrument,
  quote: Quote | undefined,
): EntryPlan | null {
  const ticks = (price: number | null) => (price === null ? null : ticksOf(price, instrument.tickSize));
  const touch = (side === 'BUY' ? quote?.askTicks : quote?.bidTicks) ?? markTicks(quote);
  const entryTicks = signal.orderType === 'LMT' ? ticks(signal.entryPrice) : touch;
  const stopTicks = ticks(signal.stopPrice);
  const targetTicks = ticks(signal.targetPrice);
  if (entryTicks === null || stopTicks === null || targetTicks === null) return null;
  const { symbol, quantity, orderType } = signal;
  return { symbol, side, quantity, orderType, entryTicks, stopTicks, targetTicks };
}
