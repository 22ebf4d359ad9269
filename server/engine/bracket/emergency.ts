/**
 * The emergency stop: at once, once, for a position that no stop covers. STP LMT with room; when the price goes beyond its limit
 * and stays there unfilled, or the broker refuses it three times, the position is closed at the market instead.
 */
import { entriesBeside, freeAttempt, ordersOf, positionOf, promisedIn } from '../model/book';
import { closingGroup, isCoveredByAnother } from '../model/closing-group';
import { coverOf, isStop } from '../model/cover';
import { type Cycle, netQuantity } from '../model/cycle';
import { orderRefOf } from '../model/ids';
import { isFresh, markTicks } from '../model/instrument';
import { gainOf, isLive, type Order, type OrderSpec } from '../model/order';
import { closing, entryRefOf, isCancelOverdue, makeWay, placeOrder } from '../model/placing';
import type { EngineState } from '../model/state';
import { chain, type Outcome, unchanged } from '../model/step';
import { isClosing } from './protection';

export const REFUSALS_ALLOWED = 3;

/**
 * Not beside an exit that is under way, and not beside a target of a spent group or an entry that would close it: those are cancelled first (I2).
 * @param most contracts, where less than the position is there for certain.
 */
export function emergencyStop(
  state: EngineState,
  cycle: Cycle,
  hostMs: number,
  most = Number.POSITIVE_INFINITY,
): Outcome {
  const orders = ordersOf(state, cycle.cycleId);
  const emergencies = orders.filter((order) => order.spec.role === 'emergency');
  if (orders.some(isClosing) || emergencies.some(isUsable) || emergencies.length >= REFUSALS_ALLOWED)
    return unchanged(state);
  const { group, inTheWay } = closingGroup(state, cycle, hostMs);
  // it has triggered, and closes what it can: cancelling it would take the last cover away (I3, seed 310054801)
  if (inTheWay.some(isFillingStop)) return unchanged(state);
  const why = whyOf(state, cycle);
  // not for ever, and not for what nobody here can cancel: a stop that rests away from the market beside a target is better than none
  const isWaitedFor = (order: Order) => !order.outOfReach && !isCancelOverdue(order, hostMs);
  if (inTheWay.some(isWaitedFor)) return makeWay(state, inTheWay, why, hostMs);
  const attempt = freeAttempt(state, cycle.cycleId, 'emergency');
  const order = emergencySpec(state, cycle, { attempt, group, hostMs, most });
  if (!order || isBeyond(state, order, hostMs)) return unchanged(state);
  if (isClosedByAnother(state, cycle, netQuantity(cycle))) return unchanged(state);
  const against = entriesAgainst(state, cycle);
  if (against.some(isWaitedFor)) return makeWay(state, against, why, hostMs);
  if (isCoveredByAnother(state, cycle)) return unchanged(state);
  const text = `EMERGENCY STOP ${order.side} ${order.quantity} ${order.symbol}: ${why}`;
  return chain(
    state,
    (current) => placeOrder(current, order, why, hostMs),
    (current) => ({
      state: current,
      facts: [],
      commands: [{ type: 'SendAlert', severity: 'critical', text }],
    }),
  );
}

/** Entries of other cycles that close this one instead of opening: a stop that closes it as well turns the position (seed 900057349). */
function entriesAgainst(state: EngineState, cycle: Cycle): readonly Order[] {
  return entriesBeside(state, cycle).filter(({ spec }) => spec.cycleId !== cycle.cycleId);
}

/**
 * All cycles together hold less than this one, once what a status has told is counted like an execution: another one has closed these
 * contracts as well, or is about to have (an entry the other way, a child that was too large). A stop for all of them could turn the position.
 */
function isClosedByAnother(state: EngineState, { symbol }: Cycle, held: number): boolean {
  const settled = positionOf(state, symbol) + promisedIn(state, symbol);
  return Math.sign(held) * settled < Math.abs(held);
}

/** One under another client id cannot grow: where it is too small another joins its group (seed 1488671417). */
export function isUsable(order: Order): boolean {
  return isLive(order) && !order.outOfReach;
}

export function isFillingStop(order: Order): boolean {
  return isStop(order) && order.phase === 'Working' && order.filledQuantity > 0;
}

/** What it protects, and why that needs it. */
function whyOf(state: EngineState, cycle: Cycle): string {
  const held = netQuantity(cycle);
  const bare = Math.abs(held) - coverOf(ordersOf(state, cycle.cycleId), held).quantity;
  const from = entryRefOf(state, cycle) ?? `${cycle.origin} ${cycle.cycleId}`;
  return `No working stop covers ${bare} of the ${Math.abs(held)} of ${from}.`;
}

/** Trigger `emergencyStopTicks` behind its base, limit `emergencyLimitRoomTicks` further. */
export function emergencySpec(
  state: EngineState,
  cycle: Cycle,
  { attempt, group, hostMs, most }: { attempt: number; group: string; hostMs: number; most?: number },
): OrderSpec | null {
  const exit = closing(cycle);
  if (!exit || cycle.entryQuantity === 0) return null;
  const { emergencyStopTicks, emergencyLimitRoomTicks } = state.limits;
  const planned = cycle.origin !== 'adopted' && (most === undefined || most >= exit.quantity);
  const base = baseTicks(state, cycle, { planned, hostMs });
  const triggerTicks = base - gainOf(cycle.side, emergencyStopTicks);
  return {
    ...exit,
    quantity: Math.min(exit.quantity, most ?? exit.quantity),
    ref: orderRefOf(cycle.cycleId, 'emergency', attempt),
    cycleId: cycle.cycleId,
    role: 'emergency',
    symbol: cycle.symbol,
    type: 'STP LMT',
    limitTicks: triggerTicks - gainOf(cycle.side, emergencyLimitRoomTicks),
    triggerTicks,
    tif: 'GTC',
    ocaGroup: group,
    parentRef: null,
  };
}

/**
 * The average entry. What was found at the broker was not planned here: when the market is past such a stop already, it is measured from
 * the market, for the loss is there and a person decides about it. The same goes for what is there for certain of a position that the
 * broker does not hold in full: it cannot be closed before both agree, and is not left bare until then (L1; seed 320303273).
 */
function baseTicks(
  state: EngineState,
  cycle: Cycle,
  { planned, hostMs }: { planned: boolean; hostMs: number },
): number {
  const average = Math.round(cycle.entryCostTicks / cycle.entryQuantity);
  const mark = freshMark(state, cycle.symbol, hostMs);
  if (planned || mark === null) return average;
  const lost = gainOf(cycle.side, average - mark);
  return lost >= state.limits.emergencyStopTicks ? mark : average;
}

/** Ticks; null while no price is fresh enough to decide by. */
export function freshMark(state: EngineState, symbol: string, hostMs: number): number | null {
  const quote = state.market.quotes[symbol];
  return isFresh(quote, hostMs, state.limits.maxQuoteAgeMs) ? markTicks(quote) : null;
}

/**
 * The market is past its limit already: it would trigger at once and rest behind the market. Past its trigger only, it is sent: it
 * triggers at once and closes the position within its room, which is what it is for. A stale price decides nothing.
 */
export function isBeyond(
  state: EngineState,
  { symbol, side, limitTicks }: OrderSpec,
  hostMs: number,
): boolean {
  const mark = freshMark(state, symbol, hostMs);
  return mark !== null && limitTicks !== null && gainOf(side, mark - limitTicks) > 0;
}
