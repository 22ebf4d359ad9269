/** Somebody with a bare client: buys at the market, and may cover it with a stop. */
import { EventName, type Execution, IBApi, type Order, OrderAction, OrderType } from '@stoqey/ib';
import { connected, withoutNagle } from './bare';

const TICK = 0.25;

interface Hand {
  /** Buys (or sells, where negative) at the market, and resolves when all of it has filled. */
  trade(contracts: number): Promise<void>;
  /** Buys one, covers it with a stop, closes both. @returns ms from the fill heard of to the stop acknowledged. */
  buyAndStop(): Promise<number>;
  leave(): void;
}

export async function bareHand(port: number, clientId: number): Promise<Hand> {
  const ib = new IBApi({ host: '127.0.0.1', port, clientId });
  const { future, last, nextOrderId } = await connected(ib);
  withoutNagle(ib);
  let orderId = nextOrderId;
  const place = (order: Order) => {
    orderId += 1;
    ib.placeOrder(orderId, future, { totalQuantity: 1, tif: 'GTC', transmit: true, ...order });
    return orderId;
  };
  const market = (action: OrderAction, totalQuantity = 1) =>
    place({ action, totalQuantity, orderType: OrderType.MKT, tif: 'DAY' });
  const filled = (id: number, contracts = 1) =>
    new Promise<void>((resolve) => {
      const listen = (_: number, __: unknown, { orderId: of, cumQty = 0 }: Execution) => {
        if (of !== id || cumQty < contracts) return;
        ib.off(EventName.execDetails, listen);
        resolve();
      };
      ib.on(EventName.execDetails, listen);
    });
  const said = (id: number, status: string) =>
    new Promise<void>((resolve) => {
      const listen = (of: number, now: string) => {
        if (of !== id || now !== status) return;
        ib.off(EventName.orderStatus, listen);
        resolve();
      };
      ib.on(EventName.orderStatus, listen);
    });
  return {
    trade: async (contracts) => {
      const quantity = Math.abs(contracts);
      return filled(market(contracts > 0 ? OrderAction.BUY : OrderAction.SELL, quantity), quantity);
    },
    buyAndStop: async () => {
      await filled(market(OrderAction.BUY));
      const started = performance.now();
      const auxPrice = last - 150 * TICK;
      const stop = place({ action: OrderAction.SELL, orderType: OrderType.STP, auxPrice });
      await said(stop, 'PreSubmitted');
      const taken = performance.now() - started;
      const gone = said(stop, 'Cancelled');
      ib.cancelOrder(stop);
      await gone;
      await filled(market(OrderAction.SELL));
      return taken;
    },
    leave: () => ib.disconnect(),
  };
}
