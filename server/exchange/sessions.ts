// Trading sessions in Central time: when a market is open, when its liquid hours are, and both in IB's text.
// Zone arithmetic happens once a session; asking again about the same session costs two comparisons.
import { DateTime } from 'luxon';
import { holidayRule } from './holidays';

export const CENTRAL_ZONE = 'America/Chicago';
const OPEN_MINUTE = 17 * 60;
const CLOSE_MINUTE = 16 * 60;
const LIQUID_OPEN_MINUTE = 8 * 60 + 30;
const DAYS_LISTED = 6;
const SATURDAY = 6;

/** One trade date's session, `[open, close)` and within it `[liquidOpen, liquidClose)`; epoch ms. */
export interface Session {
  readonly open: number;
  readonly close: number;
  readonly liquidOpen: number;
  readonly liquidClose: number;
}

export interface Calendar {
  /** The session that holds `ts`, or else the next one. */
  sessionFrom(ts: number): Session;
  isOpen(ts: number): boolean;
  /** Are these the hours in which a stop without outsideRth may trigger? */
  isLiquid(ts: number): boolean;
  /** The coming days in IB's format, `20251211:1700-20251212:1600;20251213:CLOSED;...`. */
  tradingHours(ts: number): string;
  liquidHours(ts: number): string;
}

/** CME Globex equity index: Sunday to Friday 17:00 to 16:00 Central, liquid 08:30 to 16:00, holidays by rule. */
export function globexCalendar(): Calendar {
  return calendarOf((date) => {
    if (date.weekday >= SATURDAY) return undefined;
    const { closed, earlyCloseMinute } = holidayRule(date);
    if (closed) return undefined;
    const close = at(date, earlyCloseMinute ?? CLOSE_MINUTE);
    return {
      open: at(date.minus({ days: 1 }), OPEN_MINUTE),
      close,
      liquidOpen: at(date, LIQUID_OPEN_MINUTE),
      liquidClose: close,
    };
  });
}

/** A market that never closes: sessions follow each other at 17:00 Central, liquid throughout. */
export function alwaysOpenCalendar(): Calendar {
  return calendarOf((date) => {
    const open = at(date.minus({ days: 1 }), OPEN_MINUTE);
    const close = at(date, OPEN_MINUTE);
    return { open, close, liquidOpen: open, liquidClose: close };
  });
}

type SessionRule = (tradeDate: DateTime) => Session | undefined;

/** So many days are remembered by each calendar. */
const DAYS_REMEMBERED = 64;

function calendarOf(plain: SessionRule): Calendar {
  const rule = byDay(plain);
  const trading = byDay((day) => hoursText(rule, day, ({ open, close }) => [open, close]));
  const liquid = byDay((day) =>
    hoursText(rule, day, ({ liquidOpen, liquidClose }) => [liquidOpen, liquidClose]),
  );
  let known = {
    from: Number.POSITIVE_INFINITY,
    session: { open: 0, close: 0, liquidOpen: 0, liquidClose: 0 },
  };
  const sessionFrom = (ts: number): Session => {
    if (ts >= known.from && ts < known.session.close) return known.session;
    const session = firstSession(rule, ts);
    known = { from: Math.min(ts, session.open), session };
    return session;
  };
  return {
    sessionFrom,
    isOpen: (ts) => sessionFrom(ts).open <= ts,
    isLiquid: (ts) => {
      const { liquidOpen, liquidClose } = sessionFrom(ts);
      return liquidOpen <= ts && ts < liquidClose;
    },
    tradingHours: (ts) => trading(centralDay(ts)),
    liquidHours: (ts) => liquid(centralDay(ts)),
  };
}

/** What is so on a day is derived once. */
function byDay<T extends Session | string | undefined>(derive: (date: DateTime) => T): (date: DateTime) => T {
  const known = new Map<number, { value: T }>();
  return (date) => {
    const day = date.toMillis();
    const found = known.get(day);
    if (found !== undefined) return found.value;
    if (known.size >= DAYS_REMEMBERED) known.clear();
    const value = derive(date);
    known.set(day, { value });
    return value;
  };
}

function firstSession(rule: SessionRule, ts: number): Session {
  let date = centralDay(ts);
  for (;;) {
    const session = rule(date);
    if (session !== undefined && ts < session.close) return session;
    date = date.plus({ days: 1 });
  }
}

function hoursText(rule: SessionRule, first: DateTime, span: (session: Session) => [number, number]): string {
  return Array.from({ length: DAYS_LISTED }, (_, offset) => {
    const date = first.plus({ days: offset });
    const session = rule(date);
    if (session === undefined) return `${date.toFormat('yyyyMMdd')}:CLOSED`;
    return span(session)
      .map((edge) => inCentral(edge).toFormat('yyyyMMdd:HHmm'))
      .join('-');
  }).join(';');
}

function inCentral(ts: number): DateTime {
  return DateTime.fromMillis(ts, { zone: CENTRAL_ZONE });
}

function centralDay(ts: number): DateTime {
  return inCentral(ts).startOf('day');
}

/** Wall-clock minutes on that date: right across a change to or from summer time. */
function at(date: DateTime, minute: number): number {
  return date.set({ hour: Math.floor(minute / 60), minute: minute % 60 }).toMillis();
}

/** The first midnight in Central time after `ts`: when IB's day of executions begins anew. */
export function nextMidnight(ts: number): number {
  if (ts < knownDay.from || ts >= knownDay.to) {
    const day = centralDay(ts);
    knownDay = { from: day.toMillis(), to: day.plus({ days: 1 }).toMillis() };
  }
  return knownDay.to;
}

/** The day that was asked about last. */
let knownDay = { from: 0, to: 0 };

/** `20251122 12:00:01 US/Central`, the form of execution times. */
export function centralTime(ts: number): string {
  return `${inCentral(ts).toFormat('yyyyMMdd HH:mm:ss')} US/Central`;
}

/** `2025-11-22 12:00:01 US/Central`, the form inside order messages. */
export function centralSentenceTime(ts: number): string {
  return `${inCentral(ts).toFormat('yyyy-MM-dd HH:mm:ss')} US/Central`;
}

/** `YYYYMMDD` in Central time. */
export function centralDate(ts: number): string {
  return inCentral(ts).toFormat('yyyyMMdd');
}
