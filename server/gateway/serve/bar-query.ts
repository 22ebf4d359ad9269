/** The words of a historical request, understood: bars of what size, from when to when. */
import type { BarQuery } from '../request/history';
import { parseWireTime } from '../wire/time';

/** An answer with more bars makes clients stall for seconds, so the earliest are left out. */
export const BARS_MAX = 5000;

const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** So many milliseconds, or a day of trading, or the days of a week or month. */
export type BarSize = { kind: 'span'; ms: number } | { kind: 'day' | 'week' | 'month' };

const spans = (unit: string, unitMs: number, counts: readonly number[]): [string, BarSize][] =>
  counts.map((count) => [`${count} ${unit}`, { kind: 'span', ms: count * unitMs }]);

const SIZES: ReadonlyMap<string, BarSize> = new Map<string, BarSize>([
  ...spans('secs', SECOND_MS, [1, 5, 10, 15, 30]),
  ...spans('min', MINUTE_MS, [1]),
  ...spans('mins', MINUTE_MS, [2, 3, 5, 10, 15, 20, 30]),
  ...spans('hour', HOUR_MS, [1]),
  ...spans('hours', HOUR_MS, [2, 3, 4, 8]),
  ['1 day', { kind: 'day' }],
  ['1 week', { kind: 'week' }],
  ['1W', { kind: 'week' }],
  ['1 month', { kind: 'month' }],
  ['1M', { kind: 'month' }],
]);

const DURATION_MS: Readonly<Record<string, number>> = {
  S: SECOND_MS,
  D: DAY_MS,
  W: 7 * DAY_MS,
  M: 31 * DAY_MS,
  Y: 366 * DAY_MS,
};

/** Long enough to hold the bar that is being made, ms. */
export function longestMs(size: BarSize): number {
  if (size.kind === 'span') return size.ms;
  return { day: 2, week: 9, month: 33 }[size.kind] * DAY_MS;
}

/** Bars so short are what IB paces requests for (ib-protocol 3.12). */
export const isSmall = (size: BarSize): boolean => size.kind === 'span' && size.ms <= 30 * SECOND_MS;

export interface BarRange {
  endTs: number;
  durationMs: number;
}

export type Reading =
  | { ok: true; of: 'bars' | 'sessions'; range: BarRange; size: BarSize }
  | { ok: false; reason: string };

/** @param now exchange time, ms: the end of a request that names none */
export function readBarQuery(query: BarQuery, now: number): Reading {
  const size = SIZES.get(query.barSize);
  if (!size) {
    const legal = [...SIZES.keys()].join(', ');
    return refuse(`Historical data bar size setting is invalid. Legal ones are: ${legal}`);
  }
  const of = { TRADES: 'bars', SCHEDULE: 'sessions' }[query.whatToShow];
  if (of !== 'bars' && of !== 'sessions')
    return refuse(`Only TRADES and SCHEDULE are kept here, not "${query.whatToShow}"`);
  const durationMs = readDuration(query.duration);
  if (durationMs === undefined) {
    return refuse(
      `Historical data duration "${query.duration}" is invalid: a number, a space, then S, D, W, M or Y`,
    );
  }
  if (query.keepUpToDate && query.endDateTime !== '') return refuse('keepUpToDate needs an empty end time');
  const endTs = query.endDateTime === '' ? now : parseWireTime(query.endDateTime);
  if (endTs === undefined) return refuse(`Historical data end time "${query.endDateTime}" is not a time`);
  return { ok: true, of, size, range: { endTs: Math.min(endTs, now), durationMs } };
}

/** Milliseconds of `1800 S`, `2 D`, `1 W`, `1 M`, `1 Y`; undefined for anything else. */
function readDuration(text: string): number | undefined {
  const match = /^(\d{1,6}) ([SDWMY])$/.exec(text.trim());
  const count = Number(match?.[1] ?? 0);
  return count > 0 ? count * (DURATION_MS[match?.[2] ?? ''] ?? 0) : undefined;
}

function refuse(reason: string): Reading {
  return { ok: false, reason };
}
