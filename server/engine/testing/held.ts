/** An order as the scripted broker holds it, and how it is told. */
import type { BrokerOrder } from '../model/broker';
import type { BrokerEvent } from '../model/event';
import type { BrokerOrderStatus, OrderSpec } from '../model/order';
import { status } from './events';

export interface Held {
  spec: OrderSpec;
  clientId: number;
  permId: number;
  orderId: number;
  status: BrokerOrderStatus;
  whyHeld: string;
  filled: number;
}

export function isWorking(order: Held): boolean {
  return order.status === 'PreSubmitted' || order.status === 'Submitted' || order.status === 'PendingCancel';
}

export function whyHeldAtFirst(spec: OrderSpec): string {
  const stop = spec.type === 'STP' || spec.type === 'STP LMT';
  return [spec.parentRef === null ? '' : 'child', stop ? 'trigger' : ''].filter(Boolean).join(',');
}

export function asReported(order: Held): BrokerOrder {
  const { spec, clientId, permId, orderId, status: word, whyHeld, filled } = order;
  const { ref, symbol, side, quantity, type, limitTicks, triggerTicks, ocaGroup } = spec;
  return {
    orderRef: ref,
    permId,
    orderId,
    clientId,
    status: word,
    whyHeld,
    filled,
    remaining: quantity - filled,
    symbol,
    side,
    quantity,
    type,
    limitTicks,
    triggerTicks,
    ocaGroup: ocaGroup ?? '',
  };
}

export function statusOf({ spec, permId, orderId, status: word, whyHeld, filled }: Held): BrokerEvent {
  const { ref, quantity, limitTicks, triggerTicks } = spec;
  const prices = { limitTicks, triggerTicks };
  return status(ref, word, { permId, orderId, whyHeld, filled, remaining: quantity - filled, prices });
}
