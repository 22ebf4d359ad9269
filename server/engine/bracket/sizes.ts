/**
 * Every closing order is as large as the position: children follow what their parent has filled, down and up, and are modified, never
 * cancelled and sent again. Whether IB activates a child scaled to the parent's fill, in full or only after the last contract is not
 * known for certain: by size alone none of the three can turn a position round (rule 11; full-size children did, prototype seed 7614).
 */
import { ordersOf } from '../model/book';
import { isWorkingStop, mostHeld } from '../model/cover';
import { type Cycle, netQuantity } from '../model/cycle';
import { certainOf, isLive, type Order, remainingOf } from '../model/order';
import { cancelOrder, mayChange, resizeOrder } from '../model/placing';
import type { EngineState } from '../model/state';
import { chain, type Outcome, unchanged } from '../model/step';

/** Partial fills come in bursts: the first one is given this long to be followed by the rest. */
const BURST_MS = 250;
/** A closing order that the broker leaves too large after so many tries is a danger of its own. */
const REFUSALS_ALLOWED = 3;

export function sizeClosers(state: EngineState, cycle: Cycle, hostMs: number): Outcome {
  const orders = ordersOf(state, cycle.cycleId);
  const held = Math.abs(netQuantity(cycle));
  if (isFilling(orders) && inBurst(cycle, hostMs)) return unchanged(state);
  const wrong = orders.filter((order) => mayChange(order, hostMs) && !fits(order, held));
  const why = `The position is ${held}.`;
  return chain(
    state,
    ...wrong.map(
      (order) => (current: EngineState) =>
        resizeOrder(current, order, order.filledQuantity + held, { why, hostMs }),
    ),
  );
}

/**
 * While it is not known how much is held, it is known how much at most: a closing order larger than that is made smaller at once, and none
 * is made larger (seed 730024477: an entry cancelled with two of four filled, whose executions came seconds later).
 */
export function shrinkClosers(state: EngineState, cycle: Cycle, hostMs: number): Outcome {
  const orders = ordersOf(state, cycle.cycleId);
  if (orders.some((order) => hasJustEnded(order, hostMs))) return unchanged(state);
  const most = mostHeld(orders, cycle.entryQuantity - cycle.exitQuantity);
  const tooLarge = orders.filter(
    (order) => order.spec.reduceOnly && mayChange(order, hostMs) && remainingOf(order) > most,
  );
  if (most <= 0 || tooLarge.length === 0) return unchanged(state);
  const why = `The position is ${most} at most.`;
  return chain(
    state,
    ...tooLarge.map((order) => (current: EngineState) => {
      const filled = Math.max(order.filledQuantity, order.reportedFilled);
      return resizeOrder(current, order, filled + most, { why, hostMs });
    }),
  );
}

/** The broker makes the children of an entry that ends as small as its fill: a change that crosses that could make them larger (seed 1504978548). */
function hasJustEnded({ spec, endedHostMs }: Order, hostMs: number): boolean {
  return spec.role === 'entry' && endedHostMs !== null && hostMs - endedHostMs < BURST_MS;
}

/** An exit that is under way is not grown: what came late is the next attempt's. */
function fits(order: Order, held: number): boolean {
  if (!order.spec.reduceOnly || !isLive(order) || remainingOf(order) === held) return true;
  return remainingOf(order) < held && (order.spec.role === 'exit' || order.filledQuantity > 0);
}

function isFilling(orders: readonly Order[]): boolean {
  return orders.some((order) => order.spec.role === 'entry' && isLive(order));
}

function inBurst({ firstFillHostMs }: Cycle, hostMs: number): boolean {
  return firstFillHostMs !== null && hostMs - firstFillHostMs < BURST_MS;
}

/** @returns the closing order that could close more than is held, and that the broker does not shrink. */
export function unshrinkable(state: EngineState, cycle: Cycle): Order | null {
  const held = Math.abs(netQuantity(cycle));
  const stuck = ordersOf(state, cycle.cycleId).find(
    (order) =>
      remainingOf(order) > held &&
      order.change?.phase === 'refused' &&
      order.change.quantity < order.spec.quantity &&
      order.change.refusals >= REFUSALS_ALLOWED,
  );
  return stuck ?? null;
}

/**
 * One closing group: where a second one has come to life (a stop that was thought gone, a cancel that the broker refused), the group that
 * holds an exit or a stop for the whole position stays and the others go (I2). Nothing goes while nothing else covers (I3).
 */
export function oneGroup(state: EngineState, cycle: Cycle, hostMs: number): Outcome {
  const orders = ordersOf(state, cycle.cycleId);
  const closers = orders.filter((order) => order.spec.reduceOnly && isLive(order));
  const [first] = closers;
  if (!first || closers.every((order) => order.spec.ocaGroup === first.spec.ocaGroup))
    return unchanged(state);
  const held = netQuantity(cycle);
  const closes = (order: Order) => order.phase === 'Working' && certainOf(order) >= Math.abs(held);
  const keeper =
    closers.find((order) => order.spec.role === 'exit' && closes(order)) ??
    closers.find((order) => isWorkingStop(order, held) && closes(order));
  if (!keeper) return unchanged(state);
  const extra = closers.filter((order) => order.spec.ocaGroup !== keeper.spec.ocaGroup);
  const why = 'A second group of closing orders could close the position twice.';
  return chain(
    state,
    ...extra.map((order) => (current: EngineState) => cancelOrder(current, order, why, hostMs)),
  );
}
