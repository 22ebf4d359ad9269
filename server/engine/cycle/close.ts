/** A flat cycle is closed once its commissions are in (or late), booked to the day, and in time forgotten: history is in the journal. */
import { liveOrders, openCycles, ordersOf, withCycle } from '../model/book';
import { type Cycle, isOver, netQuantity } from '../model/cycle';
import type { DayBook } from '../model/day';
import { isHistory } from '../model/execution';
import type { CycleFact } from '../model/fact';
import { tickValueMicros } from '../model/instrument';
import { isLive, isSettling, signOf } from '../model/order';
import { cycleWith, stateWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { chain, type Outcome, unchanged } from '../model/step';

/** A commission that has not come by then is booked when it comes (IB reports it after the execution, sometimes long after). */
const COMMISSION_WAIT_MS = 2_000;
const CLOSED_KEPT = 25;
const EQUITY_POINTS = 500;

export function closeCycles(state: EngineState, ts: number, hostMs: number): Outcome {
  const done = openCycles(state).filter((cycle) => isDone(state, cycle, hostMs));
  const closed = chain(state, ...done.map((cycle) => (current: EngineState) => closeCycle(current, cycle)));
  return Object.keys(closed.state.cycles).length > CLOSED_KEPT * 2
    ? { ...closed, state: prune(closed.state, ts) }
    : closed;
}

function isDone(state: EngineState, cycle: Cycle, hostMs: number): boolean {
  if (cycle.phase !== 'open' || netQuantity(cycle) !== 0 || cycle.flatHostMs === null) return false;
  // without a tick value its result is not known: nothing is booked until the broker has said what a tick is worth
  if (!state.instruments[cycle.symbol]) return false;
  const orders = ordersOf(state, cycle.cycleId);
  if (orders.some((order) => isSettling(order) || (order.spec.role === 'entry' && isLive(order))))
    return false;
  const owed = Object.values(state.executions).some(
    (execution) => execution.commissionMicros === null && execution.cycleIds.includes(cycle.cycleId),
  );
  return !owed || hostMs - cycle.flatHostMs >= COMMISSION_WAIT_MS;
}

/** Net result: what the ticks paid, less commissions; exact in micro-dollars (I16). */
function closeCycle(state: EngineState, cycle: Cycle): Outcome {
  const instrument = state.instruments[cycle.symbol];
  if (!instrument) return unchanged(state);
  const ticks = (cycle.exitCostTicks - cycle.entryCostTicks) * signOf(cycle.side);
  const realizedMicros = ticks * tickValueMicros(instrument) - cycle.commissionMicros;
  const { cycleId, symbol, commissionMicros } = cycle;
  const outcome = cycle.outcome ?? 'closed elsewhere';
  const closedTs = cycle.flatTs ?? cycle.openedTs;
  const closed: Cycle = cycleWith(cycle, { phase: 'closed', outcome, realizedMicros, closedTs });
  const fact: CycleFact = { type: 'CycleClosed', cycleId, symbol, outcome, realizedMicros, commissionMicros };
  return {
    state: stateWith(withCycle(state, closed), { day: booked(state.day, closed, realizedMicros, closedTs) }),
    facts: [fact],
    commands: [],
  };
}

function booked(day: DayBook, cycle: Cycle, resultMicros: number, ts: number): DayBook {
  const realizedMicros = day.realizedMicros + resultMicros;
  const peakMicros = Math.max(day.peakMicros, realizedMicros);
  const lost = resultMicros < 0;
  return {
    ...day,
    realizedMicros,
    peakMicros,
    worstDrawdownMicros: Math.max(day.worstDrawdownMicros, peakMicros - realizedMicros),
    won: day.won + (lost ? 0 : 1),
    lost: day.lost + (lost ? 1 : 0),
    consecutiveLosses: lost ? day.consecutiveLosses + 1 : 0,
    lastLossTs: lost ? { ...day.lastLossTs, [cycle.symbol]: ts } : day.lastLossTs,
    equity: [...day.equity, { ts, micros: realizedMicros }].slice(-EQUITY_POINTS),
  };
}

/** Keeps the newest ended cycles with their orders: late callbacks still find them. What still works is never forgotten. */
function prune(state: EngineState, ts: number): EngineState {
  const live = new Set(liveOrders(state).map((order) => order.spec.cycleId));
  const over = Object.values(state.cycles).filter((cycle) => isOver(cycle) && !live.has(cycle.cycleId));
  if (over.length <= CLOSED_KEPT) return state;
  const kept = new Set(over.slice(-CLOSED_KEPT).map((cycle) => cycle.cycleId as string));
  const gone = new Set(over.map((cycle) => cycle.cycleId as string).filter((cycleId) => !kept.has(cycleId)));
  const keeps = (cycleId: string) => !gone.has(cycleId);
  return stateWith(state, {
    cycles: pick(state.cycles, (cycle) => keeps(cycle.cycleId)),
    orders: pick(state.orders, (order) => keeps(order.spec.cycleId)),
    executions: pick(state.executions, (execution) => !isHistory(execution, ts)),
  });
}

function pick<T>(
  table: Readonly<Record<string, T>>,
  keep: (value: T) => boolean,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(table).filter(([, value]) => keep(value)));
}
