import { describe, expect, it, onTestFinished } from 'vitest';
import { Prisma } from '../../../prisma/generated/client';
import { type Database, fileOf, openDatabase, pragmasOf, type Role } from './database';
import { migrate } from './migrate';
import { temporaryDatabase } from './temporary';

const ROLES: readonly Role[] = ['journal', 'lease', 'reads'];

async function databaseFor(role: Role): Promise<Database> {
  const { databaseUrl } = temporaryDatabase();
  await migrate(databaseUrl);
  const database = await openDatabase(databaseUrl, role);
  onTestFinished(() => database.close());
  return database;
}

type Asks = Pick<Database['prisma'], '$queryRawUnsafe'>;

async function pragmas(asked: Asks, role: Role) {
  const answers: Record<string, unknown> = {};
  for (const name of Object.keys(pragmasOf(role))) {
    const [row] = await asked.$queryRawUnsafe<Record<string, unknown>[]>(`PRAGMA ${name}`);
    answers[name] = Object.values(row ?? {})[0];
  }
  return answers;
}

describe('a connection', () => {
  it.each(ROLES)(
    'of the role %s has its durability settings, within transactions and after them',
    async (role) => {
      const { prisma } = await databaseFor(role);
      const wanted = pragmasOf(role);
      expect(wanted).toMatchObject({ journal_mode: 'wal', synchronous: 2, foreign_keys: 1 });
      expect(await pragmas(prisma, role)).toEqual(wanted);
      expect(await prisma.$transaction((inside) => pragmas(inside, role))).toEqual(wanted);
      await expect(
        prisma.$transaction(() => Promise.reject(new Error('rolled back on purpose'))),
      ).rejects.toThrow('on purpose');
      expect(await pragmas(prisma, role)).toEqual(wanted);
    },
  );

  it('checkpoints for the journal alone', () => {
    expect(ROLES.filter((role) => pragmasOf(role).wal_autocheckpoint !== 0)).toEqual(['journal']);
  });

  it('of a reader cannot write', async () => {
    const database = await databaseFor('reads');
    await expect(database.script('DELETE FROM "Bar"')).rejects.toThrow('cannot be opened for writing');
  });

  it('keeps foreign keys: a fact needs its entry', async () => {
    const database = await databaseFor('journal');
    const orphan = { seq: 1, n: 0, ts: 0, type: 'BrokerNoticed', body: '{}' };
    await expect(database.prisma.fact.create({ data: orphan })).rejects.toThrow('Foreign key');
  });

  it('keeps a transaction apart from what is asked meanwhile', async () => {
    const { prisma } = await databaseFor('journal');
    const bar = { symbol: 'ES', ts: 0, openTicks: 1, highTicks: 1, lowTicks: 1, closeTicks: 1, volume: 1 };
    let counted: Promise<number> | null = null;
    const failed = prisma.$transaction(async (inside) => {
      await inside.bar.create({ data: bar });
      counted = prisma.bar.count();
      throw new Error('rolled back on purpose');
    });
    await expect(failed).rejects.toThrow('on purpose');
    expect(await counted).toBe(0);
  });
});

/** The columns of each model, as Prisma's client knows them from the schema. */
const COLUMNS: Readonly<Record<Prisma.ModelName, Readonly<Record<string, string>>>> = {
  JournalEntry: Prisma.JournalEntryScalarFieldEnum,
  Fact: Prisma.FactScalarFieldEnum,
  Cycle: Prisma.CycleScalarFieldEnum,
  Bar: Prisma.BarScalarFieldEnum,
  Snapshot: Prisma.SnapshotScalarFieldEnum,
  Lease: Prisma.LeaseScalarFieldEnum,
};

describe('every table', () => {
  it.each(Object.entries(COLUMNS))(
    '%s has the columns that the schema says, and no others',
    async (table, columns) => {
      const { prisma } = await databaseFor('journal');
      const found = await prisma.$queryRaw<{ name: string }[]>`SELECT name FROM pragma_table_info(${table})`;
      expect(found.map((column) => column.name)).toEqual(Object.keys(columns));
    },
  );

  it('gives back what Prisma writes, at the limits of its types', async () => {
    const { prisma } = await databaseFor('journal');
    const stamp = { ts: 1_765_550_700_000, hostMs: 1_765_550_700_001 };
    const entry = { seq: 2_147_483_647, ...stamp, type: 'ClockTicked', body: '{}' };
    expect(await prisma.journalEntry.create({ data: entry })).toEqual(entry);
    const fact = {
      seq: entry.seq,
      n: 0,
      ts: stamp.ts,
      type: 'BrokerNoticed',
      cycleId: null,
      symbol: null,
      body: '{}',
    };
    expect(await prisma.fact.create({ data: fact })).toEqual(fact);
    const snapshot = { seq: 1, engineVersion: '1.0.0', hostMs: stamp.hostMs, body: '{}' };
    expect(await prisma.snapshot.create({ data: snapshot })).toEqual(snapshot);
    const lease = {
      account: 'DU1',
      holder: 'worker',
      pid: 4_194_304,
      host: 'desk',
      epoch: 1,
      renewedHostMs: stamp.hostMs,
    };
    expect(await prisma.lease.create({ data: lease })).toEqual(lease);
  });
});

describe('DATABASE_URL', () => {
  it('names a file', () => {
    expect(fileOf('file:/data/a b.db')).toBe('/data/a b.db');
    expect(fileOf('file:///data/a.db')).toBe('/data/a.db');
  });

  it('refuses other databases without repeating what may be a password', () => {
    expect(() => fileOf('postgresql://me:secret@host/db')).toThrow(/^(?!.*secret).*begins with postgresql:$/);
    expect(() => fileOf('')).toThrow('must name a SQLite file');
  });
});
