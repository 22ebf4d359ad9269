/**
 * Which order id, permanent id and reference of ours belong together. Order ids are this client's and only ever grow, over reconnects and
 * resets of the gateway alike; other clients count for themselves, so their order ids are never looked up here, only their permanent ids.
 */
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

/** @param lastOrderId the highest one that the journal has heard of: a gateway that was set back offers lower ones (F24, I7). */
export function createOrderIds(clientId: number, lastOrderId: number): OrderIds {
  const refByOrderId = new Map<number, string>();
  const refByPermId = new Map<number, string>();
  const orderIdByRef = new Map<string, number>();
  let next = lastOrderId + 1;

  function bind(orderId: number, orderRef: string): void {
    refByOrderId.set(orderId, orderRef);
    orderIdByRef.set(orderRef, orderId);
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
    seen: (order) => {
      if (order.permId !== 0) refByPermId.set(order.permId, order.orderRef);
      if (order.clientId === clientId && order.orderId > 0 && order.orderRef !== '') {
        bind(order.orderId, order.orderRef);
      }
    },
    refOf: (order) =>
      (order.permId !== 0 ? refByPermId.get(order.permId) : undefined) ??
      (order.clientId === clientId ? refByOrderId.get(order.orderId) : undefined) ??
      '',
    orderIdOf: (orderRef) => orderIdByRef.get(orderRef) ?? null,
  };
}
