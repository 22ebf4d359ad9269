/**
 * The OCA group of a cycle's closing orders. A group of type 1 is spent with its first fill and takes nobody in any more; until then
 * whatever is in it, known to us or not, is replaced by what joins it (I2).
 */
import { holdersOf, liveOrders, ordersOf } from './book';
import { closingExposure, entryRemainder } from './cover';
import { type Cycle, netQuantity } from './cycle';
import { isLive, type Order } from './order';
import { isCancelOverdue } from './placing';
import type { EngineState } from './state';

/** IB: the order that needs to be cancelled is not found. */
const CANCEL_NOT_FOUND = 10147;

/**
 * The group for the next closing order: that of a live closer, so that the broker cannot fill both, or one that is not spent: a closer that
 * we think gone may still be there (seed 200012294). What lives in a spent one stands in the way and must be cancelled first.
 */
export function closingGroup(
  state: EngineState,
  cycle: Cycle,
  hostMs: number,
): { group: string; inTheWay: readonly Order[] } {
  const closers = ordersOf(state, cycle.cycleId).filter((order) => order.spec.reduceOnly);
  const groups = new Set([cycle.ocaGroup, ...closers.flatMap(({ spec }) => spec.ocaGroup ?? [])]);
  const spent = new Set(closers.filter(showsSpent).map((order) => order.spec.ocaGroup));
  const live = [...closers.filter(isLive), ...closers.filter((order) => lingers(order, hostMs))];
  const open = live.find((order) => order.spec.ocaGroup !== null && !spent.has(order.spec.ocaGroup));
  const unspent = [...groups].find((group) => !spent.has(group));
  return {
    group: open?.spec.ocaGroup ?? unspent ?? `${cycle.ocaGroup}-${groups.size + 1}`,
    inTheWay: [
      ...live.filter((order) => order.spec.ocaGroup === null || spent.has(order.spec.ocaGroup)),
      ...leftoversBeside(state, cycle),
    ],
  };
}

/** What still works for a cycle that holds nothing would close this one's contracts as well, unlinked (seed 320120678). */
function leftoversBeside(state: EngineState, { cycleId, symbol, side }: Cycle): readonly Order[] {
  return liveOrders(state).filter(({ spec, outOfReach }) => {
    if (!spec.reduceOnly || spec.symbol !== symbol || spec.side === side || spec.cycleId === cycleId)
      return false;
    const of = state.cycles[spec.cycleId];
    return !outOfReach && of !== undefined && of.flatHostMs !== null && netQuantity(of) === 0;
  });
}

/**
 * Another cycle of the same side still has closers for more than it holds, and they close this one's contracts too (seed 740041221): they are
 * about to be made smaller, and a broker that does not do that makes it close at the market (`unshrinkable`).
 */
export function isCoveredByAnother(state: EngineState, { cycleId, symbol, side }: Cycle): boolean {
  return holdersOf(state, symbol).some((other) => {
    if (other.cycleId === cycleId || other.side !== side) return false;
    const orders = ordersOf(state, other.cycleId).filter((order) => !order.outOfReach);
    return closingExposure(orders) > Math.abs(netQuantity(other)) + entryRemainder(orders);
  });
}

function showsSpent(order: Order): boolean {
  return Math.max(order.filledQuantity, order.reportedFilled) > 0 || isRefusedBySpentGroup(order);
}

const GROUP_REFUSES = 201;

/** The broker's word that a member of its group has filled, which may be the first that is heard of it. */
export function isRefusedBySpentGroup({ errorCode, text }: Order): boolean {
  return errorCode === GROUP_REFUSES && text !== null && /OCA group is already filled/.test(text);
}

/**
 * Which member has filled, and how much of it, only a report tells that was asked for since: until then the position is not certain. The same
 * goes for an order whose end only an error has told (seed 320207101).
 */
export function hasUntoldFill(state: EngineState, { cycleId }: Cycle): boolean {
  const { answeredHostMs } = state.reconciliation;
  return ordersOf(state, cycleId).some(
    (order) =>
      (isRefusedBySpentGroup(order) || order.fillsUntold) &&
      order.endedHostMs !== null &&
      (answeredHostMs === null || order.endedHostMs > answeredHostMs),
  );
}

/**
 * We concluded that it is not out there (two of the broker's reports lacked it), but it has worked: it may still. A group that holds it is
 * not left for another one, and a spent group is not left before a cancel of it was answered or has had its time.
 */
function lingers(order: Order, hostMs: number): boolean {
  if (order.phase !== 'Absent' || !order.accepted) return false;
  const notFound = order.cancelSentHostMs !== null && order.errorCode === CANCEL_NOT_FOUND;
  return !notFound && !isCancelOverdue(order, hostMs);
}
