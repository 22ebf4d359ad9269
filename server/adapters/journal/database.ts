/**
 * One SQLite file through one connection, under Prisma: every statement of a Database, transactions too, runs on the connection
 * whose durability settings were read back at opening (docs/decisions/0002-libsql.md).
 */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import { z } from 'zod';
import { PrismaClient } from '../../../prisma/generated/client';
import { type Connection, onOneConnection, type Statement } from './connection';
import { DatabaseError, explain } from './errors';

/** `journal` alone checkpoints; `lease` writes and leaves that to it; `reads` can do neither. */
export type Role = 'journal' | 'lease' | 'reads';

/** How long a statement waits for another connection's lock, ms. */
export const BUSY_TIMEOUT_MS = 5_000;
/** Pages of write-ahead log before a commit copies them into the database (SQLite's own default). */
const CHECKPOINT_PAGES = 1_000;

export interface Database {
  readonly file: string;
  readonly prisma: PrismaClient;
  /** Runs the statements in one transaction: all on disk when it resolves, none when it rejects. */
  write(statements: readonly Statement[]): Promise<void>;
  /** Runs a text of several statements, which brings its own BEGIN and COMMIT. */
  script(sql: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param databaseUrl `file:` and a path.
 * @throws DatabaseError when the file cannot be used, or when the database does not accept the settings that durability rests on.
 */
export async function openDatabase(databaseUrl: string, role: Role): Promise<Database> {
  const file = fileOf(databaseUrl);
  if (role === 'reads') requireFile(file);
  else requireFolder(path.dirname(file));
  try {
    const factory = new PrismaLibSql({ url: pathToFileURL(file).href, timeout: BUSY_TIMEOUT_MS });
    const connection = onOneConnection(await factory.connect(), { file, readOnly: role === 'reads' });
    await configure(connection, role, file).catch(async (error: unknown) => {
      await connection.dispose();
      throw error;
    });
    return databaseOn(connection, file);
  } catch (error) {
    throw explain(error, file);
  }
}

function databaseOn(connection: Connection, file: string): Database {
  const prisma = new PrismaClient({
    adapter: {
      provider: connection.provider,
      adapterName: connection.adapterName,
      connect: () => Promise.resolve(connection),
    },
  });
  const explained = async (work: Promise<void>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      throw explain(error, file);
    }
  };
  return {
    file,
    prisma,
    write: (statements) => explained(connection.write(statements)),
    script: (sql) => explained(connection.executeScript(sql)),
    async close() {
      await prisma.$disconnect();
      await connection.dispose();
    },
  };
}

/** @returns the absolute path in a `file:` URL. @throws DatabaseError for any other kind of database. */
export function fileOf(databaseUrl: string): string {
  const match = /^file:(?:\/\/(?=\/))?(.+)$/.exec(databaseUrl);
  if (match?.[1]) return path.resolve(match[1]);
  const scheme = /^[a-z0-9+]+:/i.exec(databaseUrl)?.[0] ?? 'something else';
  throw new DatabaseError(
    `DATABASE_URL must name a SQLite file, like file:/path/to/interlock.db, but it begins with ${scheme}`,
  );
}

function requireFile(file: string): void {
  if (existsSync(file)) return;
  throw new DatabaseError(
    `There is no database at ${file}: start the stack once with npm start, which makes it.`,
  );
}

function requireFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new DatabaseError(
      `The folder ${folder} cannot be written (${said}): make it writable, or set INTERLOCK_HOME to a folder that is.`,
      { cause },
    );
  }
}

type Pragmas = Readonly<Record<string, number | string>>;

/** What each role's connection must answer; synchronous 2 is FULL: a commit returns after its fsync. */
export function pragmasOf(role: Role): Pragmas {
  return {
    busy_timeout: BUSY_TIMEOUT_MS,
    journal_mode: 'wal',
    synchronous: 2,
    fullfsync: 1,
    checkpoint_fullfsync: 1,
    foreign_keys: 1,
    mmap_size: 0,
    wal_autocheckpoint: role === 'journal' ? CHECKPOINT_PAGES : 0,
    query_only: role === 'reads' ? 1 : 0,
  };
}

async function configure(connection: Connection, role: Role, file: string): Promise<void> {
  const wanted = Object.entries(pragmasOf(role));
  for (const [name, value] of wanted) await connection.executeScript(`PRAGMA ${name} = ${value}`);
  for (const [name, value] of wanted) {
    const actual = await readPragma(connection, name);
    if (actual !== value) {
      throw new DatabaseError(
        `The database ${file} answers ${name} = ${actual} where ${value} is needed to keep orders through a power cut: put it on a local disk.`,
      );
    }
  }
}

const scalar = z.tuple([z.union([z.number(), z.string()])]);

async function readPragma(connection: Connection, name: string): Promise<number | string | undefined> {
  const result = await connection.queryRaw({ sql: `PRAGMA ${name}`, args: [], argTypes: [] });
  return scalar.safeParse(result.rows[0]).data?.[0];
}
