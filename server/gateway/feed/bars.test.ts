/** Five-second bars out of quotes. */
import { describe, expect, it } from 'vitest';
import type { Quote } from '../../exchange/words';
import { RealtimeBars } from './bars';

const start = Date.parse('2025-11-12T14:45:00Z');

function trade(atSecond: number, last: number | undefined, volume: number): Quote {
  const sides = { bid: last, ask: last, bidSize: 1, askSize: 1 };
  return { conId: 1, ts: start + atSecond * 1000, ...sides, last, lastSize: 1, volume };
}

describe('five-second bars', () => {
  it('gather the trades of their five seconds', () => {
    const maker = new RealtimeBars();
    const before = [trade(0, 10, 100), trade(2, 12, 103), trade(4.9, 9, 104)].flatMap((quote) =>
      maker.trade(quote),
    );
    expect(before).toEqual([]);
    expect(maker.trade(trade(5, 11, 110))).toEqual([
      { ts: start, open: 10, high: 12, low: 9, close: 9, volume: 4, wap: 11.25, count: 2 },
    ]);
  });

  it('stay flat where nothing trades', () => {
    const maker = new RealtimeBars();
    maker.trade(trade(1, 10, 100));
    const bars = maker.closeUntil(start + 15_000);
    expect(bars.map(({ ts, close, volume }) => [ts - start, close, volume])).toEqual([
      [0, 10, 0],
      [5000, 10, 0],
      [10_000, 10, 0],
    ]);
  });

  it('stop with the market, and count a new session from its first trade', () => {
    const maker = new RealtimeBars();
    maker.trade(trade(0, 10, 5000));
    maker.trade(trade(6, undefined, 5000));
    expect(maker.closeUntil(start + 3_600_000)).toEqual([]);
    maker.trade(trade(3600, 11, 3));
    expect(maker.closeUntil(start + 3_605_000)).toMatchObject([{ open: 11, volume: 3 }]);
  });
});
