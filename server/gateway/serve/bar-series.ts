/** Bars of any size that IB has, out of what the exchange remembers: minutes joined, or for less than a minute its last trades. */
import type { Exchange } from '../../exchange/exchange';
import type { Bar, Quote } from '../../exchange/words';
import { barTime } from '../answer/history';
import { together } from '../feed/average';
import type { Field } from '../wire/frame';
import { exchangeClock } from '../wire/time';
import { type BarSize, MINUTE_MS } from './bar-query';

export interface SeriesQuery {
  conId: number;
  /** Bars that begin in `[endTs - durationMs, endTs)`. */
  endTs: number;
  durationMs: number;
  size: BarSize;
  /** Only what was traded in liquid hours. */
  useRth: boolean;
}

/** A bar, and the start of the last of the pieces that it was joined from, epoch ms. */
export interface JoinedBar {
  bar: Bar;
  lastTs: number;
}

export function barSeries(exchange: Exchange, query: SeriesQuery): JoinedBar[] {
  const { calendar } = exchange;
  const joined: JoinedBar[] = [];
  for (const piece of pieces(exchange, query)) {
    if (query.useRth && !calendar.isLiquid(piece.ts)) continue;
    const ts = startOf(exchange, piece.ts, query.size);
    const before = joined.at(-1);
    if (before?.bar.ts === ts) joined[joined.length - 1] = { bar: join(before.bar, piece), lastTs: piece.ts };
    else joined.push({ bar: { ...piece, ts }, lastTs: piece.ts });
  }
  return joined;
}

/** How a bar is dated: by its start, and from a day on by the trade date of the last session in it. */
export function dateOf(
  exchange: Exchange,
  { bar, lastTs }: JoinedBar,
  size: BarSize,
  formatDate: number,
): Field {
  if (size.kind === 'span') return barTime(bar.ts, formatDate);
  return tradeDate(exchange, lastTs);
}

function pieces(exchange: Exchange, { conId, endTs, durationMs, size }: SeriesQuery): Bar[] {
  if (size.kind !== 'span' || size.ms >= MINUTE_MS)
    return exchange.bars(conId, { endTs, durationMs, barMs: MINUTE_MS });
  const inside = ({ ts }: Quote) => ts >= endTs - durationMs && ts < endTs;
  return exchange.trades(conId).filter(inside).flatMap(barOfTrade);
}

function barOfTrade({ ts, last, lastSize }: Quote): Bar[] {
  return last === undefined
    ? []
    : [{ ts, open: last, high: last, low: last, close: last, volume: lastSize, wap: last, count: 1 }];
}

function join(first: Bar, second: Bar): Bar {
  return {
    ts: first.ts,
    open: first.open,
    high: Math.max(first.high, second.high),
    low: Math.min(first.low, second.low),
    close: second.close,
    volume: first.volume + second.volume,
    ...together(first, second),
  };
}

/** Where the bar of a piece begins. Bars are counted from the open of their session; days are sessions, weeks and months hold days. */
function startOf(exchange: Exchange, ts: number, size: BarSize): number {
  const { open } = exchange.calendar.sessionFrom(ts);
  switch (size.kind) {
    case 'span':
      return open + Math.floor((ts - open) / size.ms) * size.ms;
    case 'day':
      return open;
    case 'week':
    case 'month':
      return firstDay(exchange, ts, size.kind);
  }
}

/** The first day of the week (Monday) or month of the session that holds `ts`, epoch ms. */
function firstDay(exchange: Exchange, ts: number, of: 'week' | 'month'): number {
  const date = tradeDate(exchange, ts);
  const [year, month, day] = [Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6))];
  const sinceMonday = (new Date(Date.UTC(year, month, day)).getUTCDay() + 6) % 7;
  return Date.UTC(year, month, of === 'month' ? 1 : day - sinceMonday);
}

/** `YYYYMMDD` of the session that holds `ts`. */
export function tradeDate({ calendar }: Exchange, ts: number): string {
  return exchangeClock(calendar.sessionFrom(ts).close).slice(0, 8);
}
