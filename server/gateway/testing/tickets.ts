/** Orders as tests place them: one contract, transmitted, each with a reference of its own. */
import { type Order, OrderAction, OrderType, TimeInForce } from '@stoqey/ib';

const { BUY, SELL } = OrderAction;
const plain = { totalQuantity: 1, transmit: true, tif: TimeInForce.GTC };

export const buyMarket = (more: Partial<Order> = {}): Order => ({
  ...plain,
  action: BUY,
  orderType: OrderType.MKT,
  ...more,
});

export const sellMarket = (more: Partial<Order> = {}): Order => ({
  ...buyMarket(more),
  action: SELL,
  ...more,
});

export const buyLimit = (lmtPrice: number, more: Partial<Order> = {}): Order => ({
  ...plain,
  action: BUY,
  orderType: OrderType.LMT,
  lmtPrice,
  ...more,
});

/**
 * A long bracket: market entry under `id`, target under the next id, stop under the one after, one OCA group of type 1;
 * only the last is transmitted.
 */
export function bracket(id: number, prices: { target: number; stop: number }): [number, Order][] {
  const child = {
    ...plain,
    parentId: id,
    action: SELL,
    ocaGroup: `bracket ${id}`,
    ocaType: 1,
    transmit: false,
  };
  return [
    [id, buyMarket({ transmit: false, orderRef: 'c1:entry' })],
    [id + 1, { ...child, orderType: OrderType.LMT, lmtPrice: prices.target, orderRef: 'c1:target' }],
    [
      id + 2,
      { ...child, orderType: OrderType.STP, auxPrice: prices.stop, orderRef: 'c1:stop', transmit: true },
    ],
  ];
}
