/** Candles of one minute, and how the latest price grows the one that is forming. Prices are decimals, times exchange ms. */
import type { ChartBar } from '@/server/engine/view/words';

const MINUTE_MS = 60_000;

export type Candle = Omit<ChartBar, 'volume'>;

export function minuteOf(ts: number): number {
  return Math.floor(ts / MINUTE_MS) * MINUTE_MS;
}

/** @returns the forming candle with the price in it: a new one when the minute is new. */
export function grow(forming: Candle | null, ts: number, price: number): Candle {
  const minute = minuteOf(ts);
  if (forming === null || forming.ts < minute) {
    return { ts: minute, open: price, high: price, low: price, close: price };
  }
  return {
    ...forming,
    high: Math.max(forming.high, price),
    low: Math.min(forming.low, price),
    close: price,
  };
}

/** Closed bars in order, one a minute, and the forming one after them where it is newer. */
export function withForming(bars: readonly Candle[], forming: Candle | null): readonly Candle[] {
  const last = bars.at(-1);
  return forming === null || (last !== undefined && forming.ts <= last.ts) ? bars : [...bars, forming];
}
