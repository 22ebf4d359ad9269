/** Calendar arithmetic without a clock: the engine only ever turns a stamp into a date. Days are counted from 1970-01-01. */

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
/** 0000-03-01 to 1970-01-01: years counted from March end with the leap day. */
const EPOCH_DAYS = 719_468;
const ERA_DAYS = 146_097;

export interface Civil {
  year: number;
  /** 1..12 */
  month: number;
  day: number;
}

/** @returns the date of a day number (proleptic Gregorian, days-to-civil). */
export function civilOf(dayNumber: number): Civil {
  const days = dayNumber + EPOCH_DAYS;
  const era = Math.floor(days / ERA_DAYS);
  const dayOfEra = days - era * ERA_DAYS;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day };
}

/** @returns the day number of a date: the inverse of `civilOf`. */
export function dayNumberOf({ year, month, day }: Civil): number {
  const shiftedYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * ERA_DAYS + dayOfEra - EPOCH_DAYS;
}

/** @returns 0 for Sunday .. 6 for Saturday. */
export function weekdayOf(dayNumber: number): number {
  return (((dayNumber + 4) % 7) + 7) % 7;
}

/** @returns the date as YYYY-MM-DD. */
export function isoDayOf(dayNumber: number): string {
  const { year, month, day } = civilOf(dayNumber);
  return `${year}-${two(month)}-${two(day)}`;
}

/** @param ms since the epoch; @returns the UTC date as YYYY-MM-DD. */
export function isoDateOf(ms: number): string {
  return isoDayOf(Math.floor(ms / DAY_MS));
}

export function two(value: number): string {
  return String(value).padStart(2, '0');
}
