/**
 * Hours of CME Globex equity index futures, as a table of our own: Sunday to Friday 17:00 to 16:00 US/Central, less the days below.
 * Source: CME Group, Globex holiday and trading hours calendars of 2025, 2026 and 2027 (equity products). A day of a year that is
 * not in it is unknown, and closed for entries (I15). A new year is a new version.
 */
import { centralOf, centralTs } from './central';
import type { Session } from './instrument';
import { civilOf, dayNumberOf, weekdayOf } from './time';

export const CALENDAR = { version: '2026-11', firstYear: 2025, lastYear: 2027 } as const;

/** Roots whose hours these are. */
export const GLOBEX_EQUITY: readonly string[] = ['ES', 'MES', 'NQ', 'MNQ', 'RTY', 'M2K', 'EMD'];

const OPEN_MINUTE = 17 * 60;
const CLOSE_MINUTE = 16 * 60;
const NOON = 12 * 60;
const QUARTER_PAST_NOON = NOON + 15;
const CLOSED = 0;

/** Trade date -> minute of its close; 0: no session. A holiday's evening session belongs to the next trade date. */
const SHORT_DAYS: Readonly<Record<string, number>> = {
  '2025-01-01': CLOSED,
  // day of mourning for President Carter
  '2025-01-09': 8 * 60 + 30,
  '2025-01-20': NOON,
  '2025-02-17': NOON,
  '2025-04-18': CLOSED,
  '2025-05-26': NOON,
  '2025-06-19': NOON,
  '2025-07-03': QUARTER_PAST_NOON,
  '2025-07-04': NOON,
  '2025-09-01': NOON,
  '2025-11-27': NOON,
  '2025-11-28': QUARTER_PAST_NOON,
  '2025-12-24': QUARTER_PAST_NOON,
  '2025-12-25': CLOSED,
  '2026-01-01': CLOSED,
  '2026-01-19': NOON,
  '2026-02-16': NOON,
  // Good Friday on which the employment report is published: open until a quarter past eight
  '2026-04-03': 8 * 60 + 15,
  '2026-05-25': NOON,
  '2026-06-19': NOON,
  '2026-07-03': NOON,
  '2026-09-07': NOON,
  '2026-11-26': NOON,
  '2026-11-27': QUARTER_PAST_NOON,
  '2026-12-24': QUARTER_PAST_NOON,
  '2026-12-25': CLOSED,
  '2027-01-01': CLOSED,
  '2027-01-18': NOON,
  '2027-02-15': NOON,
  '2027-03-26': CLOSED,
  '2027-05-31': NOON,
  '2027-06-18': NOON,
  '2027-07-05': NOON,
  '2027-09-06': NOON,
  '2027-11-25': NOON,
  '2027-11-26': QUARTER_PAST_NOON,
  '2027-12-24': CLOSED,
};

const CLOSES: ReadonlyMap<number, number> = new Map(
  Object.entries(SHORT_DAYS).map(([date, minute]) => {
    const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
    return [dayNumberOf({ year, month, day }), minute];
  }),
);

const SATURDAY = 6;
const SUNDAY = 0;

/** The trade date that an instant belongs to: from 17:00 it is the next day's. */
function tradeDateOf(ts: number): number {
  const { dayNumber, minute } = centralOf(ts);
  return minute >= OPEN_MINUTE ? dayNumber + 1 : dayNumber;
}

function isKnown(tradeDate: number): boolean {
  const { year } = civilOf(tradeDate);
  return year >= CALENDAR.firstYear && year <= CALENDAR.lastYear;
}

/** @returns the session of a trade date, null when it has none. */
function sessionOf(tradeDate: number): Session | null {
  const weekday = weekdayOf(tradeDate);
  if (weekday === SATURDAY || weekday === SUNDAY) return null;
  const close = CLOSES.get(tradeDate) ?? CLOSE_MINUTE;
  if (close === CLOSED) return null;
  return { openTs: centralTs(tradeDate - 1, OPEN_MINUTE), closeTs: centralTs(tradeDate, close) };
}

export type TableState = 'open' | 'closed' | 'unknown';

/** @param ts exchange time, ms. */
export function tableStateAt(ts: number): TableState {
  const tradeDate = tradeDateOf(ts);
  if (!isKnown(tradeDate)) return 'unknown';
  const session = sessionOf(tradeDate);
  return session !== null && session.openTs <= ts && ts < session.closeTs ? 'open' : 'closed';
}

const DAYS_LOOKED_AHEAD = 10;

/** The sessions that end after `fromTs` and begin before `toTs`; those of unknown years are left out. */
export function tableSessions(fromTs: number, toTs: number): readonly Session[] {
  const sessions: Session[] = [];
  for (let date = tradeDateOf(fromTs); ; date += 1) {
    if (centralTs(date - 1, OPEN_MINUTE) >= toTs) return sessions;
    const session = isKnown(date) ? sessionOf(date) : null;
    if (session !== null && session.closeTs > fromTs) sessions.push(session);
  }
}

/** @returns the next opening after `ts`; null when the table does not know one within ten days. */
export function tableOpensAfter(ts: number): number | null {
  const ahead = tableSessions(ts, ts + DAYS_LOOKED_AHEAD * 86_400_000);
  return ahead.find((session) => session.openTs > ts)?.openTs ?? null;
}
