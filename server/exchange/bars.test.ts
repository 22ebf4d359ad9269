import { describe, expect, it } from 'vitest';
import { MINUTE_MS, MinuteBars } from './bars';

const T0 = Date.UTC(2026, 10, 23, 15);

/** One trade a minute. */
function traded(minutes: number, history: number): MinuteBars {
  const flat = { open: 27_500, high: 27_500, low: 27_500, close: 27_500, volume: 1 };
  const bars = new MinuteBars(
    Array.from({ length: history }, (_, n) => ({ ts: T0 + n * MINUTE_MS, ...flat })),
  );
  for (let n = 0; n < minutes; n += 1) bars.add(T0 + (history + n) * MINUTE_MS, 27_500 + (n % 9), 1);
  return bars;
}

const DAY = 1_440;

describe('the minutes of a contract that trades for weeks', () => {
  it('are kept for a week, and for a day more at most', () => {
    const bars = traded(20_000, 240).all();
    expect(bars.length).toBeGreaterThanOrEqual(7 * DAY);
    expect(bars.length).toBeLessThanOrEqual(8 * DAY);
    expect(bars.at(-1)?.ts).toBe(T0 + (240 + 19_999) * MINUTE_MS);
  });

  it('of a tape that brought more are kept in that number', () => {
    const bars = traded(5_000, 20_000).all();
    expect(bars.length).toBeGreaterThanOrEqual(20_000);
    expect(bars.length).toBeLessThanOrEqual(20_000 + DAY);
  });

  it('follow one another without a gap', () => {
    const starts = traded(12_000, 0)
      .all()
      .map(({ ts }) => ts);
    expect(starts.every((ts, n) => n === 0 || ts === (starts[n - 1] ?? 0) + MINUTE_MS)).toBe(true);
  });
});
