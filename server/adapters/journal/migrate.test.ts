import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase } from './database';
import { batchOf, entryAt } from './fixtures';
import { openJournal } from './journal';
import { migrate } from './migrate';
import { openReads } from './reads';
import { temporaryDatabase, temporaryFolder } from './temporary';

const RELEASED = path.resolve(import.meta.dirname, '../../../prisma/migrations');

/** The released migrations in a folder of the test's own, with one more. */
function migrationsWith(name: string, sql: string): string {
  const folder = temporaryFolder();
  cpSync(RELEASED, folder, { recursive: true });
  mkdirSync(path.join(folder, name), { recursive: true });
  writeFileSync(path.join(folder, name, 'migration.sql'), sql);
  return folder;
}

async function tablesOf(databaseUrl: string): Promise<readonly string[]> {
  const { prisma, close } = await openDatabase(databaseUrl, 'reads');
  const rows = await prisma.$queryRaw<
    { name: string }[]
  >`SELECT name FROM sqlite_master WHERE type = 'table'`;
  await close();
  return rows.map((row) => row.name);
}

function releasedMigrations(): readonly string[] {
  return readdirSync(RELEASED)
    .filter((name) => /^\d{14}_/.test(name))
    .sort();
}

describe('migrating', () => {
  it('makes a new database, in a folder that is not there yet, and does nothing the second time', async () => {
    const file = path.join(temporaryFolder(), 'home', 'interlock.db');
    expect(await migrate(`file:${file}`)).toEqual(releasedMigrations());
    expect(await migrate(`file:${file}`)).toEqual([]);
    expect(await tablesOf(`file:${file}`)).toEqual(
      expect.arrayContaining(['JournalEntry', '_prisma_migrations']),
    );
  });

  it('applies what a newer program brings, and keeps what was there', async () => {
    const { databaseUrl } = temporaryDatabase();
    const journal = await openJournal({ databaseUrl, engineVersion: '1.0.0' });
    await journal.append(batchOf([entryAt(1)]));
    await journal.close();
    const newer = migrationsWith('29991231000000_more', 'CREATE TABLE "More" ("id" TEXT PRIMARY KEY)');
    expect(await migrate(databaseUrl, { folder: newer })).toEqual(['29991231000000_more']);
    expect(await tablesOf(databaseUrl)).toContain('More');
    const { prisma, close } = await openDatabase(databaseUrl, 'reads');
    expect(await prisma.journalEntry.count()).toBe(1);
    await close();
  });

  it('refuses a database that a newer program made', async () => {
    const { databaseUrl } = temporaryDatabase();
    const folder = migrationsWith('29991231000000_more', 'CREATE TABLE "More" ("id" TEXT)');
    await migrate(databaseUrl, { folder });
    await expect(migrate(databaseUrl)).rejects.toThrow(/made by a newer Interlock .*: update the program/);
  });

  it('refuses a migration that was changed after it was applied', async () => {
    const { databaseUrl } = temporaryDatabase();
    await migrate(databaseUrl);
    const [name = ''] = releasedMigrations();
    const original = readFileSync(path.join(RELEASED, name, 'migration.sql'), 'utf8');
    const changed = migrationsWith(name, `${original}\n-- one more line`);
    await expect(migrate(databaseUrl, { folder: changed })).rejects.toThrow(
      `The migration ${name} was changed after`,
    );
  });

  it('leaves nothing of a migration that fails half way', async () => {
    const { databaseUrl } = temporaryDatabase();
    const broken = migrationsWith(
      '29991231000000_broken',
      'CREATE TABLE "Half" ("id" TEXT); CREATE TABEL "No";',
    );
    await expect(migrate(databaseUrl, { folder: broken })).rejects.toThrow('refused a statement');
    expect(await tablesOf(databaseUrl)).not.toContain('Half');
    expect(await migrate(databaseUrl)).toEqual([]);
  });
});

describe('a file that cannot be used', () => {
  it('is refused when it is not a database', async () => {
    const { file, databaseUrl } = temporaryDatabase();
    writeFileSync(file, 'this was a letter to a friend, and never a database\n'.repeat(100));
    await expect(migrate(databaseUrl)).rejects.toThrow(/is damaged or is not a database .*: move it away/);
  });

  it('is refused when pages of it are damaged', async () => {
    const { file, databaseUrl } = temporaryDatabase();
    const journal = await openJournal({ databaseUrl, engineVersion: '1.0.0' });
    await journal.append(batchOf(Array.from({ length: 200 }, (_, i) => entryAt(i + 1))));
    await journal.close();
    const bytes = readFileSync(file);
    bytes.fill(0xee, 8_192, bytes.length - 4_096);
    writeFileSync(file, bytes);
    await expect(migrate(databaseUrl)).rejects.toThrow(/is damaged or is not a database .*: move it away/);
  });

  it('is refused when its folder cannot be written', async () => {
    const { file } = temporaryDatabase();
    writeFileSync(file, '');
    await expect(migrate(`file:${file}/below/interlock.db`)).rejects.toThrow(
      /The folder .* cannot be written .*: make/,
    );
  });

  it('is refused for reading when it is not there, and is not made', async () => {
    const { file, databaseUrl } = temporaryDatabase();
    await expect(openReads({ databaseUrl })).rejects.toThrow('There is no database');
    expect(readdirSync(path.dirname(file))).toEqual([]);
  });
});
