// One order as the exchange holds it, and what IB would say about it at this moment. Prices are ticks.
// Invariant: 0 <= filled <= activeQuantity <= quantity while it is live.
import type { Trade } from './market';
import { toPoints } from './units';
import type {
  Action,
  Contract,
  OcaType,
  OrderKey,
  OrderRecord,
  OrderStatus,
  OrderStatusWord,
  OrderType,
  TimeInForce,
  TriggerMethod,
  WhyHeld,
} from './words';

/** What the client may change later (ib-protocol 3.5). */
export interface Terms {
  readonly quantity: number;
  readonly orderType: OrderType;
  readonly limit: number | undefined;
  /** Where a stop triggers; where a trailing one begins to, if that was said. */
  readonly trigger: number | undefined;
  /** How far a trailing stop stays behind the best price, ticks. */
  readonly trail: number | undefined;
  /** The same in percent of the last price. */
  readonly trailPercent: number | undefined;
  readonly triggerMethod: TriggerMethod;
  readonly tif: TimeInForce;
  readonly outsideRth: boolean;
}

export type Phase = 'parked' | 'live' | 'done';

export interface Order {
  readonly clientId: number;
  readonly orderId: number;
  readonly permId: number;
  /** Placed in TWS by a person: known to the API without an id (0) until client 0 binds it. */
  byHand: 'no' | 'unbound' | 'bound';
  readonly orderRef: string;
  readonly contract: Contract;
  readonly account: string;
  readonly action: Action;
  readonly parent: Order | undefined;
  ocaGroup: string;
  readonly ocaType: OcaType;
  terms: Terms;
  phase: Phase;
  /** How much of it may fill: all of it, or for a child what its parent has filled. */
  activeQuantity: number;
  /** What its OCA siblings filled in its place. */
  reducedBy: number;
  triggered: boolean;
  /** Where it triggers now, ticks: a trailing stop moves it, and never back. */
  stopAt: number | undefined;
  /** The trade that was the first of two in a row to reach the trigger, where two are wanted. */
  reachedBy: Trade | undefined;
  /** The worst price (ticks) at which the exchange fills it as a market order; set when it comes to the market. */
  protection: number | undefined;
  /** It has reached the market: a limit that rests there, or a market order that works. */
  working: boolean;
  cancelPending: boolean;
  filled: number;
  /** Sum of price x size over its executions, ticks. */
  filledValue: number;
  lastFill: number;
  /** When it reaches IB, and when it ends if it is good for the day; epoch ms. */
  arrivesTs: number;
  expiresTs: number;
  /** The last word and reason sent about it. */
  reported: string;
  finalStatus: OrderStatusWord;
  completedTs: number | undefined;
  completedStatus: string;
}

const STOPS: readonly OrderType[] = ['STP', 'STP LMT', 'TRAIL'];

export function isStop(order: Order): boolean {
  return STOPS.includes(order.terms.orderType);
}

/** The worst price it takes, ticks; undefined for an order at the market. */
export function limitOf(order: Order): number | undefined {
  const { orderType, limit } = order.terms;
  return orderType === 'LMT' || orderType === 'STP LMT' ? limit : undefined;
}

/** Nothing of it may rest: what cannot be had at once ends it. */
export function isImmediate({ terms }: Order): boolean {
  return terms.tif === 'IOC' || terms.tif === 'FOK';
}

/** Contracts that may fill now. */
export function workable(order: Order): number {
  return order.phase === 'live' ? order.activeQuantity - order.filled : 0;
}

/** +1 to buy, -1 to sell. */
export function signOf(order: Order): 1 | -1 {
  return order.action === 'BUY' ? 1 : -1;
}

/** What stands for the id of an order that no client owns. */
const UNBOUND_ID = 0;

export function keyOf(order: Order): OrderKey {
  const { clientId, permId, orderRef, byHand } = order;
  return { clientId, orderId: byHand === 'unbound' ? UNBOUND_ID : order.orderId, permId, orderRef };
}

/** A child waits for its parent, a stop for its trigger; a resting stop stays PreSubmitted (ib-protocol 3.3). */
export function whyHeld(order: Order): WhyHeld {
  if (order.phase === 'done') return '';
  const child = order.activeQuantity === 0;
  const trigger = isStop(order) && !order.triggered;
  if (child) return trigger ? 'child,trigger' : 'child';
  return trigger ? 'trigger' : '';
}

export function statusOf(order: Order): OrderStatusWord {
  if (order.phase === 'done') return order.finalStatus;
  if (order.cancelPending) return 'PendingCancel';
  return order.working && whyHeld(order) === '' ? 'Submitted' : 'PreSubmitted';
}

export function averageFill(order: Order): number {
  return order.filled === 0 ? 0 : toPoints(order.filledValue / order.filled);
}

/** What orderStatus carries. */
export function statusReport(order: Order): OrderStatus {
  const { clientId, orderId, permId, orderRef } = keyOf(order);
  return {
    clientId,
    orderId,
    permId,
    orderRef,
    status: statusOf(order),
    filled: order.filled,
    remaining: order.terms.quantity - order.filled,
    avgFillPrice: averageFill(order),
    lastFillPrice: toPoints(order.lastFill),
    parentId: order.parent?.orderId ?? 0,
    whyHeld: whyHeld(order),
  };
}

/** What openOrder carries. */
export function orderRecord(order: Order): OrderRecord {
  const { terms, parent } = order;
  const aux = terms.trail ?? terms.trigger;
  const status = statusReport(order);
  return {
    clientId: status.clientId,
    orderId: status.orderId,
    permId: status.permId,
    orderRef: status.orderRef,
    status: status.status,
    filled: status.filled,
    remaining: status.remaining,
    avgFillPrice: status.avgFillPrice,
    lastFillPrice: status.lastFillPrice,
    parentId: status.parentId,
    whyHeld: status.whyHeld,
    contract: order.contract,
    account: order.account,
    action: order.action,
    totalQuantity: terms.quantity,
    orderType: terms.orderType,
    lmtPrice: terms.limit === undefined ? undefined : toPoints(terms.limit),
    auxPrice: aux === undefined ? undefined : toPoints(aux),
    tif: terms.tif,
    parentPermId: parent?.permId ?? 0,
    ocaGroup: order.ocaGroup,
    ocaType: order.ocaType,
    outsideRth: terms.outsideRth,
    completedTs: order.completedTs,
    completedStatus: order.completedStatus,
    ...stopTerms(order),
  };
}

type StopTerms = Pick<OrderRecord, 'trailStopPrice' | 'trailingPercent' | 'triggerMethod'>;

function stopTerms({ terms, stopAt }: Order): StopTerms {
  const { trail, trailPercent, triggerMethod } = terms;
  const trails = trail !== undefined || trailPercent !== undefined;
  return {
    ...(trails && stopAt !== undefined ? { trailStopPrice: toPoints(stopAt) } : {}),
    ...(trailPercent === undefined ? {} : { trailingPercent: trailPercent }),
    ...(triggerMethod === 0 ? {} : { triggerMethod }),
  };
}
