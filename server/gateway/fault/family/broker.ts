/** What IB does on its own: it cancels an order, and it forgets the executions of the day at midnight. */
import type { Family } from '../scene';

export const brokerFamily: Family = {
  begins(fault, hands) {
    const { exchange } = hands;
    if (fault.kind === 'midnightRollover') exchange.turnDay();
    if (fault.kind !== 'cancelledByBroker') return;
    const working = exchange.openOrders(fault.client ?? 'all');
    for (const order of working) {
      if (fault.orderId !== undefined && order.orderId !== fault.orderId) continue;
      hands.publish(exchange.cancelOrder(order.clientId, order.orderId));
    }
  },
};
