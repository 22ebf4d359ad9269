/** Feeds of bars: the live end of a historical request, and five-second bars. */
import type { Exchange } from '../../exchange/exchange';
import type { Bar, Quote } from '../../exchange/words';
import { type DatedBar, historicalDataUpdate, realtimeBar } from '../answer/history';
import type { Message } from '../wire/frame';
import { together } from './average';
import { type Feed, SECOND_MS } from './feed';

export interface LiveBars {
  reqId: number;
  conId: number;
  /** The newest bars that begin at `ts` or before, oldest first: that of `ts`, and the one before where that is known. */
  newest(ts: number): DatedBar[];
}

/** keepUpToDate: the bar in the making once a second while it changes, and every bar once more when it is complete. */
export function liveBarFeed(exchange: Exchange, { reqId, conId, newest }: LiveBars): Feed {
  let told = newest(exchange.now).map(fingerprint);
  const tell = (ts: number): Message[] => {
    const bars = newest(ts);
    const news = bars.filter((bar) => !told.includes(fingerprint(bar)));
    told = bars.map(fingerprint);
    return news.map((bar) => historicalDataUpdate(reqId, bar));
  };
  return {
    tickerId: reqId,
    periodMs: SECOND_MS,
    open: () => [],
    on: (event) => (event.kind === 'bar' && event.conId === conId ? tell(event.bar.ts) : []),
    poll: () => tell(exchange.now),
  };
}

const fingerprint = (dated: DatedBar): string => JSON.stringify(dated);

export const REALTIME_BAR_MS = 5000;

/** One bar every five seconds of exchange time; where nothing traded, a flat one at the last price. */
export function realtimeBarFeed(
  exchange: Exchange,
  { reqId, conId, of }: { reqId: number; conId: number; of: BarSource },
): Feed {
  const maker = new RealtimeBars(of);
  const told = (bars: Bar[]) => bars.map((bar) => realtimeBar(reqId, bar));
  return {
    tickerId: reqId,
    periodMs: SECOND_MS,
    open: () => [],
    on: (event) =>
      event.kind === 'quote' && event.quote.conId === conId ? told(maker.trade(event.quote)) : [],
    poll: () => told(maker.closeUntil(exchange.now)),
  };
}

/** What a five-second bar can be made of. */
export type BarSource = 'TRADES' | 'BID' | 'ASK' | 'MIDPOINT';

const PRICE_OF: Readonly<Record<BarSource, (quote: Quote) => number | undefined>> = {
  TRADES: ({ last }) => last,
  BID: ({ bid }) => bid,
  ASK: ({ ask }) => ask,
  MIDPOINT: ({ bid, ask }) => (bid === undefined || ask === undefined ? undefined : (bid + ask) / 2),
};

export const isBarSource = (text: string): text is BarSource => text in PRICE_OF;

/** Makes five-second bars out of quotes; only those of trades have a volume. */
export class RealtimeBars {
  private forming: Bar | undefined;
  private sessionVolume: number | undefined;

  constructor(private readonly of: BarSource = 'TRADES') {}

  /** Takes one quote and returns the bars it completes. A quote without a price ends the series: the market closed. */
  trade(quote: Quote): Bar[] {
    const { ts, volume } = quote;
    const price = PRICE_OF[this.of](quote);
    const done = this.closeUntil(ts);
    if (price === undefined) {
      this.forming = undefined;
      return done;
    }
    const size = this.of === 'TRADES' ? this.traded(volume) : 0;
    const bar = this.forming ?? this.flat(ts - (ts % REALTIME_BAR_MS), price);
    this.forming = {
      ...bar,
      high: Math.max(bar.high, price),
      low: Math.min(bar.low, price),
      close: price,
      volume: bar.volume + size,
      ...(size > 0 ? together(bar, { volume: size, wap: price, count: 1 }) : {}),
    };
    return done;
  }

  /** The bars that are over at `ts`. */
  closeUntil(ts: number): Bar[] {
    const done: Bar[] = [];
    while (this.forming && ts >= this.forming.ts + REALTIME_BAR_MS) {
      done.push(this.forming);
      this.forming = this.flat(this.forming.ts + REALTIME_BAR_MS, this.forming.close);
    }
    return done;
  }

  private traded(volume: number): number {
    const before = this.sessionVolume ?? volume;
    this.sessionVolume = volume;
    return volume < before ? volume : volume - before;
  }

  private flat(ts: number, price: number): Bar {
    const bar = { ts, open: price, high: price, low: price, close: price, volume: 0 };
    return this.of === 'TRADES' ? { ...bar, count: 0 } : bar;
  }
}
