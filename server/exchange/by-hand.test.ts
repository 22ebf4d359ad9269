// Orders that a person places in TWS: everybody's to see, nobody's to touch, until client 0 binds them (ib-protocol 3.11).
import { describe, expect, it } from 'vitest';
import { Bench, lines } from './testing/bench';

const DEFAULT_CLIENT = 0;

function placed(bind = false) {
  const bench = new Bench();
  bench.trade(6850);
  const contract = { conId: bench.contract().conId };
  const order = { contract, action: 'BUY', totalQuantity: 1, orderType: 'LMT', lmtPrice: 6840 } as const;
  return { bench, order, said: lines(bench.exchange.placeByHand(order, { bind })) };
}

describe('an order placed by hand', () => {
  it('has no id, is in the list of all and in no client’s own, and cannot be cancelled through the API', () => {
    const { bench, said } = placed();
    expect(said).toEqual([
      ...['openOrder 0 PreSubmitted x1', 'orderStatus 0 PreSubmitted 0/1'],
      ...['openOrder 0 Submitted x1', 'orderStatus 0 Submitted 0/1'],
    ]);
    expect(bench.exchange.openOrders('all')).toMatchObject([{ clientId: 0, orderId: 0, lmtPrice: 6840 }]);
    expect(bench.exchange.openOrders(DEFAULT_CLIENT)).toEqual([]);
    expect(bench.cancel(-2, DEFAULT_CLIENT)).toEqual(['error -2 10147']);
    expect(bench.cancel(0, DEFAULT_CLIENT)).toEqual(['error 0 10147']);
  });

  it('fills, and is a position, like any other', () => {
    const { bench } = placed();
    expect(bench.trade(6840)).toEqual([
      'execDetails 0 BOT 1 @6840',
      'orderStatus 0 Filled 1/0',
      'commissionReport 0 2.25 pnl unset',
      'position ESZ5 1',
    ]);
  });

  it('is client 0’s under a negative id once it is bound, to change and to cancel', () => {
    const { bench, order } = placed();
    bench.exchange.placeByHand({ ...order, lmtPrice: 6830 }, { bind: false });
    expect(lines(bench.exchange.bindByHand())).toEqual(['orderBound -2', 'orderBound -3']);
    expect(lines(bench.exchange.bindByHand())).toEqual([]);
    const change = { ...order, orderId: -2, lmtPrice: 6841, clientId: DEFAULT_CLIENT };
    expect(bench.place(change)).toEqual(['openOrder -2 Submitted x1', 'orderStatus -2 Submitted 0/1']);
    expect(bench.cancel(-3, DEFAULT_CLIENT)).toEqual(['orderStatus -3 Cancelled 0/1', 'error -3 202']);
  });

  it('is bound before it is reported where client 0 asked for that', () => {
    expect(placed(true).said.slice(0, 2)).toEqual(['orderBound -2', 'openOrder -2 PreSubmitted x1']);
  });

  it('uses up no id of client 0', () => {
    expect(placed(true).bench.exchange.nextValidId(DEFAULT_CLIENT)).toBe(1);
  });
});
