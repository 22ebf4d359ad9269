// Stops that trail: behind the best price since they work, never back.
import { describe, expect, it } from 'vitest';
import { Bench } from './testing/bench';

const SELL = { orderId: 1, action: 'SELL', orderType: 'TRAIL', auxPrice: 2 } as const;
const TRAILING = ['openOrder 1 PreSubmitted x1', 'orderStatus 1 PreSubmitted 0/1 trigger'];

function open(): Bench {
  const bench = new Bench();
  bench.trade(6850);
  return bench;
}

const stopOf = (bench: Bench, orderId = 1) =>
  bench.exchange.openOrders(7).find((order) => order.orderId === orderId)?.trailStopPrice;

describe('a trailing stop', () => {
  it('to sell follows the market up by its amount, stays when it falls, and triggers on it', () => {
    const bench = open();
    expect(bench.place(SELL)).toEqual(TRAILING);
    expect(stopOf(bench)).toBe(6848);
    expect(bench.trade(6855)).toEqual([]);
    expect(bench.trade(6853.25)).toEqual([]);
    expect(stopOf(bench)).toBe(6853);
    expect(bench.trade(6853)).toEqual([
      ...['openOrder 1 Submitted x1', 'orderStatus 1 Submitted 0/1', 'execDetails 1 SLD 1 @6853'],
      ...['orderStatus 1 Filled 1/0', 'commissionReport 1 2.25 pnl unset', 'position ESZ5 -1'],
    ]);
  });

  it('to buy follows it down', () => {
    const bench = open();
    bench.place({ ...SELL, action: 'BUY' });
    bench.trade(6840);
    bench.trade(6841.75);
    expect(stopOf(bench)).toBe(6842);
    expect(bench.trade(6842)).toContain('execDetails 1 BOT 1 @6842.25');
  });

  it('begins where it is told to, is listed with its amount, and can be given another', () => {
    const bench = open();
    bench.place({ ...SELL, trailStopPrice: 6849.5 });
    expect(bench.exchange.openOrders(7)).toMatchObject([{ auxPrice: 2, trailStopPrice: 6849.5 }]);
    bench.place({ ...SELL, auxPrice: 0.25 });
    expect(bench.exchange.openOrders(7)).toMatchObject([{ auxPrice: 0.25, trailStopPrice: 6849.75 }]);
  });

  it('follows by a percentage of the last price, to the nearest tick', () => {
    const bench = open();
    bench.place({ ...SELL, auxPrice: undefined, trailingPercent: 0.5 });
    expect(bench.exchange.openOrders(7)).toMatchObject([
      { auxPrice: undefined, trailingPercent: 0.5, trailStopPrice: 6815.75 },
    ]);
    bench.trade(6900);
    bench.trade(6870);
    expect(stopOf(bench)).toBe(6865.5);
    expect(bench.trade(6865.5)).toContain('execDetails 1 SLD 1 @6865.5');
  });

  it('as a child begins to follow once its parent has filled', () => {
    const bench = open();
    bench.place({ orderId: 1, action: 'BUY', orderType: 'LMT', lmtPrice: 6845, transmit: false });
    bench.place({ ...SELL, orderId: 2, parentId: 1 });
    bench.trade(6860);
    expect(stopOf(bench, 2)).toBeUndefined();
    bench.trade(6845);
    expect(stopOf(bench, 2)).toBe(6843);
  });

  it.each([
    ['without an amount', { auxPrice: undefined }, 321],
    ['by no whole number of ticks', { auxPrice: 0.3 }, 110],
    ['by an amount and a percentage', { trailingPercent: 1 }, 321],
    ['by all there is', { auxPrice: undefined, trailingPercent: 100 }, 321],
    ['from a price off the grid', { trailStopPrice: 6849.1 }, 110],
  ])('%s is refused', (_what, fault, code) => {
    expect(open().place({ ...SELL, ...fault })).toEqual([`error 1 ${code}`]);
  });

  it('cannot be attached to a market order (328); the rest of its bracket goes out', () => {
    const bench = open();
    bench.place({ orderId: 1, action: 'BUY', orderType: 'MKT', transmit: false });
    expect(bench.place({ ...SELL, orderId: 2, parentId: 1, transmit: false })).toEqual(['error 2 328']);
    expect(bench.place({ ...SELL, orderId: 3, orderType: 'STP', auxPrice: 6840, parentId: 1 })).toContain(
      'orderStatus 1 Filled 1/0',
    );
  });
});
