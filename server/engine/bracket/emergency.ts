/**
 * The emergency stop: at once, once, for a position that no stop covers. STP LMT with room; when the price goes beyond its limit
 * and stays there unfilled, or the broker refuses it three times, the position is closed at the market instead.
 */
import { ordersOf, withCycle } from '../model/book';
import { closingGroup } from '../model/closing-group';
import { coverOf } from '../model/cover';
import { type Cycle, netQuantity } from '../model/cycle';
import { attemptAfter, orderRefOf } from '../model/ids';
import { isFresh, markTicks } from '../model/instrument';
import { isLive, type OrderSpec, signOf } from '../model/order';
import { closing, entryRefOf, isCancelOverdue, makeWay, placeOrder } from '../model/placing';
import type { EngineState } from '../model/state';
import { chain, type Outcome, unchanged } from '../model/step';
import { isClosing } from './protection';

const REFUSALS_ALLOWED = 3;

/**
 * Not beside an exit that is under way, and not beside a target of a spent group: that one is cancelled first (I2).
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
  if (orders.some(isClosing) || emergencies.some(isLive) || emergencies.length >= REFUSALS_ALLOWED)
    return unchanged(state);
  const { group, inTheWay } = closingGroup(state, cycle, hostMs);
  const why = whyOf(state, cycle);
  // not for ever, and not for what nobody here can cancel: a stop that rests away from the market beside a target is better than none
  if (!inTheWay.every((order) => order.outOfReach || isCancelOverdue(order, hostMs)))
    return makeWay(state, inTheWay, why, hostMs);
  const refs = emergencies.map((order) => order.spec.ref);
  const attempt = attemptAfter(refs, 'emergency');
  const order = emergencySpec(state, cycle, { attempt, group, hostMs, most });
  if (!order || isBeyond(state, order, hostMs)) return unchanged(state);
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

/** What it protects, and why that needs it. */
function whyOf(state: EngineState, cycle: Cycle): string {
  const held = netQuantity(cycle);
  const bare = Math.abs(held) - coverOf(ordersOf(state, cycle.cycleId), held).quantity;
  const from = entryRefOf(state, cycle) ?? `${cycle.origin} ${cycle.cycleId}`;
  return `No working stop covers ${bare} of the ${Math.abs(held)} of ${from}.`;
}

/** Trigger `emergencyStopTicks` behind its base, limit `emergencyLimitRoomTicks` further. */
function emergencySpec(
  state: EngineState,
  cycle: Cycle,
  { attempt, group, hostMs, most }: { attempt: number; group: string; hostMs: number; most?: number },
): OrderSpec | null {
  const exit = closing(cycle);
  if (!exit || cycle.entryQuantity === 0) return null;
  const direction = signOf(cycle.side);
  const triggerTicks = baseTicks(state, cycle, hostMs) - direction * state.limits.emergencyStopTicks;
  return {
    ...exit,
    quantity: Math.min(exit.quantity, most ?? exit.quantity),
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

/**
 * The average entry. What was found at the broker was not planned here: when the market is past such a stop already, it is measured from
 * the market, for the loss is there and a person decides about it.
 */
function baseTicks(state: EngineState, cycle: Cycle, hostMs: number): number {
  const average = Math.round(cycle.entryCostTicks / cycle.entryQuantity);
  const mark = freshMark(state, cycle.symbol, hostMs);
  if (cycle.origin !== 'adopted' || mark === null) return average;
  const past = (average - mark) * signOf(cycle.side) >= state.limits.emergencyStopTicks;
  return past ? mark : average;
}

function freshMark(state: EngineState, symbol: string, hostMs: number): number | null {
  const quote = state.market.quotes[symbol];
  return isFresh(quote, hostMs, state.limits.maxQuoteAgeMs) ? markTicks(quote) : null;
}

/**
 * The market is past its limit already: it would trigger at once and rest behind the market. Past its trigger only, it is sent: it
 * triggers at once and closes the position within its room, which is what it is for. A stale price decides nothing.
 */
function isBeyond(state: EngineState, { symbol, side, limitTicks }: OrderSpec, hostMs: number): boolean {
  const mark = freshMark(state, symbol, hostMs);
  return mark !== null && limitTicks !== null && (mark - limitTicks) * signOf(side) > 0;
}

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
  const emergencies = ordersOf(state, cycle.cycleId).filter((order) => order.spec.role === 'emergency');
  if (!emergencies.some(isLive)) {
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
  const beyond = limitTicks !== null && mark !== null && (mark - limitTicks) * signOf(cycle.side) < 0;
  const beyondSinceHostMs = beyond ? (protection.beyondSinceHostMs ?? hostMs) : null;
  if (beyondSinceHostMs === protection.beyondSinceHostMs) return state;
  return withCycle(state, { ...cycle, protection: { ...protection, beyondSinceHostMs } });
}
