/**
 * A database with a million entries in a minute or two: a chain of real steps, copies of it under further numbers for the years between
 * (recovery finds them on its way and never reads them), and at the end real steps again, so that snapshot and tail are what a worker left.
 */
import { copyFileSync } from 'node:fs';
import { openDatabase } from '../server/adapters/journal/database';
import { openJournal } from '../server/adapters/journal/journal';
import type { Journal, JournalBatch } from '../server/ports';
import { Chain } from './chain';

export const ENGINE_VERSION = 'bench';
const ENTRIES_A_COMMIT = 500;
/** As many as three snapshots and the longest tail take. */
const LAST_STRETCH = 7_900;

export interface Shelves {
  /** `entries` of them, with the snapshots that the loop wrote, the last of them as long ago as can be. */
  whole: string;
  /** The first `slice` of them, with no snapshot at all. */
  bare: string;
}

/** @param folder where the two files go */
export async function fill(folder: string, entries: number, slice: number): Promise<Shelves> {
  const [whole, bare] = [`${folder}/whole.db`, `${folder}/bare.db`];
  const first = await openJournal({ databaseUrl: `file:${whole}`, engineVersion: ENGINE_VERSION });
  const early = inLargeCommits(first);
  const beginning = new Chain(early);
  await beginning.runTo(slice);
  await early.flush();
  await first.close();
  copyFileSync(whole, bare);
  await withSql(bare, 'DELETE FROM "Snapshot"');

  await copyUp(whole, beginning.loop.seq, entries - LAST_STRETCH);
  const last = await openJournal({ databaseUrl: `file:${whole}`, engineVersion: ENGINE_VERSION });
  const { lastSeq: seq } = await last.recover();
  const late = inLargeCommits(last);
  await new Chain(late, { state: beginning.loop.state, seq }).runTo(entries);
  await late.flush();
  await last.close();
  return { whole, bare };
}

/** What the loop hands over one step at a time, on disk many steps at once: the same rows. A snapshot waits for its entries. */
function inLargeCommits(
  journal: Journal,
): Pick<Journal, 'append' | 'saveSnapshot'> & { flush(): Promise<void> } {
  let waiting: JournalBatch[] = [];
  let count = 0;
  const flush = async () => {
    const cycles = waiting.flatMap((batch) => batch.cycles);
    await journal.append({
      entries: waiting.flatMap((batch) => batch.entries),
      cycles: [...new Map(cycles.map((cycle) => [cycle.cycleId, cycle])).values()],
      bars: waiting.flatMap((batch) => batch.bars),
    });
    waiting = [];
    count = 0;
  };
  return {
    append: async (batch) => {
      waiting.push(batch);
      count += batch.entries.length;
      if (count >= ENTRIES_A_COMMIT) await flush();
    },
    saveSnapshot: async (seq, state) => {
      await flush();
      await journal.saveSnapshot(seq, state);
    },
    flush,
  };
}

/** Copies entries 1 to `known` under the numbers that follow, until `last`. */
async function copyUp(file: string, known: number, last: number): Promise<void> {
  const copies: string[] = [];
  for (let by = known; by < last; by += known) {
    const upTo = Math.min(known, last - by);
    copies.push(
      `INSERT INTO "JournalEntry" SELECT seq + ${by}, ts, hostMs, type, '{"seq":' || (seq + ${by}) || substr(body, instr(body, ','))
       FROM "JournalEntry" WHERE seq <= ${upTo}`,
      `INSERT INTO "Fact" SELECT seq + ${by}, n, ts, type, cycleId || '-${by}', symbol, body FROM "Fact" WHERE seq <= ${upTo}`,
    );
  }
  await withSql(file, `BEGIN; ${copies.join('; ')}; COMMIT`);
}

async function withSql(file: string, sql: string): Promise<void> {
  const database = await openDatabase(`file:${file}`, 'journal');
  await database.script(`${sql}; PRAGMA wal_checkpoint(TRUNCATE)`);
  await database.close();
}
