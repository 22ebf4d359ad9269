// What triggers a stop, by its trigger method: each at the first market that it should, and not at the one before.
import { describe, expect, it } from 'vitest';
import { Bench } from './testing/bench';
import type { TriggerMethod } from './words';

type Moment = readonly [bid: number, last: number, ask: number];

/** A stop to buy at 6850 stands in a market below it. */
function buyStop(triggerMethod: TriggerMethod | undefined): Bench {
  const bench = new Bench();
  bench.trade(6848);
  bench.place({ orderId: 1, action: 'BUY', orderType: 'STP', auxPrice: 6850, triggerMethod });
  return bench;
}

const trade = (bench: Bench, [bid, last, ask]: Moment) => bench.trade(last, { bid, ask });
const isTriggered = (lines: readonly string[]) => lines.some((line) => line.startsWith('execDetails'));

describe('a stop to buy', () => {
  it.each<[TriggerMethod | undefined, string, readonly Moment[]]>([
    [
      undefined,
      'the last price',
      [
        [6849.75, 6849.75, 6850.5],
        [6849.5, 6850, 6850],
      ],
    ],
    [
      0,
      'the last price',
      [
        [6849.75, 6849.75, 6850.5],
        [6849.5, 6850, 6850],
      ],
    ],
    [
      2,
      'the last price',
      [
        [6849.75, 6849.75, 6850.5],
        [6849.5, 6850, 6850],
      ],
    ],
    [
      4,
      'the bid',
      [
        [6849.75, 6851, 6851],
        [6850, 6850, 6850.25],
      ],
    ],
    [
      7,
      'the last price or the bid',
      [
        [6849.75, 6849.75, 6850.5],
        [6849, 6850, 6850.25],
      ],
    ],
    [
      8,
      'the middle',
      [
        [6849.25, 6850.5, 6850.5],
        [6849.5, 6849.5, 6850.5],
      ],
    ],
    [
      3,
      'the last price twice',
      [
        [6849.75, 6850, 6850],
        [6849, 6849, 6849.25],
        [6850, 6850, 6850.25],
        [6850, 6850.25, 6850.25],
      ],
    ],
    [
      1,
      'the bid twice',
      [
        [6850, 6850, 6850.25],
        [6849, 6850.25, 6850.25],
        [6850, 6850, 6850.25],
        [6850.25, 6850.25, 6850.5],
      ],
    ],
  ])('with method %s is triggered by %s', (method, _what, moments) => {
    const bench = buyStop(method);
    const triggered = moments.map((moment) => isTriggered(trade(bench, moment)));
    expect(triggered).toEqual([...Array(moments.length - 1).fill(false), true]);
  });
});

describe('a stop to sell', () => {
  it('looks at the ask where one to buy looks at the bid', () => {
    const bench = new Bench();
    bench.trade(6852);
    bench.place({ orderId: 1, action: 'SELL', orderType: 'STP', auxPrice: 6850, triggerMethod: 4 });
    expect(isTriggered(trade(bench, [6849, 6849, 6850.25]))).toBe(false);
    expect(isTriggered(trade(bench, [6849.75, 6850, 6850]))).toBe(true);
  });

  it('does not count one trade twice when it is changed in between', () => {
    const bench = new Bench();
    bench.trade(6852);
    const stop = { orderId: 1, action: 'SELL', orderType: 'STP', auxPrice: 6850, triggerMethod: 3 } as const;
    bench.place(stop);
    bench.trade(6850);
    expect(isTriggered(bench.place({ ...stop, auxPrice: 6850.25 }))).toBe(false);
    expect(isTriggered(bench.trade(6850.25))).toBe(true);
  });

  it('says its method where it is not the standard one', () => {
    const bench = buyStop(8);
    expect(bench.exchange.openOrders(7)).toMatchObject([{ triggerMethod: 8 }]);
    expect(buyStop(0).exchange.openOrders(7)[0]).not.toHaveProperty('triggerMethod');
  });
});
