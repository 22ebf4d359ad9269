/** What can be wrong with the database, each as one sentence that says what happened and what to do: the stack prints it and exits. */

export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
}

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html). */
const BUSY = 5;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;

/** @returns the error as a sentence about `file`; one that already is a sentence is returned as it is. */
export function explain(error: unknown, file: string): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const said = detailOf(error, 'originalMessage') ?? (error instanceof Error ? error.message : String(error));
  return new DatabaseError(sentence(sqliteCodeOf(error), file, said), { cause: error });
}

function sentence(code: number | null, file: string, said: string): string {
  switch (code) {
    case BUSY:
      return `The database ${file} is locked by another program: close what has it open (a database browser, a backup, another stack) and start again.`;
    case READONLY:
    case CANTOPEN:
      return `The database ${file} cannot be opened for writing: make the file and its folder writable, or set INTERLOCK_HOME to a folder that is.`;
    case IOERR:
    case FULL:
      return `The disk refused a write to the database ${file} (${said}): free some space or replace the disk, then start again.`;
    case CORRUPT:
    case NOTADB:
      return damaged(file, said);
    default:
      return `The database ${file} refused a statement: ${said}.`;
  }
}

export function damaged(file: string, said: string): string {
  return `The file ${file} is damaged or is not a database (${said}): move it away and put a backup in its place, or set INTERLOCK_HOME to an empty folder.`;
}

/** The driver says `rawCode`; Prisma's adapter says `originalCode`, or `extendedCode`, inside the cause. */
function sqliteCodeOf(error: unknown): number | null {
  const code = ['rawCode', 'extendedCode', 'originalCode'].map((key) => detailOf(error, key)).find(Boolean);
  return code === undefined ? null : Number(code) & 0xff;
}

/** A property of the error, or of what caused it. */
function detailOf(error: unknown, key: string): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const value: unknown = Reflect.get(error, key);
  return value === undefined ? detailOf(Reflect.get(error, 'cause'), key) : String(value);
}

export function missing(seq: number): DatabaseError {
  return new DatabaseError(
    `The journal lacks entry ${seq}, so what happened cannot be rebuilt: put a backup of the database in its place.`,
  );
}
