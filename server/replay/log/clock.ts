/** Time stamps at the head of an entry: `2025-12-26 06:00:27 CST`, `2025-12-23 09:08:44.235`, `2025-12-12T14:53:13Z`. */
import { centralTs } from '../../engine/model/central';
import { DAY_MS } from '../../engine/model/time';

const STAMP =
  /^(20\d\d)-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,6}))?(?: ?(Z|[A-Z]{3}|[+-]\d\d:?\d\d))?/;
const HOUR_MS = 3_600_000;
const ZONES: Readonly<Record<string, number>> = {
  Z: 0,
  UTC: 0,
  GMT: 0,
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
};
export const STAMP_BYTES = 40;

export interface Stamp {
  ts: number;
  /** False: no zone was written, and US/Central was taken, where the bot ran. */
  zoned: boolean;
}

/** @returns null when the text does not begin with a time that exists. */
export function stampOf(text: string): Stamp | null {
  const match = STAMP.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59) return null;
  const fraction = Math.floor(Number(`0.${match[7] ?? 0}`) * 1_000);
  const utc = Date.UTC(year, month - 1, day, hour, minute, second) + fraction;
  const offset = offsetMs(match[8]);
  if (offset !== null) return { ts: utc - offset, zoned: true };
  const dayNumber = Math.floor(utc / DAY_MS);
  const minutes = hour * 60 + minute;
  return { ts: centralTs(dayNumber, minutes) + second * 1_000 + fraction, zoned: false };
}

const MINUTE_AT = 'YYYY-MM-DD HH:'.length;
const SECOND_AT = MINUTE_AT + 'MM:'.length;
const SECOND_END = SECOND_AT + 'SS'.length;
const COLON = 58;

/** Reads the stamps of one log. Those of an hour differ in their minute and second alone: what is the same is read once. */
export class LogClock {
  private hour = '';
  private rest = '';
  private end = 0;
  /** Of its beginning; null where the hour is not known yet. */
  private whole: Stamp | null = null;

  /** @returns null when the entry does not begin with a time that exists. */
  read(entry: string): Stamp | null {
    const bar = entry.indexOf('|');
    const end = Math.min(bar > 0 ? bar : entry.length, STAMP_BYTES);
    const seconds = secondsOf(entry);
    if (this.whole && seconds !== null && this.isSame(entry, end))
      return { ts: this.whole.ts + seconds * 1_000, zoned: this.whole.zoned };
    const stamp = stampOf(entry.slice(0, end));
    this.whole = stamp && seconds !== null ? { ...stamp, ts: stamp.ts - seconds * 1_000 } : null;
    this.hour = entry.slice(0, MINUTE_AT);
    this.rest = entry.slice(SECOND_END, end);
    this.end = end;
    return stamp;
  }

  private isSame(entry: string, end: number): boolean {
    return end === this.end && entry.startsWith(this.hour) && entry.startsWith(this.rest, SECOND_END);
  }
}

/** Since the beginning of its hour; null where no `MM:SS` stands that there is. */
function secondsOf(entry: string): number | null {
  const [minute, second] = [sixtyAt(entry, MINUTE_AT), sixtyAt(entry, SECOND_AT)];
  if (minute === null || second === null || entry.charCodeAt(SECOND_AT - 1) !== COLON) return null;
  return minute * 60 + second;
}

function sixtyAt(entry: string, at: number): number | null {
  const tens = entry.charCodeAt(at) - 48;
  const ones = entry.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 5 && ones >= 0 && ones <= 9 ? tens * 10 + ones : null;
}

/** @returns what is added to UTC, ms; null without a zone that we know. */
function offsetMs(zone: string | undefined): number | null {
  if (zone === undefined) return null;
  const hours = ZONES[zone];
  if (hours !== undefined) return hours * HOUR_MS;
  const [, sign, hour, minute] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [];
  if (sign === undefined) return null;
  return (sign === '-' ? -1 : 1) * (Number(hour) * HOUR_MS + Number(minute) * 60_000);
}
