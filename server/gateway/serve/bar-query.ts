/** The words of a historical request, understood: bars of how many minutes, from when to when. */
import type { BarQuery } from '../request/history';
import { parseWireTime } from '../wire/time';

/** An answer with more bars makes clients stall for seconds, so the earliest are left out. */
export const BARS_MAX = 5000;

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

const BAR_MS: Readonly<Record<string, number>> = {
  '1 min': MINUTE_MS,
  '2 mins': 2 * MINUTE_MS,
  '3 mins': 3 * MINUTE_MS,
  '5 mins': 5 * MINUTE_MS,
  '10 mins': 10 * MINUTE_MS,
  '15 mins': 15 * MINUTE_MS,
  '30 mins': 30 * MINUTE_MS,
  '1 hour': 60 * MINUTE_MS,
};

const DURATION_MS: Readonly<Record<string, number>> = { S: SECOND_MS, D: DAY_MS, W: 7 * DAY_MS };

export interface BarRange {
  endTs: number;
  durationMs: number;
  barMs: number;
}

export type Reading = { ok: true; range: BarRange } | { ok: false; reason: string };

/** @param now exchange time, ms: the end of a request that names none */
export function readBarQuery(query: BarQuery, now: number): Reading {
  const barMs = BAR_MS[query.barSize];
  if (barMs === undefined) {
    return refuse(
      `Historical data bar size setting is invalid. Legal ones are: ${Object.keys(BAR_MS).join(', ')}`,
    );
  }
  if (query.whatToShow !== 'TRADES') return refuse(`Only TRADES are kept here, not "${query.whatToShow}"`);
  const durationMs = readDuration(query.duration);
  if (durationMs === undefined) {
    return refuse(
      `Historical data duration "${query.duration}" is invalid: a number, a space, then S, D or W`,
    );
  }
  if (query.keepUpToDate && query.endDateTime !== '') return refuse('keepUpToDate needs an empty end time');
  const endTs = query.endDateTime === '' ? now : parseWireTime(query.endDateTime);
  if (endTs === undefined) return refuse(`Historical data end time "${query.endDateTime}" is not a time`);
  return { ok: true, range: { endTs: Math.min(endTs, now), durationMs, barMs } };
}

/** Milliseconds of `1800 S`, `2 D`, `1 W`; undefined for anything else. */
function readDuration(text: string): number | undefined {
  const match = /^(\d{1,6}) ([SDW])$/.exec(text.trim());
  const count = Number(match?.[1] ?? 0);
  return count > 0 ? count * (DURATION_MS[match?.[2] ?? ''] ?? 0) : undefined;
}

function refuse(reason: string): Reading {
  return { ok: false, reason };
}
