/**
 * What the broker says of orders, executions, commissions and positions -> our units. Parsed here, once: what cannot be read
 * comes back as null, and its caller says so aloud, because a lost execution is a wrong position.
 */
import type { CommissionReport, Contract, Execution, Order, OrderState } from '@stoqey/ib';
import { z } from 'zod';
import type {
  BrokerCommission,
  BrokerExecution,
  BrokerOrder,
  BrokerPosition,
  OrderPrices,
} from '../../../engine/model/broker';
import type { Instrument } from '../../../engine/model/instrument';
import { microsOf, ticksOf } from '../../../engine/model/money';
import { copied } from './copied';
import { executionTs } from './time';

export const orderStatusSchema = z.enum([
  'ApiPending',
  'PendingSubmit',
  'PreSubmitted',
  'Submitted',
  'PendingCancel',
  'ApiCancelled',
  'Cancelled',
  'Filled',
  'Inactive',
]);

/** Nothing more is to be expected of such an order. */
export function hasEnded(status: z.infer<typeof orderStatusSchema>): boolean {
  return status === 'Filled' || status === 'Cancelled' || status === 'ApiCancelled' || status === 'Inactive';
}

const contracts = z.number().int().nonnegative();
const id = z.number().int().catch(0);
const text = z.string().catch('');
const execId = z.string().min(1).transform(copied);

const executionSchema = z.object({
  execId,
  side: z.enum(['BOT', 'SLD']),
  /** None for an execution that a correction takes back. */
  shares: contracts,
  price: z.number(),
  time: text,
  orderRef: text.transform(copied),
  permId: id,
  orderId: id,
});

/** @param fallbackTs exchange time now: an execution with an unreadable time is still an execution. */
export function executionOf(
  execution: Execution,
  instrument: Instrument,
  fallbackTs: number,
): BrokerExecution | null {
  const parsed = executionSchema.safeParse(execution);
  if (!parsed.success) return null;
  const { execId, side, shares, price, time, orderRef, permId, orderId } = parsed.data;
  return {
    execId,
    orderRef,
    permId,
    orderId,
    symbol: instrument.symbol,
    side: side === 'BOT' ? 'BUY' : 'SELL',
    quantity: shares,
    priceTicks: Math.round(price / instrument.tickSize),
    ts: executionTs(time) ?? fallbackTs,
  };
}

const commissionSchema = z.object({
  execId,
  commission: z.number().nonnegative().max(1e9),
});

/** @returns null while IB does not know the charge (it says -1 or its "unset" number). */
export function commissionOf(report: CommissionReport): BrokerCommission | null {
  const parsed = commissionSchema.safeParse(report);
  return parsed.success ? { execId: parsed.data.execId, micros: microsOf(parsed.data.commission) } : null;
}

const orderSchema = z.object({
  permId: id,
  clientId: id,
  orderRef: text,
  action: z.enum(['BUY', 'SELL']),
  totalQuantity: contracts,
  filledQuantity: contracts.catch(0),
  orderType: text,
  lmtPrice: z.number().optional().catch(undefined),
  auxPrice: z.number().optional().catch(undefined),
  ocaGroup: text,
});

/** What `orderStatus` adds to an order: `openOrder` itself does not carry it. */
export interface Progress {
  filled: number;
  remaining: number;
  whyHeld: string;
}

export interface OrderAnswer {
  orderId: number;
  order: Order;
  state: OrderState;
  progress: Progress | null;
}

/** An open order, or a completed one (which comes without order id, client id and progress). */
export function orderOf(answer: OrderAnswer, instrument: Instrument): BrokerOrder | null {
  const order = orderSchema.safeParse(answer.order);
  const status = orderStatusSchema.safeParse(answer.state.status);
  if (!order.success || !status.success) return null;
  const { permId, clientId, orderRef, ocaGroup, action, totalQuantity, filledQuantity, orderType } =
    order.data;
  const { limitTicks, triggerTicks } = pricesIn(order.data, instrument);
  const filled = answer.progress?.filled ?? (status.data === 'Filled' ? totalQuantity : filledQuantity);
  return {
    permId,
    clientId,
    orderRef,
    ocaGroup,
    limitTicks,
    triggerTicks,
    orderId: answer.orderId,
    status: status.data,
    whyHeld: answer.progress?.whyHeld ?? '',
    filled,
    remaining: answer.progress?.remaining ?? Math.max(0, totalQuantity - filled),
    symbol: instrument.symbol,
    side: action,
    quantity: totalQuantity,
    type: orderType,
  };
}

/** Only those that an order of its type has: IB shows a computed limit for a stop. */
function pricesIn(
  { orderType, lmtPrice, auxPrice }: Pick<z.infer<typeof orderSchema>, 'orderType' | 'lmtPrice' | 'auxPrice'>,
  { tickSize }: Instrument,
): OrderPrices {
  const hasTrigger = orderType === 'STP' || orderType === 'STP LMT';
  const hasLimit = orderType === 'LMT' || orderType === 'STP LMT';
  return {
    limitTicks: hasLimit && lmtPrice !== undefined ? ticksOf(lmtPrice, tickSize) : null,
    triggerTicks: hasTrigger && auxPrice !== undefined ? ticksOf(auxPrice, tickSize) : null,
  };
}

/** What an open order shows of its prices; null when it cannot be read. */
export function pricesOf(order: Order, instrument: Instrument): OrderPrices | null {
  const parsed = orderSchema.safeParse(order);
  return parsed.success ? pricesIn(parsed.data, instrument) : null;
}

/** @param averageCost dollars a contract: price x multiplier, commission included (IB folds it in). */
export function positionOf(quantity: number, averageCost: number, instrument: Instrument): BrokerPosition {
  return {
    symbol: instrument.symbol,
    quantity,
    averageTicks: averageCost / (instrument.multiplier * instrument.tickSize),
  };
}

/** A contract as an operator reads it: `ESZ5`, or what little is known of it. */
export function nameOf(contract: Contract): string {
  return contract.localSymbol || contract.symbol || `contract ${contract.conId ?? 'without id'}`;
}
