/** IB's ways of writing a time -> ms since the epoch. Zones are named in full; `US/Central` is where CME lives. */
import { DateTime } from 'luxon';
import { remembered } from './remember';

export const EXCHANGE_ZONE = 'US/Central';
/** When clocks are set back, and a little more. */
export const LONGEST_DAY_MS = 26 * 3_600_000;

/**
 * Reads `20251122 12:00:01 US/Central`, `20251122  12:00:01` (no zone: the exchange's) and `20260610-19:58:22` (UTC).
 * @returns ms, or null when the text is none of these or names a zone that does not exist.
 */
export const executionTs = remembered((text): number | null => {
  const match = /^(\d{8})(-|\s+)(\d{2}:\d{2}:\d{2})(?:\s+(\S.*))?$/.exec(text.trim());
  if (!match) return null;
  const zone = match[2] === '-' ? 'utc' : (match[4] ?? EXCHANGE_ZONE);
  return msOf(DateTime.fromFormat(`${match[1]} ${match[3]}`, 'yyyyMMdd HH:mm:ss', { zone }));
});

/** @param day `20251219`, alone or followed by a time and a zone. @returns the last ms of that day at the exchange, or null. */
export const endOfExchangeDay = remembered((day): number | null =>
  msOf(DateTime.fromFormat(day.trim().slice(0, 8), 'yyyyMMdd', { zone: EXCHANGE_ZONE }).endOf('day')),
);

/** @param text epoch seconds, as bars with date format 2 carry them. */
export function epochTs(text: string): number | null {
  return /^\d{9,11}$/.test(text.trim()) ? Number(text) * 1_000 : null;
}

function msOf(time: DateTime): number | null {
  return time.isValid ? time.toMillis() : null;
}
