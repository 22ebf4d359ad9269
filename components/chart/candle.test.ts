/** The forming candle follows the price and never falls behind the closed bars. */
import { describe, expect, test } from 'vitest';
import { grow, minuteOf, withForming } from './candle';

const at = (minute: number, second: number) => (minute * 60 + second) * 1000;

describe('the forming candle', () => {
  test('opens at the first price of its minute and keeps the extremes', () => {
    const opened = grow(null, at(1, 5), 100);
    const grown = [102, 99, 101].reduce((candle, price, i) => grow(candle, at(1, 10 + i), price), opened);
    expect(grown).toEqual({ ts: at(1, 0), open: 100, high: 102, low: 99, close: 101 });
  });

  test('begins anew with a new minute', () => {
    const next = grow(grow(null, at(1, 59), 100), at(2, 0), 103);
    expect(next).toEqual({ ts: minuteOf(at(2, 0)), open: 103, high: 103, low: 103, close: 103 });
  });

  test('stands after the closed bars, and gives way to the closed bar of its own minute', () => {
    const closed = { ts: at(1, 0), open: 1, high: 2, low: 1, close: 2 };
    const forming = grow(null, at(2, 1), 3);
    expect(withForming([closed], forming)).toEqual([closed, forming]);
    expect(withForming([closed], grow(null, at(1, 30), 9))).toEqual([closed]);
    expect(withForming([closed], null)).toEqual([closed]);
  });
});
