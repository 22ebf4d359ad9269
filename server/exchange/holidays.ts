// The CME equity-index holidays as rules, not as a list that grows old. Source: the exchange's yearly holiday calendar.
// A closed date has no session; an early close ends the session at 12:00 or 12:15 Central.
import { DateTime } from 'luxon';

type DayOfWeek = 1 | 2 | 3 | 4 | 5 | 6 | 7;
const MONDAY = 1;
const THURSDAY = 4;
const SATURDAY = 6;
const SUNDAY = 7;

interface HolidayRule {
  /** No session on this trade date. */
  readonly closed: boolean;
  /** Minutes after midnight at which the session ends early; undefined on a full day. */
  readonly earlyCloseMinute: number | undefined;
}

const NOON = 12 * 60;
const QUARTER_PAST_NOON = NOON + 15;

const FULL_DAY: HolidayRule = { closed: false, earlyCloseMinute: undefined };
const years = new Map<number, ReadonlyMap<string, HolidayRule>>();

/** What the calendar says about one date (only its year, month and day are read). */
export function holidayRule(date: DateTime): HolidayRule {
  const rules = years.get(date.year) ?? rulesOf(date.year);
  years.set(date.year, rules);
  return rules.get(isoDay(date)) ?? FULL_DAY;
}

/** Later entries win: a date that is both short and closed is closed. */
function rulesOf(year: number): ReadonlyMap<string, HolidayRule> {
  const rule = (dates: readonly string[], closed: boolean, earlyCloseMinute?: number) =>
    dates.map((date): [string, HolidayRule] => [date, { closed, earlyCloseMinute }]);
  return new Map([
    ...rule(shortDates(year), false, QUARTER_PAST_NOON),
    ...rule(noonDates(year), false, NOON),
    ...rule(closedDates(year), true),
  ]);
}

function closedDates(year: number): string[] {
  const newYear = day(year, 1, 1);
  return [
    newYear.weekday === SUNDAY ? newYear.plus({ days: 1 }) : newYear,
    easterSunday(year).minus({ days: 2 }),
    observed(day(year, 12, 25)),
  ].map(isoDay);
}

function noonDates(year: number): string[] {
  return [
    nth(3, MONDAY, year, 1),
    nth(3, MONDAY, year, 2),
    lastMonday(year, 5),
    observed(day(year, 6, 19)),
    observed(day(year, 7, 4)),
    nth(1, MONDAY, year, 9),
    nth(4, THURSDAY, year, 11),
  ].map(isoDay);
}

function shortDates(year: number): string[] {
  return [day(year, 7, 3), nth(4, THURSDAY, year, 11).plus({ days: 1 }), day(year, 12, 24)].map(isoDay);
}

function day(year: number, month: number, dayOfMonth: number): DateTime {
  return DateTime.utc(year, month, dayOfMonth);
}

function isoDay(date: DateTime): string {
  return date.toFormat('yyyy-MM-dd');
}

/** A holiday on a Saturday is kept on the Friday, one on a Sunday on the Monday. */
function observed(date: DateTime): DateTime {
  if (date.weekday === SATURDAY) return date.minus({ days: 1 });
  return date.weekday === SUNDAY ? date.plus({ days: 1 }) : date;
}

/** The n-th given weekday of a month: the third Friday, for one, is the last trade date of a quarterly. */
export function nth(n: number, weekday: DayOfWeek, year: number, month: number): DateTime {
  const first = day(year, month, 1);
  return first.plus({ days: ((weekday - first.weekday + 7) % 7) + 7 * (n - 1) });
}

function lastMonday(year: number, month: number): DateTime {
  const last = day(year, month, 1).plus({ months: 1 }).minus({ days: 1 });
  return last.minus({ days: last.weekday - MONDAY });
}

/** Easter by Gauss's reckoning: the moon's age by the Metonic cycle, then the Sunday after the full moon. */
function easterSunday(year: number): DateTime {
  const century = Math.floor(year / 100);
  const solarShift = century - Math.floor(century / 4);
  const lunarShift = Math.floor((8 * century + 13) / 25);
  const cycle = year % 19;
  const age = (15 + solarShift - lunarShift + 19 * cycle) % 30;
  const fullMoon = age - (age === 29 || (age === 28 && cycle > 10) ? 1 : 0);
  const paschal = day(year, 3, 21).plus({ days: fullMoon });
  return paschal.plus({ days: 7 - (paschal.weekday % 7) });
}
