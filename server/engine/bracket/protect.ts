/** The protection invariant, enforced at every event and every 250 ms: each position covered, each child sized to it, nothing left over. */
import { cyclesToProtect, isDisputed, maySend, ordersOf } from '../model/book';
import { type Cycle, isOverclosed, netQuantity } from '../model/cycle';
import { isLive, remainingOf } from '../model/order';
import { cancelOrder, mayChange, resizeOrder } from '../model/placing';
import type { EngineState } from '../model/state';
import { chain, type Outcome, unchanged } from '../model/step';
import { emergencyFailed, emergencyOverrun, emergencyStop, watchEmergency } from './emergency';
import { settling, watchProtection } from './protection';

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
  const acted = chain(
    watched.state,
    ...cyclesToProtect(watched.state).map((cycle) => (current: EngineState) => cover(current, cycle, hostMs)),
    (current) => clearLeftovers(current, hostMs),
  );
  const outcome = {
    state: acted.state,
    facts: [...watched.facts, ...acted.facts],
    commands: [...watched.commands, ...acted.commands],
  };
  const mustExit = cyclesToProtect(acted.state).flatMap((cycle) => {
    if (cycle.exit) return [];
    if (emergencyOverrun(acted.state, cycle, hostMs))
      return [{ cycle, why: 'The price is beyond the emergency stop.' }];
    if (emergencyFailed(acted.state, cycle, hostMs))
      return [{ cycle, why: 'The broker takes no emergency stop.' }];
    return [];
  });
  return { outcome, mustExit };
}

function cover(state: EngineState, cycle: Cycle, hostMs: number): Outcome {
  if (settling(state, cycle) || isDisputed(state, cycle.symbol) || isOverclosed(cycle))
    return unchanged(state);
  const current = watchEmergency(state, cycle, hostMs);
  if (cycle.protection.state === 'unprotected') return emergencyStop(current, cycle, hostMs);
  return shrink(current, cycle, hostMs);
}

/** Once the entry has ended, what protects covers the position and no more. An order is modified, never cancelled and sent again. */
function shrink(state: EngineState, cycle: Cycle, hostMs: number): Outcome {
  const orders = ordersOf(state, cycle.cycleId);
  const entry = orders.find((order) => order.spec.role === 'entry');
  if (entry && isLive(entry)) return unchanged(state);
  const held = Math.abs(netQuantity(cycle));
  const tooBig = orders.filter(
    (order) =>
      order.spec.reduceOnly &&
      order.spec.role !== 'exit' &&
      mayChange(order, hostMs) &&
      remainingOf(order) > held,
  );
  const why = `The position is ${held}.`;
  return chain(
    state,
    ...tooBig.map(
      (order) => (current: EngineState) =>
        resizeOrder(current, order, order.filledQuantity + held, { why, hostMs }),
    ),
  );
}

/** A flat cycle keeps no working order: a leftover leg, or the rest of its entry, would open a position. */
function clearLeftovers(state: EngineState, hostMs: number): Outcome {
  const leftovers = Object.values(state.orders).filter((order) => {
    if (order.phase !== 'Working' && order.phase !== 'Pending') return false;
    const cycle = state.cycles[order.spec.cycleId];
    const flat = cycle !== undefined && cycle.flatHostMs !== null && netQuantity(cycle) === 0;
    return flat && cycle.flatHostMs !== null && hostMs - cycle.flatHostMs >= GROUP_CANCEL_MS;
  });
  const why = 'The cycle is flat.';
  return chain(
    state,
    ...leftovers.map((order) => (current: EngineState) => cancelOrder(current, order, why, hostMs)),
  );
}
