// The one path that the tape takes through a bar: open, the nearer extreme (a tie: the low), the other, close,
// tick by tick, spread evenly over the minute, the volume with it. Fully determined by the bar.
import { MINUTE_MS } from './bars';
import type { TickBar } from './market';

export interface PathPoint {
  readonly ts: number;
  /** Ticks. */
  readonly price: number;
  /** Contracts traded at this point; the points of a bar sum to its volume. */
  readonly size: number;
}

/** The trades of one bar, in order; the first is its open, at the start of its minute. */
export function pathThrough(bar: TickBar): PathPoint[] {
  const prices = walk(turns(bar));
  const count = prices.length;
  const share = (index: number): number => Math.floor((bar.volume * index) / count);
  return prices.map((price, index) => ({
    ts: bar.ts + Math.floor((MINUTE_MS * index) / count),
    price,
    size: share(index + 1) - share(index),
  }));
}

function turns(bar: TickBar): readonly number[] {
  const lowFirst = bar.open - bar.low <= bar.high - bar.open;
  return lowFirst ? [bar.open, bar.low, bar.high, bar.close] : [bar.open, bar.high, bar.low, bar.close];
}

function walk(stops: readonly number[]): number[] {
  const [start = 0, ...rest] = stops;
  const prices = [start];
  let price = start;
  for (const stop of rest) {
    const step = Math.sign(stop - price);
    while (price !== stop) {
      price += step;
      prices.push(price);
    }
  }
  return prices;
}
