/**
 * The emergency stop: at once, once, for a position that no stop covers. STP LMT with room; when the price goes beyond its limit
 * and stays there unfilled, or the broker refuses it three times, the position is closed at the market instead.
 */
import { ordersOf, withCycle } from '../model/book';
import type { Cycle } from '../model/cycle';
import { orderRefOf } from '../model/ids';
import { markTicks } from '../model/instrument';
import { isLive, type OrderSpec, signOf } from '../model/order';
import { closing, closingGroup, isCancelOverdue, makeWay, placeOrder } from '../model/placing';
import type { EngineState } from '../model/state';
import { chain, type Outcome, unchanged } from '../model/step';
import { isClosing } from './protection';

const REFUSALS_ALLOWED = 3;

/** Not beside an exit that is under way, and not beside a target of a spent group: that one is cancelled first (I2). */
export function emergencyStop(state: EngineState, cycle: Cycle, hostMs: number): Outcome {
  const orders = ordersOf(state, cycle.cycleId);
  const emergencies = orders.filter((order) => order.spec.role === 'emergency');
  if (orders.some(isClosing) || emergencies.some(isLive) || emergencies.length >= REFUSALS_ALLOWED)
    return unchanged(state);
  const { group, inTheWay } = closingGroup(state, cycle);
  const why = 'No working stop covers the position.';
  // not for ever: a stop that rests away from the market beside a target is better than none
  if (!inTheWay.every((order) => isCancelOverdue(order, hostMs)))
    return makeWay(state, inTheWay, why, hostMs);
  const order = emergencySpec(state, cycle, { attempt: emergencies.length + 1, group });
  if (!order) return unchanged(state);
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

/** Trigger `emergencyStopTicks` behind the average entry, limit `emergencyLimitRoomTicks` further. */
function emergencySpec(
  state: EngineState,
  cycle: Cycle,
  { attempt, group }: { attempt: number; group: string },
): OrderSpec | null {
  const exit = closing(cycle);
  if (!exit || cycle.entryQuantity === 0) return null;
  const direction = signOf(cycle.side);
  const average = Math.round(cycle.entryCostTicks / cycle.entryQuantity);
  const triggerTicks = average - direction * state.limits.emergencyStopTicks;
  return {
    ...exit,
    ref: orderRefOf(cycle.cycleId, 'emergency', attempt),
    cycleId: cycle.cycleId,
    role: 'emergency',
    symbol: cycle.symbol,
    type: 'STP LMT',
    limitTicks: triggerTicks - direction * state.limits.emergencyLimitRoomTicks,
    triggerTicks,
    tif: 'GTC',
    ocaGroup: group,
    parentRef: null,
  };
}

/** Refused as often as allowed with nothing live any more, or sent and not answered. */
export function emergencyFailed(state: EngineState, cycle: Cycle, hostMs: number): boolean {
  const emergencies = ordersOf(state, cycle.cycleId).filter((order) => order.spec.role === 'emergency');
  const refused = emergencies.length >= REFUSALS_ALLOWED && !emergencies.some(isLive);
  const unanswered = emergencies.some(
    (order) => order.phase === 'Pending' && hostMs - order.sentHostMs >= state.limits.emergencyEscalateMs,
  );
  return cycle.protection.state === 'unprotected' && (refused || unanswered);
}

/** Notes since when the price is beyond the emergency stop's limit. */
export function watchEmergency(state: EngineState, cycle: Cycle, hostMs: number): EngineState {
  const { protection } = cycle;
  if (protection.state !== 'emergency') return state;
  const limitTicks = state.orders[protection.ref]?.spec.limitTicks ?? null;
  const mark = markTicks(state.market.quotes[cycle.symbol]);
  const beyond = limitTicks !== null && mark !== null && (mark - limitTicks) * signOf(cycle.side) < 0;
  const beyondSinceHostMs = beyond ? (protection.beyondSinceHostMs ?? hostMs) : null;
  if (beyondSinceHostMs === protection.beyondSinceHostMs) return state;
  return withCycle(state, { ...cycle, protection: { ...protection, beyondSinceHostMs } });
}

export function emergencyOverrun(state: EngineState, cycle: Cycle, hostMs: number): boolean {
  const { protection } = cycle;
  return (
    protection.state === 'emergency' &&
    protection.beyondSinceHostMs !== null &&
    hostMs - protection.beyondSinceHostMs >= state.limits.emergencyEscalateMs
  );
}
