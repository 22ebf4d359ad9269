/** The protection invariant, enforced at every event and every 250 ms: each position covered, each child sized to it, nothing left over. */
import {
  certainOfPhantom,
  cyclesToProtect,
  holdersOf,
  isPhantom,
  liveOrders,
  maySend,
  openCycles,
  ordersOf,
} from '../model/book';
import { hasUntoldFill } from '../model/closing-group';
import { coverOf, isStop } from '../model/cover';
import { type Cycle, isIgnored, isOverclosed, netQuantity } from '../model/cycle';
import { isLive, isSettling, type Order } from '../model/order';
import { cancelOrder, mayChange, resizeOrder } from '../model/placing';
import type { EngineState } from '../model/state';
import { after, chain, type Outcome, unchanged } from '../model/step';
import { emergencyStop } from './emergency';
import { emergencyFailure, watchEmergency } from './last-resort';
import { moveStop } from './moves';
import { settling, watchProtection } from './protection';
import { oneGroup, shrinkClosers, sizeClosers, unshrinkable } from './sizes';

/** The group's own cancel is given this long before we ask for it ourselves. */
const GROUP_CANCEL_MS = 250;

/** @returns also the cycles that protection alone cannot save: they must be closed at the market. */
export function protect(
  state: EngineState,
  hostMs: number,
): { outcome: Outcome; mustExit: readonly { cycle: Cycle; why: string }[] } {
  const watched = chain(
    state,
    ...cyclesToProtect(state).map(
      (cycle) => (current: EngineState) => watchProtection(current, cycle, hostMs),
    ),
  );
  if (!maySend(watched.state)) return { outcome: watched, mustExit: [] };
  const outcome = after(watched, (state) =>
    chain(
      state,
      ...openCycles(state).map((cycle) => (current: EngineState) => notTooLarge(current, cycle, hostMs)),
      ...cyclesToProtect(state).map((cycle) => (current: EngineState) => cover(current, cycle, hostMs)),
      (current) => stopBareEntries(current, hostMs),
      (current) => clearLeftovers(current, hostMs),
    ),
  );
  const mustExit = cyclesToProtect(outcome.state).flatMap((cycle) => {
    const why = cycle.exit?.step === 'market' ? null : whyExit(outcome.state, cycle, hostMs);
    return why === null ? [] : [{ cycle, why }];
  });
  return { outcome, mustExit };
}

function whyExit(state: EngineState, cycle: Cycle, hostMs: number): string | null {
  if (isUnsure(state, cycle)) return null;
  const stuck = unshrinkable(state, cycle);
  if (stuck) {
    return `The broker does not shrink the ${stuck.spec.role}, which could close more than is held.`;
  }
  return emergencyFailure(state, cycle, hostMs);
}

/** What is held is not known for certain: nothing is decided from it (rules 3 and 6, F05). */
function isUnsure(state: EngineState, cycle: Cycle): boolean {
  const settles = settling(state, cycle) || hasUntoldFill(state, cycle);
  return settles || isPhantom(state, cycle.symbol) || isOverclosed(cycle);
}

/** Also of a cycle that holds nothing yet by executions. Where all is certain its closers are sized to what is held. */
function notTooLarge(state: EngineState, cycle: Cycle, hostMs: number): Outcome {
  return isUnsure(state, cycle) && !isIgnored(cycle) ? shrinkClosers(state, cycle, hostMs) : unchanged(state);
}

function cover(state: EngineState, cycle: Cycle, hostMs: number): Outcome {
  if (isUnsure(state, cycle)) return coverCertain(state, cycle, hostMs);
  return chain(
    watchEmergency(state, cycle, hostMs),
    (current) => oneGroup(current, cycle, hostMs),
    (current) => sizeClosers(current, cycle, hostMs),
    (current) => moveStop(current, cycle, hostMs),
    (current) =>
      cycle.protection.state === 'unprotected' ? emergencyStop(current, cycle, hostMs) : unchanged(current),
  );
}

/**
 * The broker holds less than we count: what both count is there, whoever is right, and is not left bare until they agree (L1; seeds
 * 200001812, 200011682). Nothing goes out beside a closing order that may have filled.
 */
function coverCertain(state: EngineState, cycle: Cycle, hostMs: number): Outcome {
  const certain = certainOfPhantom(state, cycle.symbol);
  const held = netQuantity(cycle);
  const alone = holdersOf(state, cycle.symbol).length === 1;
  if (certain * held <= 0 || !alone || cycle.protection.state !== 'unprotected') return unchanged(state);
  const orders = ordersOf(state, cycle.cycleId);
  const mayHaveFilled = orders.some((order) => isSettling(order) && isLive(order));
  if (mayHaveFilled || hasUntoldFill(state, cycle)) return unchanged(state);
  const { quantity, by } = coverOf(orders, held);
  const most = Math.abs(certain);
  if (quantity >= most) return unchanged(state);
  // one that works grows (seed 780018705), unless the broker refuses that: then another one joins its group
  if (by === null || by.change?.phase === 'refused') return emergencyStop(state, cycle, hostMs, most);
  const why = `The broker confirms ${most} of ${Math.abs(held)}.`;
  return mayChange(by, hostMs)
    ? resizeOrder(state, by, by.filledQuantity + most, { why, hostMs })
    : unchanged(state);
}

/** An entry whose stop is gone could fill into a bare position: it goes too (I5). IB leaves the rest of a bracket alive when it refuses a leg. */
function stopBareEntries(state: EngineState, hostMs: number): Outcome {
  const bare = openCycles(state).flatMap((cycle) => {
    if (isUnsure(state, cycle)) return [];
    const orders = ordersOf(state, cycle.cycleId);
    const entry = orders.find((order) => order.spec.role === 'entry' && isLive(order) && !order.cancelWished);
    return entry && orders.every((order) => !isStop(order) || isGone(order, hostMs)) ? [entry] : [];
  });
  const why = 'It has no stop any more.';
  return chain(
    state,
    ...bare.map((entry) => (current: EngineState) => cancelOrder(current, entry, why, hostMs)),
  );
}

/** Long enough that it is not the first word heard of a trade that is over already. */
function isGone(order: Order, hostMs: number): boolean {
  return !isLive(order) && hostMs - (order.endedHostMs ?? 0) >= GROUP_CANCEL_MS;
}

/** A flat cycle keeps no working order: a leftover leg, or the rest of its entry, would open a position. */
function clearLeftovers(state: EngineState, hostMs: number): Outcome {
  const leftovers = liveOrders(state).filter((order) => {
    if (order.phase !== 'Working' && order.phase !== 'Pending') return false;
    const cycle = state.cycles[order.spec.cycleId];
    if (!cycle || cycle.flatHostMs === null || netQuantity(cycle) !== 0) return false;
    return hostMs - cycle.flatHostMs >= GROUP_CANCEL_MS;
  });
  const why = 'The cycle is flat.';
  return chain(
    state,
    ...leftovers.map((order) => (current: EngineState) => cancelOrder(current, order, why, hostMs)),
  );
}
