import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { INITIAL_STATE } from '../../engine/model/state';
import type { Journal } from '../../ports';
import { entryOf, stateOf, textOf } from './codec';
import { openDatabase } from './database';
import { batchOf, cycleRow, denialAt, entryAt } from './fixtures';
import { openJournal } from './journal';
import { temporaryDatabase } from './temporary';

async function journalAt(databaseUrl: string, engineVersion = '1.0.0'): Promise<Journal> {
  const journal = await openJournal({ databaseUrl, engineVersion });
  onTestFinished(() => journal.close());
  return journal;
}

/** What another connection sees. */
async function counts(databaseUrl: string) {
  const { prisma, close } = await openDatabase(databaseUrl, 'reads');
  const counted = {
    entries: await prisma.journalEntry.count(),
    facts: await prisma.fact.count(),
    cycles: await prisma.cycle.count(),
    bars: await prisma.bar.count(),
  };
  await close();
  return counted;
}

const bar = { ts: 60_000, openTicks: 10, highTicks: 14, lowTicks: 9, closeTicks: 12, volume: 230 };

describe('a journal', () => {
  it('gives back after a restart exactly the entries that were appended', async () => {
    const { databaseUrl } = temporaryDatabase();
    const first = await openJournal({ databaseUrl, engineVersion: '1.0.0' });
    expect(await first.recover()).toEqual({ snapshot: null, entries: [], lastSeq: 0 });
    await first.append(batchOf([entryAt(1), denialAt(2)]));
    await first.append(batchOf([entryAt(3)]));
    await first.close();

    const second = await journalAt(databaseUrl);
    const entries = [entryAt(1), denialAt(2), entryAt(3)];
    expect(await second.recover()).toEqual({ snapshot: null, entries, lastSeq: 3 });
    await second.append(batchOf([entryAt(4)]));
    expect((await second.recover()).lastSeq).toBe(4);
  });

  it('refuses entries that do not follow one by one, and goes on with those that do', async () => {
    const { databaseUrl } = temporaryDatabase();
    const journal = await journalAt(databaseUrl);
    await journal.append(batchOf([entryAt(1)]));
    await expect(journal.append(batchOf([entryAt(3)]))).rejects.toThrow('expected entry 2 and was given 3');
    await expect(journal.append(batchOf([entryAt(1)]))).rejects.toThrow('expected entry 2 and was given 1');
    await expect(journal.append(batchOf([entryAt(2), entryAt(4)]))).rejects.toThrow('expected entry 3');
    await journal.append(batchOf([entryAt(2), entryAt(3)]));
    expect(await counts(databaseUrl)).toMatchObject({ entries: 3 });
  });

  it('writes entries, facts, cycles and bars together', async () => {
    const { databaseUrl } = temporaryDatabase();
    const journal = await journalAt(databaseUrl);
    const bars = [{ symbol: 'ES', bar }];
    await journal.append(batchOf([denialAt(1)], { cycles: [cycleRow({ phase: 'open' })], bars }));
    await journal.append(batchOf([entryAt(2)], { cycles: [cycleRow()], bars }));
    expect(await counts(databaseUrl)).toEqual({ entries: 2, facts: 3, cycles: 1, bars: 1 });
  });

  it('leaves nothing of a batch in which one row fails, and takes nothing after it', async () => {
    const { databaseUrl } = temporaryDatabase();
    const journal = await journalAt(databaseUrl);
    const broken = cycleRow({ commissionMicros: Number.NaN });
    const batch = batchOf([denialAt(1)], { cycles: [broken], bars: [{ symbol: 'ES', bar }] });
    await expect(journal.append(batch)).rejects.toThrow('Only finite numbers');
    expect(await counts(databaseUrl)).toEqual({ entries: 0, facts: 0, cycles: 0, bars: 0 });
    await expect(journal.append(batchOf([entryAt(1)]))).rejects.toThrow('restart the worker');
  });

  it('shuts out a worker that slept while another one wrote', async () => {
    const { databaseUrl } = temporaryDatabase();
    const asleep = await journalAt(databaseUrl);
    const awake = await journalAt(databaseUrl);
    await awake.append(batchOf([entryAt(1)]));
    await expect(asleep.append(batchOf([denialAt(1)]))).rejects.toThrow('UNIQUE constraint failed');
    expect(await counts(databaseUrl)).toMatchObject({ entries: 1, facts: 0 });
  });

  it('goes on after what it recovered, though another worker wrote since it was opened', async () => {
    const { databaseUrl } = temporaryDatabase();
    const next = await journalAt(databaseUrl);
    const former = await journalAt(databaseUrl);
    await former.append(batchOf([entryAt(1), entryAt(2)]));
    expect((await next.recover()).lastSeq).toBe(2);
    await next.append(batchOf([entryAt(3)]));
  });

  it('takes a burst of more rows than one statement may hold', async () => {
    const { databaseUrl } = temporaryDatabase();
    const journal = await journalAt(databaseUrl);
    const burst = Array.from({ length: 1_001 }, (_, i) => denialAt(i + 1));
    await journal.append(batchOf(burst));
    expect((await journal.recover()).entries).toEqual(burst);
    expect(await counts(databaseUrl)).toMatchObject({ entries: 1_001, facts: 3_003 });
  });

  it('appends in the order in which it was asked, without waiting to be awaited', async () => {
    const { databaseUrl } = temporaryDatabase();
    const journal = await journalAt(databaseUrl);
    await Promise.all([1, 2, 3].map((seq) => journal.append(batchOf([entryAt(seq)]))));
    expect(await counts(databaseUrl)).toMatchObject({ entries: 3 });
  });
});

describe('a snapshot', () => {
  it('bounds recovery to the entries after it', async () => {
    const { databaseUrl } = temporaryDatabase();
    const journal = await journalAt(databaseUrl);
    await journal.append(batchOf([entryAt(1), entryAt(2), entryAt(3)]));
    await journal.saveSnapshot(2, INITIAL_STATE);
    expect(await journal.recover()).toEqual({
      snapshot: { seq: 2, state: INITIAL_STATE },
      entries: [entryAt(3)],
      lastSeq: 3,
    });
  });

  it('of another engine version is not used: everything is replayed', async () => {
    const { databaseUrl } = temporaryDatabase();
    const old = await journalAt(databaseUrl, '0.9.0');
    await old.append(batchOf([entryAt(1), entryAt(2)]));
    await old.saveSnapshot(2, INITIAL_STATE);
    const journal = await journalAt(databaseUrl, '1.0.0');
    expect(await journal.recover()).toEqual({
      snapshot: null,
      entries: [entryAt(1), entryAt(2)],
      lastSeq: 2,
    });
  });

  it('pushes out all but the last three', async () => {
    const { databaseUrl } = temporaryDatabase();
    const journal = await journalAt(databaseUrl);
    await journal.append(batchOf([1, 2, 3, 4, 5].map((seq) => entryAt(seq))));
    for (const seq of [1, 2, 3, 4, 5]) await journal.saveSnapshot(seq, INITIAL_STATE);
    const { prisma, close } = await openDatabase(databaseUrl, 'reads');
    const kept = await prisma.snapshot.findMany({ select: { seq: true }, orderBy: { seq: 'asc' } });
    await close();
    expect(kept).toEqual([{ seq: 3 }, { seq: 4 }, { seq: 5 }]);
  });
});

describe('a journal that was tampered with', () => {
  it.each([
    ['an entry is missing', 'DELETE FROM "JournalEntry" WHERE "seq" = 2', 'lacks entry 2'],
    [
      'an entry is damaged',
      `UPDATE "JournalEntry" SET "body" = '{"seq":2' WHERE "seq" = 2`,
      'entry 2 is damaged',
    ],
    ['an entry is no entry', `UPDATE "JournalEntry" SET "body" = '{}' WHERE "seq" = 2`, 'entry 2 is damaged'],
    ['its end is missing', 'DELETE FROM "JournalEntry" WHERE "seq" = 3', 'lacks entry 3'],
  ])('refuses to recover when %s', async (_what, sql, sentence) => {
    const { databaseUrl } = temporaryDatabase();
    const journal = await journalAt(databaseUrl);
    await journal.append(batchOf([entryAt(1), entryAt(2), entryAt(3)]));
    await journal.saveSnapshot(sentence.includes('3') ? 3 : 1, INITIAL_STATE);
    const meddler = await openDatabase(databaseUrl, 'lease');
    await meddler.script(sql);
    await meddler.close();
    await expect(journal.recover()).rejects.toThrow(sentence);
  });
});

describe('the text of an entry', () => {
  it('carries every value that an engine can hold', () => {
    const value = fc.oneof(
      fc.double(),
      fc.integer(),
      fc.bigInt(),
      fc.string(),
      fc.boolean(),
      fc.constant(null),
    );
    const tree = fc.object({ key: fc.string().filter((key) => key !== '__proto__'), values: [value] });
    fc.assert(
      fc.property(tree, (extra) => {
        const entry = { ...entryAt(7), quotes: [{ symbol: 'ES', extra }] };
        expect(entryOf(7, textOf(entry))).toEqual(entry);
      }),
    );
  });

  it('refuses a state that is none', () => {
    expect(() => stateOf(9, '{"cycles":1}')).toThrow('the snapshot at entry 9 is damaged');
  });
});
