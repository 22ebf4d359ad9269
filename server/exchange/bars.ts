// One-minute bars of one contract, in ticks: the history it was given, then what its trades make of it.
// Invariant: bars ascend, each begins on a whole minute, and only the newest can still change. A week of minutes is kept, or as many as it was given.
import type { TickBar } from './market';
import { toPoints } from './units';
import type { Bar } from './words';

export const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
const WEEK_MINUTES = 7 * DAY_MINUTES;

/** The bar in the making. */
type Forming = { -readonly [Field in keyof TickBar]: TickBar[Field] };

export class MinuteBars {
  private readonly closed: TickBar[];
  private readonly kept: number;
  private forming: Forming | undefined;

  constructor(history: readonly TickBar[] = []) {
    this.closed = [...history];
    this.kept = Math.max(WEEK_MINUTES, history.length);
  }

  /** Adds a trade of `size` contracts; returns the bar that this trade's minute closed, if it did. */
  add(ts: number, price: number, size: number): TickBar | undefined {
    const bar = this.forming;
    if (bar !== undefined && ts < bar.ts + MINUTE_MS) {
      if (price > bar.high) bar.high = price;
      if (price < bar.low) bar.low = price;
      bar.close = price;
      bar.volume += size;
      if (bar.value !== undefined) bar.value += price * size;
      if (bar.trades !== undefined) bar.trades += 1;
      return undefined;
    }
    const start = ts - (ts % MINUTE_MS);
    if (bar !== undefined) this.keep(bar);
    else if (this.closed.at(-1)?.ts === start) return this.resume(ts, price, size);
    this.forming = begun(start, price, size);
    return bar;
  }

  private keep(bar: TickBar): void {
    this.closed.push(bar);
    // in bulk: one at a time would move the whole list each minute
    if (this.closed.length >= this.kept + DAY_MINUTES) this.closed.splice(0, this.closed.length - this.kept);
  }

  /** The history ended in the middle of this minute: its last bar is not over yet. */
  private resume(ts: number, price: number, size: number): undefined {
    const unfinished = this.closed.pop();
    if (unfinished !== undefined) this.forming = { ...unfinished };
    this.add(ts, price, size);
  }

  /** The market closed: its last bar is over. */
  close(): TickBar | undefined {
    const bar = this.forming;
    if (bar !== undefined) this.keep(bar);
    this.forming = undefined;
    return bar;
  }

  /** All bars, the forming one last. */
  all(): TickBar[] {
    return this.forming === undefined ? [...this.closed] : [...this.closed, { ...this.forming }];
  }

  /**
   * The bars that begin in `[endTs - durationMs, endTs)`, joined into bars of `barMs`.
   * @throws RangeError when `barMs` is not a whole number of minutes.
   */
  range(span: { readonly endTs: number; readonly durationMs: number; readonly barMs: number }): Bar[] {
    if (span.barMs < MINUTE_MS || span.barMs % MINUTE_MS !== 0) {
      throw new RangeError(`bars of ${span.barMs} ms cannot be made: ask for whole minutes`);
    }
    const joined: TickBar[] = [];
    for (const bar of this.all()) {
      if (bar.ts < span.endTs - span.durationMs || bar.ts >= span.endTs) continue;
      const ts = bar.ts - (bar.ts % span.barMs);
      const last = joined.at(-1);
      if (last?.ts === ts) joined[joined.length - 1] = join(last, bar);
      else joined.push({ ...bar, ts });
    }
    return joined.map(barInPoints);
  }
}

/** Written field by field: a bar that is spread together has a hidden class of its own, which weighs five times as much as the bar (decision 46). */
function begun(ts: number, price: number, size: number): Forming {
  return {
    ts,
    open: price,
    high: price,
    low: price,
    close: price,
    volume: size,
    value: price * size,
    trades: 1,
  };
}

function join(first: TickBar, second: TickBar): TickBar {
  return {
    ts: first.ts,
    open: first.open,
    high: Math.max(first.high, second.high),
    low: Math.min(first.low, second.low),
    close: second.close,
    volume: first.volume + second.volume,
    ...made(first.value, second.value, first.trades, second.trades),
  };
}

/** Known of the whole where it is known of both. */
function made(
  value?: number,
  andValue?: number,
  trades?: number,
  andTrades?: number,
): Pick<TickBar, 'value' | 'trades'> {
  return value === undefined || andValue === undefined || trades === undefined || andTrades === undefined
    ? {}
    : { value: value + andValue, trades: trades + andTrades };
}

/** A bar as the boundary shows it: in points. */
export function barInPoints(bar: TickBar): Bar {
  return {
    ts: bar.ts,
    open: toPoints(bar.open),
    high: toPoints(bar.high),
    low: toPoints(bar.low),
    close: toPoints(bar.close),
    volume: bar.volume,
    ...(bar.value === undefined || bar.volume === 0 ? {} : { wap: toPoints(bar.value / bar.volume) }),
    ...(bar.trades === undefined ? {} : { count: bar.trades }),
  };
}
