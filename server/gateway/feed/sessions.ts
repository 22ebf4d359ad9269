/** What a contract's sessions have left behind: the close of the last one; open, high and low of this one. */
import type { Exchange } from '../../exchange/exchange';
import type { Bar, Quote } from '../../exchange/words';

const BAR_MS = 60_000;
/** Long enough to reach over a weekend with a holiday on each side. */
const LOOK_BACK_MS = 5 * 24 * 60 * BAR_MS;

/** The last price of the session before the present one, in points; undefined when the market remembers none. */
export function previousClose(exchange: Exchange, conId: number): number | undefined {
  const { open } = exchange.calendar.sessionFrom(exchange.now);
  const endTs = Math.min(open, exchange.now);
  return exchange.bars(conId, { endTs, durationMs: LOOK_BACK_MS, barMs: BAR_MS }).at(-1)?.close;
}

/** Open, high and low of a session, in points. */
export interface SessionRange {
  open: number;
  high: number;
  low: number;
}

function rangeOf(bars: readonly Bar[]): SessionRange | undefined {
  const [first] = bars;
  if (first === undefined) return undefined;
  const [highs, lows] = [bars.map(({ high }) => high), bars.map(({ low }) => low)];
  return { open: first.open, high: Math.max(...highs), low: Math.min(...lows) };
}

/** Follows open, high and low of the present session: from its bars at first, then from every trade, none left out. */
export class SessionWatch {
  private sessionOpen: number;
  private seen: SessionRange | undefined;

  constructor(
    private readonly exchange: Exchange,
    conId: number,
  ) {
    const { open } = exchange.calendar.sessionFrom(exchange.now);
    this.sessionOpen = open;
    const durationMs = Math.max(0, exchange.now + 1 - open);
    this.seen = rangeOf(exchange.bars(conId, { endTs: exchange.now + 1, durationMs, barMs: BAR_MS }));
  }

  /** Undefined before the first trade of the session. */
  get range(): SessionRange | undefined {
    return this.seen;
  }

  note({ ts, last }: Quote): void {
    if (last === undefined) return;
    const { open } = this.exchange.calendar.sessionFrom(ts);
    if (open !== this.sessionOpen || this.seen === undefined) {
      this.sessionOpen = open;
      this.seen = { open: last, high: last, low: last };
    } else if (last > this.seen.high || last < this.seen.low) {
      const { high, low } = this.seen;
      this.seen = { ...this.seen, high: Math.max(high, last), low: Math.min(low, last) };
    }
  }
}
