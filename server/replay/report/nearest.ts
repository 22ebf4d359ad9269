/** For an order id that is not there: those that are, nearest first. */
import type { OrderCase } from '../model/order-case';

export function nearestIds(orders: readonly OrderCase[], wanted: number, count: number): number[] {
  const ids = new Set(
    orders.flatMap(({ orderId, children }) => [orderId, ...children.map((child) => child.orderId)]),
  );
  return [...ids].sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || a - b).slice(0, count);
}
