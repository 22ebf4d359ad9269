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

const ZEROS = [
  ...[25, 28, 29, 30, 31, 32, 33, 34, 43, 46, 49, 52, 53, 55, 61, 66, 77, 80, 81, 84, 86, 87, 88, 89, 96],
  ...[105, 106, 107, 108, 111],
];

/** The 114 fields of a one-lot limit order as Python's ib_async sends them: zeros where others send nothing. */
export function pythonBuyLimit(orderId: number, lmtPrice: string): string[] {
  const said: Record<number, string> = {
    ...{ 0: '3', 1: `${orderId}`, 3: 'ES', 4: 'FUT', 5: '202512', 6: '0.0', 9: 'CME', 11: 'USD' },
    ...{ 16: 'BUY', 17: '1', 18: 'LMT', 19: lmtPrice, 24: 'O', 27: '1', 36: '0.0', 45: '-1' },
  };
  return Array.from({ length: 114 }, (_, i) => said[i] ?? (ZEROS.includes(i) ? '0' : ''));
}
