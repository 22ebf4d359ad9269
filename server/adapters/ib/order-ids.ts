/**
 * Which order id, permanent id and reference of ours belong together. Order ids are this client's and only ever grow, over reconnects and
 * resets of the gateway alike; other clients count for themselves, so their order ids are never looked up here, only their permanent ids.
 */
import type { Clock } from '../../ports';
import { spokenOf } from './spoken-of';
import { copied } from './translate/copied';

export interface OrderIds {
  /** The first of `count` consecutive ids never used before. */
  take(count: number): number;
  /** The gateway told the next id it accepts. */
  atLeast(orderId: number): void;
  /** We placed it. */
  placed(orderId: number, orderRef: string): void;
  /** The broker showed an open order. */
  seen(order: { orderId: number; clientId: number; permId: number; orderRef: string }): void;
  /** Empty when it is not an order of ours. */
  refOf(order: { orderId: number; clientId: number; permId: number }): string;
  /** Null when this client has no such order. */
  orderIdOf(orderRef: string): number | null;
}

/**
 * @param clock says what nobody can speak of any more: it is forgotten.
 * @param lastOrderId the highest one that the journal has heard of: a gateway that was set back offers lower ones (F24, I7).
 */
export function createOrderIds(clock: Pick<Clock, 'now'>, clientId: number, lastOrderId: number): OrderIds {
  const refByOrderId = spokenOf<number, string>(clock);
  const refByPermId = spokenOf<number, string>(clock);
  const orderIdByRef = spokenOf<string, number>(clock);
  let next = lastOrderId + 1;

  function bind(orderId: number, orderRef: string): void {
    refByOrderId.note(orderId, orderRef);
    orderIdByRef.note(orderRef, orderId);
    next = Math.max(next, orderId + 1);
  }

  return {
    take: (count) => {
      const first = next;
      next += count;
      return first;
    },
    atLeast: (orderId) => {
      next = Math.max(next, orderId);
    },
    placed: bind,
    seen: ({ orderId, clientId: whose, permId, ...told }) => {
      const orderRef = copied(told.orderRef);
      if (permId !== 0) refByPermId.note(permId, orderRef);
      if (whose === clientId && orderId > 0 && orderRef !== '') bind(orderId, orderRef);
    },
    refOf: (order) =>
      (order.permId !== 0 ? refByPermId.of(order.permId) : undefined) ??
      (order.clientId === clientId ? refByOrderId.of(order.orderId) : undefined) ??
      '',
    orderIdOf: (orderRef) => orderIdByRef.of(orderRef) ?? null,
  };
}
