/**
 * Exits: a wish that stays until the cycle is flat, pursued as a level. Size and side come from the position, never from a signal;
 * one closing order at a time; it joins the bracket's own OCA group, so that the broker cannot fill both.
 * An exit is never suppressed as a duplicate and never copied beside a live one: a retry is the next attempt, after the last one ended.
 */
import { isDisputed, maySend, openCycles, ordersOf, withCycle } from '../model/book';
import { type Cycle, type ExitReason, isOverclosed, netQuantity } from '../model/cycle';
import type { CycleId } from '../model/ids';
import { orderRefOf } from '../model/ids';
import { isLive, isSettling } from '../model/order';
import { cancelOrder, closing, closingGroup, isCancelOverdue, makeWay, placeOrder } from '../model/placing';
import type { EngineState } from '../model/state';
import { chain, type Outcome, unchanged } from '../model/step';
import { mayExitAt } from '../model/venue';

/** Between attempts, so that a refusal cannot become a storm (25 December: 52 exits in 8 minutes). */
const RETRY_MS = 1_000;

/** @returns nothing at all when the cycle holds nothing and nothing of it can still fill. */
export function requestExit(
  state: EngineState,
  cycleId: CycleId,
  wish: { reason: ExitReason; by: string; why: string },
  hostMs: number,
): Outcome {
  const cycle = state.cycles[cycleId];
  if (!cycle || !hasSomethingToClose(state, cycle)) return unchanged(state);
  const { symbol } = cycle;
  if (cycle.exit) {
    return {
      state,
      facts: [{ type: 'ExitRepeated', cycleId, symbol, by: wish.by, why: wish.why }],
      commands: [],
    };
  }
  const exit = { ...wish, requestedHostMs: hostMs, attempts: 0 };
  return {
    state: withCycle(state, { ...cycle, exit }),
    facts: [{ type: 'ExitRequested', cycleId, symbol, ...wish }],
    commands: [],
  };
}

function hasSomethingToClose(state: EngineState, cycle: Cycle): boolean {
  if (cycle.phase !== 'entering' && cycle.phase !== 'open') return false;
  const entering = ordersOf(state, cycle.cycleId).some((order) => !order.spec.reduceOnly && isLive(order));
  return netQuantity(cycle) !== 0 || entering || ordersOf(state, cycle.cycleId).some(isSettling);
}

export function pursueExits(state: EngineState, ts: number, hostMs: number): Outcome {
  if (!maySend(state)) return unchanged(state);
  const wanted = openCycles(state).filter((cycle) => cycle.exit !== null);
  return chain(
    state,
    ...wanted.map((cycle) => (current: EngineState) => cancelEntry(current, cycle, hostMs)),
    ...wanted.map((cycle) => (current: EngineState) => sendExit(current, cycle, ts, hostMs)),
  );
}

function cancelEntry(state: EngineState, cycle: Cycle, hostMs: number): Outcome {
  const entry = ordersOf(state, cycle.cycleId).find((order) => order.spec.role === 'entry' && isLive(order));
  return entry ? cancelOrder(state, entry, 'The cycle is to be closed.', hostMs) : unchanged(state);
}

function sendExit(state: EngineState, cycle: Cycle, ts: number, hostMs: number): Outcome {
  const { exit, cycleId, symbol } = cycle;
  const reducing = closing(cycle);
  const instrument = state.instruments[symbol];
  if (!exit || !reducing || !instrument || !mayExitAt(instrument, ts)) return unchanged(state);
  if (isOverclosed(cycle) || isDisputed(state, symbol)) return unchanged(state);
  const orders = ordersOf(state, cycleId);
  if (orders.some(isSettling)) return unchanged(state);
  const entry = orders.find((order) => order.spec.role === 'entry' && isLive(order));
  if (entry && !isCancelOverdue(entry, hostMs)) return unchanged(state);
  const exits = orders.filter((order) => order.spec.role === 'exit');
  if (exits.some(isLive) || exits.some((order) => hostMs - order.sentHostMs < RETRY_MS))
    return unchanged(state);

  const attempts = exits.length + 1;
  const { group, inTheWay } = closingGroup(state, cycle);
  // strictly: what stands in the way may have filled, and then this exit would open a position
  if (inTheWay.length > 0) {
    return makeWay(state, inTheWay, 'Its group is spent: it would be a second closer.', hostMs);
  }
  const why =
    attempts === 1
      ? exit.why
      : `Attempt ${attempts}: ${Math.abs(netQuantity(cycle))} still open. ${exit.why}`;
  return placeOrder(
    withCycle(state, { ...cycle, exit: { ...exit, attempts } }),
    {
      ...reducing,
      ref: orderRefOf(cycleId, 'exit', attempts),
      cycleId,
      role: 'exit',
      symbol,
      type: 'MKT',
      limitTicks: null,
      triggerTicks: null,
      tif: 'DAY',
      ocaGroup: group,
      parentRef: null,
    },
    why,
    hostMs,
  );
}
