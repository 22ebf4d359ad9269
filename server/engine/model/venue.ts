/**
 * Is the venue open? Two sources: the hours that the broker gives with the contract, and our own table. An entry needs both to say
 * open; what reduces risk goes by the broker's hours, and by the table only where those have run out. Neither stops the other unseen:
 * where they differ it is said (I15, F12).
 */
import {
  CALENDAR,
  GLOBEX_EQUITY,
  type TableState,
  tableOpensAfter,
  tableSessions,
  tableStateAt,
} from './calendar';
import { centralDayText } from './central';
import type { Instrument, Session } from './instrument';
import { sessionAt } from './instrument';

export interface Venue {
  /** Both say open: entries are possible. */
  open: boolean;
  /** `unknown`: its hours tell only the next days, and those are over. */
  broker: 'open' | 'closed' | 'unknown';
  /** `none`: not a future whose hours the table holds. */
  table: TableState | 'none';
}

/** @param ts exchange time, ms. */
export function venueAt(instrument: Instrument, ts: number): Venue {
  const broker = brokerStateAt(instrument, ts);
  const table = hasTable(instrument) ? tableStateAt(ts) : 'none';
  return { open: broker === 'open' && (table === 'open' || table === 'none'), broker, table };
}

/** Open now, and in this session for `ms` at least: at the open the last quote is as old as the break was long. */
export function openFor(instrument: Instrument, ts: number, ms: number): boolean {
  const session = sessionAt(instrument, ts);
  return session !== null && ts - session.openTs >= ms && venueAt(instrument, ts).open;
}

function brokerStateAt(instrument: Instrument, ts: number): Venue['broker'] {
  if (sessionAt(instrument, ts) !== null) return 'open';
  const last = instrument.sessions.at(-1);
  return last !== undefined && ts < last.closeTs ? 'closed' : 'unknown';
}

/** Globex closes every day; hours without a gap are those of a simulated market, which our table does not describe. */
function hasTable({ symbol, sessions }: Instrument): boolean {
  return GLOBEX_EQUITY.includes(symbol) && !neverCloses(sessions);
}

function neverCloses(sessions: readonly Session[]): boolean {
  return (
    sessions.length > 1 &&
    sessions.every(({ closeTs }, n) => {
      const next = sessions[n + 1];
      return next === undefined || next.openTs === closeTs;
    })
  );
}

/** May an order that reduces risk be sent now? An order to a closed venue rests, and fills at a price nobody chose (F12). */
export function mayExitAt(instrument: Instrument, ts: number): boolean {
  const { broker, table } = venueAt(instrument, ts);
  return broker === 'open' || (broker === 'unknown' && table !== 'closed');
}

/** @returns when an exit may go out next (exchange time); null when nobody knows. */
export function exitOpensAfter(instrument: Instrument, ts: number): number | null {
  const brokers = instrument.sessions.find((session) => session.openTs > ts)?.openTs ?? null;
  return brokers ?? (hasTable(instrument) ? tableOpensAfter(ts) : null);
}

export interface Disagreement {
  fromTs: number;
  toTs: number;
  broker: 'open' | 'closed';
  table: TableState;
}

/** Where the broker's hours and the table differ, from `ts` to the end of those hours. */
export function disagreements(instrument: Instrument, ts: number): readonly Disagreement[] {
  const end = instrument.sessions.at(-1)?.closeTs;
  if (end === undefined || !hasTable(instrument)) return [];
  const edges = [...instrument.sessions, ...tableSessions(ts, end)].flatMap((session) => [
    session.openTs,
    session.closeTs,
  ]);
  const inside = edges.filter((edge) => edge > ts && edge < end).sort((a, b) => a - b);
  const starts = [ts, ...new Set(inside)];
  return starts.flatMap((fromTs, n) => {
    const broker = sessionAt(instrument, fromTs) === null ? 'closed' : 'open';
    const table = tableStateAt(fromTs);
    return broker === table ? [] : [{ fromTs, toTs: starts[n + 1] ?? end, broker, table }];
  });
}

export function disagreementText({ fromTs, toTs, broker, table }: Disagreement): string {
  const span = `${centralDayText(fromTs)} to ${centralDayText(toTs)} US/Central`;
  return `${span}: the broker's hours say ${broker}, the table of ${CALENDAR.version} says ${table}. No entries then.`;
}
