// The path through a bar: open, nearer extreme, other extreme, close.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathThrough } from './tape-path';

describe('the path through a bar', () => {
  it('goes to the nearer extreme first', () => {
    const path = pathThrough({ ts: 0, open: 10, high: 11, low: 7, close: 8, volume: 60 });
    expect(path.map(({ price }) => price)).toEqual([10, 11, 10, 9, 8, 7, 8]);
  });

  it('goes to the low first on a tie', () => {
    const path = pathThrough({ ts: 0, open: 10, high: 11, low: 9, close: 10, volume: 6 });
    expect(path.map(({ price }) => price)).toEqual([10, 9, 10, 11, 10]);
  });

  it('spreads evenly over the minute, volume and all', () => {
    const path = pathThrough({ ts: 60_000, open: 10, high: 11, low: 10, close: 10, volume: 10 });
    expect(path).toEqual([
      { ts: 60_000, price: 10, size: 3 },
      { ts: 80_000, price: 11, size: 3 },
      { ts: 100_000, price: 10, size: 4 },
    ]);
  });

  it('is the one trade of a bar that did not move', () => {
    expect(pathThrough({ ts: 0, open: 5, high: 5, low: 5, close: 5, volume: 9 })).toEqual([
      { ts: 0, price: 5, size: 9 },
    ]);
  });

  it('makes the very bar that it came from, one tick at a time, for any bar', () => {
    const bars = fc
      .record({
        low: fc.integer({ min: 1, max: 30_000 }),
        range: fc.integer({ min: 0, max: 200 }),
        openAt: fc.nat(200),
        closeAt: fc.nat(200),
        volume: fc.nat(10_000),
      })
      .map(({ low, range, openAt, closeAt, volume }) => ({
        ts: 120_000,
        open: low + (openAt % (range + 1)),
        high: low + range,
        low,
        close: low + (closeAt % (range + 1)),
        volume,
      }));
    fc.assert(
      fc.property(bars, (bar) => {
        const path = pathThrough(bar);
        const prices = path.map(({ price }) => price);
        expect({
          ts: path[0]?.ts,
          open: prices[0],
          high: Math.max(...prices),
          low: Math.min(...prices),
          close: prices.at(-1),
          volume: path.reduce((sum, { size }) => sum + size, 0),
        }).toEqual(bar);
        path.slice(1).forEach((point, i) => {
          expect(Math.abs(point.price - (prices[i] ?? 0))).toBe(1);
          expect(point.ts).toBeGreaterThanOrEqual(path[i]?.ts ?? 0);
        });
        expect(path.at(-1)?.ts).toBeLessThan(bar.ts + 60_000);
      }),
    );
  });
});
