/**
 * A cancel that was wished for and has not left is not sent to a stop that is needed by now (law 4): the cycle was flat then, as far as anybody
 * knew, or a flatten that has been abandoned wanted it gone, or an orphan was ignored that is adopted now (seed 790011443). Its target stays
 * with it, for a broker that cancels one child of a bracket takes the other along.
 */
import { inScope, isRunning, liveOrders, maySend, ordersOf } from '../model/book';
import { coverOf } from '../model/cover';
import { isIgnored, netQuantity } from '../model/cycle';
import { type Order, signOf } from '../model/order';
import { keepOrder } from '../model/placing';
import type { EngineState } from '../model/state';

export function keepNeeded(state: EngineState, hostMs: number): EngineState {
  if (!maySend(state)) return state;
  const unsent = liveOrders(state).filter((order) => order.cancelWished && order.cancelSentHostMs === null);
  return unsent
    .filter((order) => isNeeded(state, order))
    .reduce((current, order) => keepOrder(current, order, hostMs), state);
}

function isNeeded(state: EngineState, { spec }: Order): boolean {
  const cycle = state.cycles[spec.cycleId];
  if (!cycle || !spec.reduceOnly || spec.role === 'exit') return false;
  const held = netQuantity(cycle);
  const { flatten } = state;
  const leaves = cycle.exit !== null || (isRunning(flatten) && inScope(flatten.scope, cycle.symbol));
  if (leaves || isIgnored(cycle) || signOf(spec.side) * held >= 0) return false;
  const others = ordersOf(state, cycle.cycleId).filter((order) => order.spec.ocaGroup !== spec.ocaGroup);
  return coverOf(others, held).quantity < Math.abs(held);
}
