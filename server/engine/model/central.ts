/** US/Central, where CME lives, by rule: daylight time from the second Sunday of March to the first Sunday of November (since 2007). */
import { civilOf, DAY_MS, dayNumberOf, isoDayOf, MINUTE_MS, two, weekdayOf } from './time';

const HOUR_MS = 3_600_000;
const STANDARD_MS = -6 * HOUR_MS;
const DAYLIGHT_MS = -5 * HOUR_MS;
const NOON_UTC_MS = 18 * HOUR_MS;

/** @param ts ms since the epoch; @returns what is added to UTC to read the clock in Chicago, ms. */
export function centralOffsetMs(ts: number): number {
  const { year } = civilOf(Math.floor(ts / DAY_MS));
  // both changes are at 02:00 of the clock that is in force until then
  const begins = sunday(year, 3, 2) * DAY_MS + 2 * HOUR_MS - STANDARD_MS;
  const ends = sunday(year, 11, 1) * DAY_MS + 2 * HOUR_MS - DAYLIGHT_MS;
  return ts >= begins && ts < ends ? DAYLIGHT_MS : STANDARD_MS;
}

/** @returns the day number of the n-th Sunday of a month. */
function sunday(year: number, month: number, n: number): number {
  const first = dayNumberOf({ year, month, day: 1 });
  return first + ((7 - weekdayOf(first)) % 7) + 7 * (n - 1);
}

/** The date and the minute after midnight that a clock in Chicago shows. */
export function centralOf(ts: number): { dayNumber: number; minute: number } {
  const local = ts + centralOffsetMs(ts);
  const dayNumber = Math.floor(local / DAY_MS);
  return { dayNumber, minute: Math.floor((local - dayNumber * DAY_MS) / MINUTE_MS) };
}

/** @param minute after midnight, later than the change of clocks at 02:00; @returns ms since the epoch. */
export function centralTs(dayNumber: number, minute: number): number {
  const offset = centralOffsetMs(dayNumber * DAY_MS + NOON_UTC_MS);
  return dayNumber * DAY_MS + minute * MINUTE_MS - offset;
}

/** @returns e.g. `17:00`, as a clock in Chicago shows it. */
export function centralTimeText(ts: number): string {
  const { minute } = centralOf(ts);
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** @returns e.g. `2025-12-24 12:15`. */
export function centralDayText(ts: number): string {
  return `${isoDayOf(centralOf(ts).dayNumber)} ${centralTimeText(ts)}`;
}

/** @returns e.g. `17:00:05`. */
export function centralSecondText(ts: number): string {
  return `${centralTimeText(ts)}:${two(Math.floor((((ts % MINUTE_MS) + MINUTE_MS) % MINUTE_MS) / 1_000))}`;
}
