/** When no stop can save a position: it leaves at the market. */
import { ordersOf, withCycle } from '../model/book';
import type { Cycle } from '../model/cycle';
import { markTicks } from '../model/instrument';
import { gainOf } from '../model/order';
import { cycleWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { emergencySpec, isBeyond, isFillingStop, isUsable, REFUSALS_ALLOWED } from './emergency';
import { isClosing } from './protection';

/** Why the position must be closed at the market, since no emergency stop can do it; null while there is hope. */
export function emergencyFailure(state: EngineState, cycle: Cycle, hostMs: number): string | null {
  const { protection } = cycle;
  const { emergencyEscalateMs, maxUnprotectedMs } = state.limits;
  if (protection.state === 'emergency') {
    const since = protection.beyondSinceHostMs;
    const overrun = since !== null && hostMs - since >= emergencyEscalateMs;
    return overrun ? 'The price is beyond the emergency stop.' : null;
  }
  if (protection.state !== 'unprotected') return null;
  const orders = ordersOf(state, cycle.cycleId);
  // nobody remembers who asked for it (an older database), or the flatten was abandoned
  if (cycle.exit === null && orders.some(isClosing)) {
    return 'An exit of it works, and no stop can go beside it.';
  }
  if (orders.some(isFillingStop)) {
    return 'A stop has filled in part, and nothing covers the rest.';
  }
  const emergencies = orders.filter((order) => order.spec.role === 'emergency');
  if (!emergencies.some(isUsable)) {
    if (emergencies.length >= REFUSALS_ALLOWED) return 'The broker takes no emergency stop.';
    const order = emergencySpec(state, cycle, { attempt: 1, group: '', hostMs });
    return order && isBeyond(state, order, hostMs)
      ? 'The price is already beyond the limit of an emergency stop.'
      : null;
  }
  const unanswered = emergencies.some(
    (order) => order.phase === 'Pending' && hostMs - order.sentHostMs >= emergencyEscalateMs,
  );
  if (unanswered) return 'The broker does not answer the emergency stop.';
  const tooLong = hostMs - protection.sinceHostMs >= maxUnprotectedMs + emergencyEscalateMs;
  return tooLong ? 'No stop could be made to cover the position.' : null;
}

/** Notes since when the price is beyond the emergency stop's limit. */
export function watchEmergency(state: EngineState, cycle: Cycle, hostMs: number): EngineState {
  const { protection } = cycle;
  if (protection.state !== 'emergency') return state;
  const limitTicks = state.orders[protection.ref]?.spec.limitTicks ?? null;
  const mark = markTicks(state.market.quotes[cycle.symbol]);
  const beyond = limitTicks !== null && mark !== null && gainOf(cycle.side, mark - limitTicks) < 0;
  const beyondSinceHostMs = beyond ? (protection.beyondSinceHostMs ?? hostMs) : null;
  if (beyondSinceHostMs === protection.beyondSinceHostMs) return state;
  return withCycle(state, cycleWith(cycle, { protection: { ...protection, beyondSinceHostMs } }));
}
