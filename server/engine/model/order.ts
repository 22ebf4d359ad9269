/** Orders as we mean them (`OrderSpec`) and as the broker has them (`Order`). */
import type { CycleId, OrderRef, OrderRole } from './ids';

export type Side = 'BUY' | 'SELL';
export type OrderType = 'MKT' | 'LMT' | 'STP' | 'STP LMT';
export type TimeInForce = 'DAY' | 'GTC';

export interface OrderSpec {
  ref: OrderRef;
  cycleId: CycleId;
  role: OrderRole;
  symbol: string;
  side: Side;
  /** Contracts. */
  quantity: number;
  type: OrderType;
  limitTicks: number | null;
  triggerTicks: number | null;
  tif: TimeInForce;
  /** Members of one group cancel each other (OCA type 1). */
  ocaGroup: string | null;
  parentRef: OrderRef | null;
  /** True for everything but an entry: it may only bring the position toward zero. */
  reduceOnly: boolean;
}

/** IB's words, as they come over the wire. */
export type BrokerOrderStatus =
  | 'ApiPending'
  | 'PendingSubmit'
  | 'PreSubmitted'
  | 'Submitted'
  | 'PendingCancel'
  | 'ApiCancelled'
  | 'Cancelled'
  | 'Filled'
  | 'Inactive';

/**
 * Our words. `Pending`: journaled and handed to the wire, no answer yet. `Unknown`: in doubt until the broker's own report resolves it.
 * `Working` includes IB's `PreSubmitted`: a healthy CME stop never leaves it. `Absent`: by our own conclusion it is not out there.
 */
export type OrderPhase =
  | 'Pending'
  | 'Working'
  | 'Cancelling'
  | 'Unknown'
  | 'Absent'
  | 'Filled'
  | 'Cancelled'
  | 'Rejected';

/**
 * A modification on its way: `asked` until the broker answers, `refused` until it is asked for again. An accepted one is part of the
 * order's `spec`, which is always what the broker is known to work.
 */
export interface OrderChange {
  phase: 'asked' | 'refused';
  quantity: number;
  limitTicks: number | null;
  triggerTicks: number | null;
  sentHostMs: number;
  /** How often in a row the broker did not do it. */
  refusals: number;
}

export interface Order {
  /** As the broker works it by its own last word; before its first word, as it was sent. */
  spec: OrderSpec;
  change: OrderChange | null;
  phase: OrderPhase;
  brokerStatus: BrokerOrderStatus | null;
  /** IB: `child` while the parent is unfilled, `trigger` for a stop that IB holds. */
  whyHeld: string;
  /** The broker took it at some time: a refusal that comes later is one of a change. */
  accepted: boolean;
  /** It works under another client id: IB shows it, and lets us neither change nor cancel it. */
  outOfReach: boolean;
  /** Under which client id it was sent: IB tells executions to that client, and to another one perhaps never. */
  clientId: number | null;
  permId: number | null;
  orderId: number | null;
  /** Contracts executed, from executions only. */
  filledQuantity: number;
  /** Contracts filled according to the last status: more than `filledQuantity` means executions are still on their way. */
  reportedFilled: number;
  sentHostMs: number;
  /** Mark when it was decided: what a market order is measured against. */
  decisionTicks: number | null;
  /** To be cancelled: stands until the order has ended, whatever phase it is in. */
  cancelWished: boolean;
  cancelSentHostMs: number | null;
  /** Since when reports do not list it any more. */
  missingSinceHostMs: number | null;
  /** Only an error (202) has said that it ended, and none says how much of it had filled. */
  fillsUntold: boolean;
  /** When its end was heard of (Filled, Cancelled, Rejected). */
  endedHostMs: number | null;
  /** Broker's words for a refusal, and IB's code of them. */
  text: string | null;
  errorCode: number | null;
}

export function isLive(order: Order): boolean {
  return (
    order.phase === 'Pending' ||
    order.phase === 'Working' ||
    order.phase === 'Cancelling' ||
    order.phase === 'Unknown'
  );
}

export function isChanging(order: Order): boolean {
  return order.change?.phase === 'asked';
}

/** The most it may ever fill: while a change of its size is not answered, the larger of the two. */
export function largestQuantity({ spec, change }: Order): number {
  return change?.phase === 'asked' ? Math.max(spec.quantity, change.quantity) : spec.quantity;
}

/** Contracts that may still fill. */
export function remainingOf(order: Order): number {
  return isLive(order) ? openOf(order, largestQuantity(order)) : 0;
}

/** Contracts that it closes for certain when its price comes: while a change of its size is not answered, the smaller of the two. */
export function certainOf(order: Order): number {
  const { spec, change } = order;
  if (!isLive(order)) return 0;
  return openOf(order, change?.phase === 'asked' ? Math.min(spec.quantity, change.quantity) : spec.quantity);
}

/** Contracts of a size that have not filled, by executions or by the last status. */
export function openOf(order: Order, quantity: number): number {
  return Math.max(0, quantity - Math.max(order.filledQuantity, order.reportedFilled));
}

/** A status knows of more fills than the executions received: nothing may be decided from the position yet. */
export function isSettling(order: Order): boolean {
  return order.reportedFilled > order.filledQuantity;
}

export function signOf(side: Side): 1 | -1 {
  return side === 'BUY' ? 1 : -1;
}

/** Ticks, or ticks x contracts, as gain: upward is good for a long, downward for a short. */
export function gainOf(side: Side, upward: number): number {
  return side === 'BUY' ? upward : -upward;
}

export function opposite(side: Side): Side {
  return side === 'BUY' ? 'SELL' : 'BUY';
}
