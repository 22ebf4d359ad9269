import { closeSync, openSync, writeSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { INITIAL_STATE } from '../../engine/model/state';
import { batchOf, entryAt } from './fixtures';
import { type CheckedJournal, openJournal } from './journal';
import { temporaryDatabase } from './temporary';

const PAGE_BYTES = 4_096;
const engineVersion = '1.0.0';

/** A database with entries 1 to 3,000 and a snapshot of the last of them. */
async function oldDatabase(): Promise<{ file: string; databaseUrl: string }> {
  const database = temporaryDatabase();
  const journal = await openJournal({ databaseUrl: database.databaseUrl, engineVersion });
  await journal.append(batchOf(Array.from({ length: 3_000 }, (_, i) => entryAt(i + 1))));
  await journal.saveSnapshot(3_000, INITIAL_STATE);
  await journal.close();
  return database;
}

function openLarge(databaseUrl: string): Promise<CheckedJournal> {
  return openJournal({ databaseUrl, engineVersion, checkedFirstBytes: 0 });
}

describe('a large database', () => {
  it('is used at once and checked beside that', async () => {
    const { databaseUrl } = await oldDatabase();
    const journal = await openLarge(databaseUrl);
    expect((await journal.recover()).lastSeq).toBe(3_000);
    await journal.append(batchOf([entryAt(3_001)]));
    await journal.checked;
    await journal.append(batchOf([entryAt(3_002)]));
    await journal.close();
  });

  it('that is damaged in its old years takes nothing once that is found, and says what to do', async () => {
    const { file, databaseUrl } = await oldDatabase();
    const bytes = openSync(file, 'r+');
    writeSync(bytes, Buffer.alloc(PAGE_BYTES, 0xee), 0, PAGE_BYTES, 60 * PAGE_BYTES);
    closeSync(bytes);
    await expect(openJournal({ databaseUrl, engineVersion })).rejects.toThrow(/is damaged .*: move it away/);

    const journal = await openLarge(databaseUrl);
    const { snapshot, entries } = await journal.recover();
    expect([snapshot?.seq, entries]).toEqual([3_000, []]);
    await journal.checked;
    await expect(journal.append(batchOf([entryAt(3_001)]))).rejects.toThrow(/is damaged .*: move it away/);
    await journal.close();
  });
});

describe('a database of which nothing was written yet', () => {
  it('needs no check beside', async () => {
    const { databaseUrl } = temporaryDatabase();
    const journal = await openLarge(databaseUrl);
    await journal.checked;
    await journal.append(batchOf([entryAt(1)]));
    await journal.close();
  });
});
