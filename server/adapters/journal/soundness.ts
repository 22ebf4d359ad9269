/**
 * Is the whole file sound? SQLite's quick_check reads all of it, about 3 s a gigabyte. What recovery needs (the last snapshot, the entries
 * after it) is looked at when it is read; the years before it are checked in a process of its own, beside the work (docs/decisions/0020).
 */
import { fork } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type Database, fileOf } from './database';
import { DatabaseError, damaged } from './errors';

/** A file of this size is read in the blink of an eye: it is checked before anything else, bytes. */
export const CHECKED_FIRST_BYTES = 64 * 2 ** 20;

const checked = z.array(z.object({ quick_check: z.string() }));

/** @throws DatabaseError when the file is damaged. */
export async function requireSound(database: Database): Promise<void> {
  const [first] = checked.parse(await database.prisma.$queryRawUnsafe('PRAGMA quick_check(1)'));
  if (first?.quick_check !== 'ok') {
    throw new DatabaseError(
      damaged(database.file, (first?.quick_check ?? 'no answer').replaceAll(/\s+/g, ' ')),
    );
  }
}

/** Of the file alone: what is in the write-ahead log is young. A file that is not there has none. */
export function bytesOf(databaseUrl: string): number {
  return statSync(fileOf(databaseUrl), { throwIfNoEntry: false })?.size ?? 0;
}

export interface CheckBeside {
  /** The sentence that says what is wrong; null when the file is sound. A check that did not end well is no proof: that is said too. */
  readonly verdict: Promise<string | null>;
  /** Nobody waits for the verdict any more. */
  stop(): void;
}

/** Starts the check of a large file and does not wait for it. */
export function checkBeside(databaseUrl: string): CheckBeside {
  const child = fork(path.join(import.meta.dirname, 'soundness.child.ts'), [databaseUrl], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.unref();
  child.channel?.unref();
  const verdict = new Promise<string | null>((resolve) => {
    child.on('message', ({ trouble }: { trouble: string | null }) => resolve(trouble));
    child.on('error', (error) => resolve(unchecked(databaseUrl, error.message)));
    child.on('exit', (code, signal) =>
      resolve(unchecked(databaseUrl, `the check ended with ${signal ?? code}`)),
    );
  });
  return { verdict, stop: () => child.kill('SIGKILL') };
}

function unchecked(databaseUrl: string, why: string): string {
  return `The database ${fileOf(databaseUrl)} could not be checked (${why}): start again, and put a backup in its place when this is said twice.`;
}
