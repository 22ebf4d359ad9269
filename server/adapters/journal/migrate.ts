/**
 * Brings a database to the schema of this program: the SQL files of prisma/migrations, each in a transaction, recorded in
 * `_prisma_migrations` as Prisma's own tools record them. `prisma migrate` itself needs an engine that is not in the registry.
 */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type Database, openDatabase } from './database';
import { DatabaseError, explain } from './errors';
import { requireSound } from './soundness';

const MIGRATIONS = path.resolve(import.meta.dirname, '../../../prisma/migrations');

const MIGRATION_TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "checksum" TEXT NOT NULL,
  "finished_at" DATETIME,
  "migration_name" TEXT NOT NULL,
  "logs" TEXT,
  "rolled_back_at" DATETIME,
  "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
  "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0
)`;

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

export interface MigrateOptions {
  /** Of migrations, by default this program's own. */
  folder?: string;
  /** Reads the whole file to see that it is sound: once a start is enough. */
  quickCheck?: boolean;
}

/**
 * @returns the names of the migrations that it applied, none when the database was up to date.
 * @throws DatabaseError when the file is damaged, the folder cannot be written, a migration that was applied has changed since,
 * or the database was made by a newer program.
 */
export async function migrate(
  databaseUrl: string,
  { folder = MIGRATIONS, quickCheck = true }: MigrateOptions = {},
): Promise<readonly string[]> {
  const database = await openDatabase(databaseUrl, 'journal');
  try {
    if (quickCheck) await requireSound(database);
    const known = readMigrations(folder);
    const missing = missingFrom(known, await appliedTo(database), database.file);
    for (const migration of missing) await apply(database, migration);
    return missing.map((migration) => migration.name);
  } catch (error) {
    throw explain(error, database.file);
  } finally {
    await database.close();
  }
}

function readMigrations(folder: string): readonly Migration[] {
  return readdirSync(folder)
    .filter((name) => existsSync(path.join(folder, name, 'migration.sql')))
    .sort()
    .map((name) => {
      const sql = readFileSync(path.join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

const applied = z.array(z.object({ migration_name: z.string(), checksum: z.string() }));
type Applied = z.infer<typeof applied>;

async function appliedTo(database: Database): Promise<Applied> {
  await database.script(MIGRATION_TABLE);
  return applied.parse(
    await database.prisma.$queryRawUnsafe(
      `SELECT "migration_name", "checksum" FROM "_prisma_migrations"
       WHERE "finished_at" IS NOT NULL AND "rolled_back_at" IS NULL ORDER BY "migration_name"`,
    ),
  );
}

function missingFrom(known: readonly Migration[], done: Applied, file: string): readonly Migration[] {
  for (const { migration_name: name, checksum } of done) {
    const migration = known.find((candidate) => candidate.name === name);
    if (!migration) {
      throw new DatabaseError(
        `The database ${file} was made by a newer Interlock (it has the migration ${name}): update the program, or set INTERLOCK_HOME to another folder.`,
      );
    }
    if (migration.checksum !== checksum) {
      throw new DatabaseError(
        `The migration ${name} was changed after it was applied to ${file}: put prisma/migrations back as it was released (git checkout prisma/migrations).`,
      );
    }
  }
  return known.filter((migration) => !done.some((row) => row.migration_name === migration.name));
}

/** The migration and its record are one transaction: killed at any point, it is either done or not begun. */
async function apply(database: Database, { name, sql, checksum }: Migration): Promise<void> {
  const now = Date.now();
  await database.script(`BEGIN IMMEDIATE;
${sql};
INSERT INTO "_prisma_migrations" ("id", "checksum", "finished_at", "migration_name", "started_at", "applied_steps_count")
VALUES (${quoted(randomUUID())}, ${quoted(checksum)}, ${now}, ${quoted(name)}, ${now}, 1);
COMMIT;`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
