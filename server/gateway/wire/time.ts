/** Times as IB writes them on the wire. Inside, an instant is epoch milliseconds of exchange time. */
import { DateTime, IANAZone } from 'luxon';

/** The zone of CME and of every time text that leaves this gateway. */
export const EXCHANGE_ZONE = 'US/Central';

const zone = IANAZone.create(EXCHANGE_ZONE);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Whole seconds of the epoch, cut, never rounded up into the future. */
export const epochSeconds = (ms: number): number => Math.floor(ms / 1000);

/** `20251212 08:45:00`: the wall clock at the exchange. */
export function exchangeClock(ms: number): string {
  const shifted = new Date(ms + zoneOffsetMs(ms)).toISOString();
  return `${shifted.slice(0, 10).replaceAll('-', '')} ${shifted.slice(11, 19)}`;
}

let lastHour = { hour: Number.NaN, offsetMs: 0 };

/** Asking the zone is slow, and a list of bars asks thousands of times; clocks change on the hour only. */
function zoneOffsetMs(ms: number): number {
  const hour = Math.floor(ms / HOUR_MS);
  if (hour !== lastHour.hour) lastHour = { hour, offsetMs: zone.offset(ms) * MINUTE_MS };
  return lastHour.offsetMs;
}

/** `20251212 08:45:00 US/Central`. */
export const exchangeTime = (ms: number): string => `${exchangeClock(ms)} ${EXCHANGE_ZONE}`;

/** `08:45`: the time of an account update. */
export const hourAndMinute = (ms: number): string => exchangeClock(ms).slice(9, 14);

/**
 * Reads a time that a client sent: `20251212-14:45:00` (UTC), `20251212 08:45:00` (exchange zone) or the same with a
 * zone behind it. Milliseconds of the epoch, or undefined when it is none of these.
 */
export function parseWireTime(text: string): number | undefined {
  const match = /^(\d{8})([ -]+)(\d{2}:\d{2}(?::\d{2})?)(?: +(\S.*))?$/.exec(text.trim());
  if (!match) return undefined;
  const [, date, separator, clock = '', zoneName] = match;
  const named = zoneName ?? (separator === '-' ? 'UTC' : EXCHANGE_ZONE);
  const time = DateTime.fromFormat(`${date} ${clock.padEnd(8, ':00')}`, 'yyyyMMdd HH:mm:ss', { zone: named });
  return time.isValid ? time.toMillis() : undefined;
}
