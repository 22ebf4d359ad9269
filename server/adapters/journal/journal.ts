/**
 * The write-ahead journal: a batch of entries with its projections is one transaction and one fsync, and seq has no gaps.
 * The primary key on seq is also the fence: a worker that slept while another took over cannot write again.
 */
import type { EngineState } from '../../engine/model/state';
import type { JournalEntry } from '../../engine/model/step';
import type { Journal, JournalBatch, Recovered } from '../../ports';
import { entryOf, stateOf, textOf } from './codec';
import { type Database, openDatabase } from './database';
import { DatabaseError, explain, missing } from './errors';
import { migrate } from './migrate';
import { statementsOf } from './projection';
import { bytesOf, CHECKED_FIRST_BYTES, type CheckBeside, checkBeside } from './soundness';

const SNAPSHOTS_KEPT = 3;
/** Entries read at once while recovering. */
const PAGE = 5_000;

export interface JournalOptions {
  databaseUrl: string;
  /** A snapshot of another version is not used: its state may have another shape, so the journal is replayed instead. */
  engineVersion: string;
  /** A larger file is not checked before it is used but beside it, bytes. */
  checkedFirstBytes?: number;
}

/** The journal of a worker, and when the file under it has been checked. */
export interface CheckedJournal extends Journal {
  /** Resolves when the whole file has been looked at. From a damaged one on, nothing is taken any more: `append` says why. */
  readonly checked: Promise<void>;
}

/**
 * Opens the journal of a worker, after migrating the database. A small file is checked first, a large one while the worker begins.
 * @throws DatabaseError with one sentence that says what is wrong with the database and what to do.
 */
export async function openJournal(options: JournalOptions): Promise<CheckedJournal> {
  const { databaseUrl, engineVersion, checkedFirstBytes = CHECKED_FIRST_BYTES } = options;
  const large = bytesOf(databaseUrl) > checkedFirstBytes;
  await migrate(databaseUrl, { quickCheck: !large });
  const database = await openDatabase(databaseUrl, 'journal');
  return journalOn(database, {
    engineVersion,
    lastSeq: await lastSeqOf(database),
    check: large ? checkBeside(databaseUrl) : null,
  });
}

interface Begin {
  engineVersion: string;
  lastSeq: number;
  /** Under way, or not needed any more. */
  check: CheckBeside | null;
}

function journalOn(
  database: Database,
  { engineVersion, lastSeq: lastSeqOnDisk, check }: Begin,
): CheckedJournal {
  let lastSeq = lastSeqOnDisk;
  let failure: unknown = null;
  let pending: Promise<void> = Promise.resolve();

  let damage: string | null = null;
  const checked = (check?.verdict ?? Promise.resolve(null)).then((trouble) => {
    damage = trouble;
  });

  const write = async (batch: JournalBatch): Promise<void> => {
    if (failure) {
      throw new DatabaseError('The journal takes nothing after a failed write: restart the worker.', {
        cause: failure,
      });
    }
    if (damage !== null) throw new DatabaseError(damage);
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
    checked,
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
      check?.stop();
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

/** The end of the index; an aggregate would read every entry. */
async function lastSeqOf(database: Database): Promise<number> {
  const last = await database.prisma.journalEntry.findFirst({
    orderBy: { seq: 'desc' },
    select: { seq: true },
  });
  return last?.seq ?? 0;
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
