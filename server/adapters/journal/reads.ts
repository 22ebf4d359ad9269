/**
 * A read-only door to the journal's tables for the web server and the command line: it never writes, never checkpoints
 * and never blocks the worker. Lists come newest first, in pages, with a cursor to ask for the next.
 */
import { z } from 'zod';
import type { Prisma } from '../../../prisma/generated/client';
import { type CyclePhase, OPEN_PHASES } from '../../engine/model/cycle';
import type { Fact } from '../../engine/model/fact';
import type { Bar } from '../../engine/model/instrument';
import type { ReasonCode } from '../../engine/model/reason';
import type { CycleRow } from '../../engine/model/rows';
import type { JournalEntry } from '../../engine/model/step';
import { entryOf, factOf } from './codec';
import { type Database, openDatabase } from './database';
import { missing } from './errors';

/** Bars shown on either side of a cycle. */
const MARGIN_MS = 10 * 60_000;

export interface CycleQuery {
  symbol?: string;
  phase?: CyclePhase;
  outcome?: string;
  reason?: ReasonCode;
  /** Opened at or after, and before: exchange time, ms. */
  from?: number;
  to?: number;
  limit: number;
  /** `next` of the page before. */
  before?: string;
}

/** `next` is null on the last page. */
export interface Page<T> {
  rows: readonly T[];
  next: string | null;
}

export interface JournalFact {
  seq: number;
  /** Its place among the facts of that entry, from 0. */
  n: number;
  ts: number;
  fact: Fact;
}

export interface CycleStory {
  row: CycleRow;
  /** In the order in which they were concluded. */
  facts: readonly JournalFact[];
  /** One-minute bars from 10 minutes before the cycle to 10 minutes after it, oldest first. */
  bars: readonly Bar[];
}

export interface DayTotals {
  closed: number;
  won: number;
  lost: number;
  denied: number;
  waiting: number;
  /** Net of commissions. */
  realizedMicros: number;
  commissionMicros: number;
}

export interface Reads {
  /** @throws RangeError when the cursor is not one of ours. */
  cycles(query: CycleQuery): Promise<Page<CycleRow>>;
  /** @returns null when there is no such cycle. */
  cycle(cycleId: string): Promise<CycleStory | null>;
  /** @throws RangeError when the cursor is not one of ours. */
  activity(query: { limit: number; before?: string }): Promise<Page<JournalFact>>;
  /** Cycles that closed in [from, to), and those not closed that opened in it (exchange time, ms). */
  dayTotals(day: { from: number; to: number }): Promise<DayTotals>;
  /** The whole journal, oldest first, a page at a time. @throws DatabaseError at an entry that is missing or damaged. */
  entries(): AsyncGenerator<JournalEntry>;
  close(): Promise<void>;
}

/** Entries read at once. */
const ENTRIES_PAGE = 2_000;

/**
 * @throws DatabaseError when there is no database yet (the stack makes it), or it cannot be read.
 */
export async function openReads({ databaseUrl }: { databaseUrl: string }): Promise<Reads> {
  const database = await openDatabase(databaseUrl, 'reads');
  const { prisma } = database;
  return {
    cycles: (query) => cyclesOf(prisma, query),
    cycle: (cycleId) => storyOf(prisma, cycleId),
    activity: (query) => activityOf(prisma, query),
    dayTotals: (day) => totalsOf(prisma, day),
    entries: () => entriesOf(prisma),
    close: () => database.close(),
  };
}

type Tables = Database['prisma'];

async function cyclesOf(prisma: Tables, query: CycleQuery): Promise<Page<CycleRow>> {
  const found = await prisma.cycle.findMany({
    where: { AND: [filterOf(query), query.before === undefined ? {} : olderThan(query.before)] },
    orderBy: [{ openedTs: 'desc' }, { cycleId: 'desc' }],
    take: query.limit + 1,
  });
  return pageOf(found.map(rowOf), query.limit, (row) => `${row.openedTs}:${row.cycleId}`);
}

function filterOf({ symbol, phase, outcome, reason, from, to }: CycleQuery): Prisma.CycleWhereInput {
  return {
    symbol,
    phase,
    outcome,
    openedTs: { gte: from, lt: to },
    ...(reason && { reasons: { contains: JSON.stringify(reason) } }),
  };
}

function olderThan(before: string): Prisma.CycleWhereInput {
  const { at: openedTs, id } = cursorOf(before, z.string().min(1));
  return { OR: [{ openedTs: { lt: openedTs } }, { openedTs, cycleId: { lt: id } }] };
}

const reasons = z.array(z.string());
const origin = z.enum(['signal', 'adopted']);

function rowOf(row: Prisma.CycleGetPayload<object>): CycleRow {
  return { ...row, origin: origin.parse(row.origin), reasons: reasons.parse(JSON.parse(row.reasons)) };
}

async function storyOf(prisma: Tables, cycleId: string): Promise<CycleStory | null> {
  const found = await prisma.cycle.findUnique({ where: { cycleId } });
  if (!found) return null;
  const row = rowOf(found);
  const facts = await prisma.fact.findMany({
    where: { cycleId },
    orderBy: [{ seq: 'asc' }, { n: 'asc' }],
  });
  const bars = await prisma.bar.findMany({
    where: {
      symbol: row.symbol,
      ts: { gte: row.openedTs - MARGIN_MS, lte: endOf(row, facts.at(-1)?.ts) + MARGIN_MS },
    },
    orderBy: { ts: 'asc' },
    omit: { symbol: true },
  });
  return { row, facts: facts.map(journalFactOf), bars };
}

/** An open cycle has no end; one that was denied or cancelled ends with the last thing that was said of it. */
function endOf(row: CycleRow, lastFactTs = row.openedTs): number {
  if (OPEN_PHASES.some((phase) => phase === row.phase)) return Number.MAX_SAFE_INTEGER - MARGIN_MS;
  return Math.max(row.closedTs ?? row.openedTs, lastFactTs);
}

function journalFactOf({ seq, n, ts, body }: Prisma.FactGetPayload<object>): JournalFact {
  return { seq, n, ts, fact: factOf(seq, body) };
}

async function activityOf(
  prisma: Tables,
  { limit, before }: { limit: number; before?: string },
): Promise<Page<JournalFact>> {
  const found = await prisma.fact.findMany({
    where: before === undefined ? {} : earlierThan(before),
    orderBy: [{ seq: 'desc' }, { n: 'desc' }],
    take: limit + 1,
  });
  return pageOf(found.map(journalFactOf), limit, (fact) => `${fact.seq}:${fact.n}`);
}

function earlierThan(before: string): Prisma.FactWhereInput {
  const { at: seq, id: n } = cursorOf(before, z.coerce.number().int());
  return { OR: [{ seq: { lt: seq } }, { seq, n: { lt: n } }] };
}

async function totalsOf(prisma: Tables, { from, to }: { from: number; to: number }): Promise<DayTotals> {
  const within = { gte: from, lt: to };
  const closedToday: Prisma.CycleWhereInput = { phase: 'closed', closedTs: within };
  const [closed, won, lost, denied, waiting] = await Promise.all([
    prisma.cycle.aggregate({
      where: closedToday,
      _count: true,
      _sum: { realizedMicros: true, commissionMicros: true },
    }),
    prisma.cycle.count({ where: { ...closedToday, realizedMicros: { gt: 0 } } }),
    prisma.cycle.count({ where: { ...closedToday, realizedMicros: { lt: 0 } } }),
    prisma.cycle.count({ where: { phase: 'denied', openedTs: within } }),
    prisma.cycle.count({ where: { phase: 'waiting', openedTs: within } }),
  ]);
  return {
    closed: closed._count,
    won,
    lost,
    denied,
    waiting,
    realizedMicros: closed._sum.realizedMicros ?? 0,
    commissionMicros: closed._sum.commissionMicros ?? 0,
  };
}

async function* entriesOf(prisma: Tables): AsyncGenerator<JournalEntry> {
  for (let last = 0; ; ) {
    const rows = await prisma.journalEntry.findMany({
      where: { seq: { gt: last } },
      orderBy: { seq: 'asc' },
      take: ENTRIES_PAGE,
      select: { seq: true, body: true },
    });
    for (const { seq, body } of rows) {
      if (seq !== last + 1) throw missing(last + 1);
      yield entryOf(seq, body);
      last = seq;
    }
    if (rows.length < ENTRIES_PAGE) return;
  }
}

/** One row more than asked for was read: it tells whether there is another page. */
function pageOf<T>(found: readonly T[], limit: number, cursor: (row: T) => string): Page<T> {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: last !== undefined && found.length > limit ? cursor(last) : null };
}

function cursorOf<T>(text: string, id: z.ZodType<T>): { at: number; id: T } {
  const [, at, rest] = /^(\d+):(.+)$/.exec(text) ?? [];
  const parsed = id.safeParse(rest);
  if (at === undefined || !parsed.success) throw new RangeError('The cursor is not one that this list gave.');
  return { at: Number(at), id: parsed.data };
}
