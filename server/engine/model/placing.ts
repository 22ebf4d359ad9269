/** The only ways in which orders enter the book, change or are asked to leave it: a record, a fact and a command, together. */
import { maySend, ordersOf, withOrder } from './book';
import type { Command } from './command';
import { type Cycle, netQuantity } from './cycle';
import type { OrderRef } from './ids';
import { markTicks } from './instrument';
import { isLive, type Order, type OrderSpec } from './order';
import { advance } from './order-table';
import { orderWith } from './shape';
import type { EngineState } from './state';
import { chain, type Outcome, unchanged } from './step';

export function newOrder(
  spec: OrderSpec,
  hostMs: number,
  { clientId = null, decisionTicks = null }: Partial<Pick<Order, 'clientId' | 'decisionTicks'>> = {},
): Order {
  return {
    spec,
    change: null,
    phase: 'Pending',
    brokerStatus: null,
    whyHeld: '',
    accepted: false,
    outOfReach: false,
    clientId,
    permId: null,
    orderId: null,
    filledQuantity: 0,
    reportedFilled: 0,
    sentHostMs: hostMs,
    decisionTicks,
    cancelWished: false,
    cancelSentHostMs: null,
    missingSinceHostMs: null,
    fillsUntold: false,
    endedHostMs: null,
    text: null,
    errorCode: null,
  };
}

/** The size and side of an order that closes what the cycle holds, from the position and never from a signal; null when flat (law 1). */
export function closing(cycle: Cycle): { side: 'BUY' | 'SELL'; quantity: number; reduceOnly: true } | null {
  const held = netQuantity(cycle);
  if (held === 0) return null;
  return { side: held > 0 ? 'SELL' : 'BUY', quantity: Math.abs(held), reduceOnly: true };
}

/**
 * @throws when an order of another role than entry would not reduce its cycle's position: a broken invariant stops the worker,
 * while the stop at the broker stays (I1).
 */
export function placeOrder(state: EngineState, order: OrderSpec, why: string, hostMs: number): Outcome {
  const cycle = state.cycles[order.cycleId];
  const allowed = cycle ? closing(cycle) : null;
  if (!order.reduceOnly || !allowed || allowed.side !== order.side || order.quantity > allowed.quantity) {
    throw new Error(`${order.ref}: ${order.side} ${order.quantity} would not only reduce the position.`);
  }
  const { cycleId, symbol } = order;
  const entryRef = cycle ? entryRefOf(state, cycle) : null;
  const sent = { clientId: state.link.clientId, decisionTicks: markTicks(state.market.quotes[symbol]) };
  return {
    state: withOrder(state, newOrder(order, hostMs, sent)),
    facts: [{ type: 'OrderJournaled', cycleId, symbol, order, entryRef, why }],
    commands: [{ type: 'PlaceOrder', order }],
  };
}

/** The order that bought what the cycle holds; null when it was found at the broker. */
export function entryRefOf(state: EngineState, { cycleId }: Cycle): OrderRef | null {
  return ordersOf(state, cycleId).find((order) => order.spec.role === 'entry')?.spec.ref ?? null;
}

/** A cancel that is not confirmed by then no longer holds back what waits for it, and may be asked for again. */
const CANCEL_WAIT_MS = 2_000;

/** The wish is noted at once and sent as soon as anything may be sent (law 7); "not found" does not make it a storm. */
export function cancelOrder(state: EngineState, order: Order, why: string, hostMs: number): Outcome {
  const underWay = order.cancelSentHostMs !== null && !isCancelOverdue(order, hostMs);
  const sent = maySend(state);
  const noted = order.phase === 'Cancelling' || (order.cancelWished && !sent);
  if (!(isLive(order) || order.phase === 'Absent') || order.outOfReach || noted || underWay)
    return unchanged(state);
  const { ref, role, cycleId, symbol } = order.spec;
  const commands: Command[] = sent ? [{ type: 'CancelOrder', ref }] : [];
  const asked = advance(order, 'CancelAsked', hostMs).order;
  // an error from now on answers this cancel
  const wished = { ...asked, cancelWished: true, cancelSentHostMs: sent ? hostMs : null, errorCode: null };
  return {
    state: withOrder(state, wished),
    facts: [{ type: 'OrderCancelRequested', cycleId, symbol, ref, role, why }],
    commands,
  };
}

/** The wish to cancel it is taken back: possible as long as no cancel of it has left. */
export function keepOrder(state: EngineState, order: Order, hostMs: number): EngineState {
  if (!order.cancelWished || order.cancelSentHostMs !== null || !order.accepted) return state;
  return withOrder(
    state,
    advance(orderWith(order, { cancelWished: false }), 'CancelTakenBack', hostMs).order,
  );
}

export function makeWay(
  state: EngineState,
  inTheWay: readonly Order[],
  why: string,
  hostMs: number,
): Outcome {
  return chain(
    state,
    ...inTheWay.map((order) => (current: EngineState) => cancelOrder(current, order, why, hostMs)),
  );
}

export function isCancelOverdue(order: Order, hostMs: number): boolean {
  return order.cancelSentHostMs !== null && hostMs - order.cancelSentHostMs >= CANCEL_WAIT_MS;
}

/** A refused change is tried again after so long, and each time twice as long up to half a minute. */
const CHANGE_RETRY_MS = 500;
const CHANGE_RETRY_MS_MAX = 30_000;

/** The broker's answer to the last change is here, and a refused one is not repeated in a storm. */
export function mayChange({ phase, change, outOfReach }: Order, hostMs: number): boolean {
  if (phase !== 'Working' || outOfReach) return false;
  if (change === null) return true;
  const waitMs = Math.min(CHANGE_RETRY_MS * 2 ** (change.refusals - 1), CHANGE_RETRY_MS_MAX);
  return change.phase === 'refused' && hostMs - change.sentHostMs >= waitMs;
}

/**
 * Another size or price for a working order; its `spec` follows when the broker says so. One change at a time: the broker's answer is
 * awaited before the next.
 * @throws when it would grow a closing order beyond what its cycle holds (I1).
 */
export function changeOrder(
  state: EngineState,
  order: Order,
  terms: Partial<Pick<OrderSpec, 'quantity' | 'limitTicks' | 'triggerTicks'>>,
  hostMs: number,
): Outcome {
  const spec = { ...order.spec, ...terms };
  const cycle = state.cycles[spec.cycleId];
  const held = cycle ? Math.abs(netQuantity(cycle)) : 0;
  if (spec.reduceOnly && spec.quantity > order.spec.quantity && spec.quantity - order.filledQuantity > held) {
    throw new Error(`${spec.ref}: a change to ${spec.quantity} would not only reduce the position.`);
  }
  const { quantity, limitTicks, triggerTicks } = spec;
  const refusals = order.change?.refusals ?? 0;
  const change = {
    phase: 'asked' as const,
    quantity,
    limitTicks,
    triggerTicks,
    sentHostMs: hostMs,
    refusals,
  };
  return {
    state: withOrder(state, orderWith(order, { change })),
    facts: [],
    commands: [{ type: 'ModifyOrder', order: spec }],
  };
}

export function resizeOrder(
  state: EngineState,
  order: Order,
  quantity: number,
  { why, hostMs }: { why: string; hostMs: number },
): Outcome {
  const { ref, cycleId, symbol } = order.spec;
  return {
    ...changeOrder(state, order, { quantity }, hostMs),
    facts: [{ type: 'OrderResized', cycleId, symbol, ref, quantity, why }],
  };
}
