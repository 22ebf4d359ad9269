/**
 * The write-ahead journal: a batch of entries with its projections is one transaction and one fsync, and seq has no gaps.
 * The primary key on seq is also the fence: a worker that slept while another took over cannot write again.
 */
import type { EngineState } from '../../engine/model/state';
import type { JournalEntry } from '../../engine/model/step';
import type { Journal, JournalBatch, Recovered } from '../../ports';
import { entryOf, stateOf, textOf } from './codec';
import { type Database, openDatabase } from './database';
import { DatabaseError, explain } from './errors';
import { migrate } from './migrate';
import { statementsOf } from './projection';

const SNAPSHOTS_KEPT = 3;
/** Entries read at once while recovering. */
const PAGE = 5_000;

export interface JournalOptions {
  databaseUrl: string;
  /** A snapshot of another version is not used: its state may have another shape, so the journal is replayed instead. */
  engineVersion: string;
}

/**
 * Opens the journal of a worker, after checking and migrating the database.
 * @throws DatabaseError with one sentence that says what is wrong with the database and what to do.
 */
export async function openJournal({ databaseUrl, engineVersion }: JournalOptions): Promise<Journal> {
  await migrate(databaseUrl);
  const database = await openDatabase(databaseUrl, 'journal');
  return journalOn(database, engineVersion, await lastSeqOf(database));
}

function journalOn(database: Database, engineVersion: string, lastSeqOnDisk: number): Journal {
  let lastSeq = lastSeqOnDisk;
  let failure: unknown = null;
  let pending: Promise<void> = Promise.resolve();

  const write = async (batch: JournalBatch): Promise<void> => {
    if (failure) {
      throw new DatabaseError('The journal takes nothing after a failed write: restart the worker.', {
        cause: failure,
      });
    }
    const next = seqAfter(lastSeq, batch.entries);
    try {
      await database.write(statementsOf(batch));
    } catch (error) {
      // What a failed fsync left on disk is unknown, and asking again may lie: only recovery may read it.
      failure = error;
      throw error;
    }
    lastSeq = next;
  };

  return {
    async recover() {
      const recovered = await recoverFrom(database, engineVersion);
      lastSeq = recovered.lastSeq;
      return recovered;
    },
    append(batch) {
      const mine = pending.then(() => write(batch));
      pending = mine.catch(() => undefined);
      return mine;
    },
    saveSnapshot: (seq, state) => saveSnapshot(database, { seq, engineVersion, state }),
    async close() {
      await pending;
      if (!failure) await database.script('PRAGMA wal_checkpoint(TRUNCATE)');
      await database.close();
    },
  };
}

/** @returns the last seq once these entries are written. @throws RangeError when they do not follow `lastSeq` one by one. */
function seqAfter(lastSeq: number, entries: readonly JournalEntry[]): number {
  let expected = lastSeq;
  for (const { seq } of entries) {
    expected += 1;
    if (seq !== expected)
      throw new RangeError(`The journal expected entry ${expected} and was given ${seq}.`);
  }
  return expected;
}

async function lastSeqOf(database: Database): Promise<number> {
  const { _max } = await database.prisma.journalEntry.aggregate({ _max: { seq: true } });
  return _max.seq ?? 0;
}

async function recoverFrom(database: Database, engineVersion: string): Promise<Recovered> {
  try {
    return await readBack(database, engineVersion);
  } catch (error) {
    throw explain(error, database.file);
  }
}

async function readBack(database: Database, engineVersion: string): Promise<Recovered> {
  const latest = await database.prisma.snapshot.findFirst({
    where: { engineVersion },
    orderBy: { seq: 'desc' },
  });
  const snapshot = latest && { seq: latest.seq, state: stateOf(latest.seq, latest.body) };
  const entries: JournalEntry[] = [];
  let lastSeq = snapshot?.seq ?? 0;
  for (;;) {
    const rows = await database.prisma.journalEntry.findMany({
      where: { seq: { gt: lastSeq } },
      orderBy: { seq: 'asc' },
      take: PAGE,
      select: { seq: true, body: true },
    });
    for (const { seq, body } of rows) {
      if (seq !== lastSeq + 1) throw missing(lastSeq + 1);
      entries.push(entryOf(seq, body));
      lastSeq = seq;
    }
    if (rows.length < PAGE) break;
  }
  if (lastSeq > (await lastSeqOf(database))) throw missing(lastSeq);
  return { snapshot, entries, lastSeq };
}

function missing(seq: number): DatabaseError {
  return new DatabaseError(
    `The journal lacks entry ${seq}, so what happened cannot be rebuilt: put a backup of the database in its place.`,
  );
}

interface SnapshotToSave {
  seq: number;
  engineVersion: string;
  state: EngineState;
}

async function saveSnapshot(
  database: Database,
  { seq, engineVersion, state }: SnapshotToSave,
): Promise<void> {
  await database.write([
    {
      sql: 'INSERT OR REPLACE INTO "Snapshot" ("seq", "engineVersion", "hostMs", "body") VALUES (?, ?, ?, ?)',
      args: [seq, engineVersion, Date.now(), textOf(state)],
    },
    {
      sql: 'DELETE FROM "Snapshot" WHERE "seq" NOT IN (SELECT "seq" FROM "Snapshot" ORDER BY "seq" DESC LIMIT ?)',
      args: [SNAPSHOTS_KEPT],
    },
  ]);
}
