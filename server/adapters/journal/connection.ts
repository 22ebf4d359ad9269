/**
 * Prisma's libsql adapter on exactly one connection. The adapter gives each transaction a connection and opens a new one after it,
 * without the PRAGMAs of the first; here a transaction is BEGIN and COMMIT on the same connection, and everything takes its turn.
 */
import type { Prisma } from '../../../prisma/generated/client';

type Factory = NonNullable<Prisma.PrismaClientOptions['adapter']>;
type Adapter = Awaited<ReturnType<Factory['connect']>>;
type Transaction = Awaited<ReturnType<Adapter['startTransaction']>>;

export type Value = string | number | null;

export interface Statement {
  sql: string;
  args?: readonly Value[];
}

export interface Connection extends Adapter {
  /** One transaction: all on disk when it resolves, none when it rejects. */
  write(statements: readonly Statement[]): Promise<void>;
}

export interface ConnectionOptions {
  file: string;
  /** Its transactions then see one moment of the database without taking the writer's lock. */
  readOnly: boolean;
}

export function onOneConnection(adapter: Adapter, { file, readOnly }: ConnectionOptions): Connection {
  const inTurn = turnsOf(file);
  const begin: Statement = { sql: readOnly ? 'BEGIN' : 'BEGIN IMMEDIATE' };
  const run = ({ sql, args = [] }: Statement) =>
    adapter.executeRaw({
      sql,
      args: [...args],
      argTypes: args.map(() => ({ scalarType: 'unknown', arity: 'scalar' })),
    });

  const write = async (statements: readonly Statement[]): Promise<void> => {
    await run(begin);
    try {
      for (const statement of statements) await run(statement);
      await run({ sql: 'COMMIT' });
    } catch (error) {
      await run({ sql: 'ROLLBACK' }).catch(() => undefined);
      throw error;
    }
  };

  const startTransaction = (): Promise<Transaction> =>
    new Promise((resolve, reject) => {
      void inTurn(async () => {
        try {
          await run(begin);
        } catch (error) {
          reject(error);
          return;
        }
        await new Promise<void>((leave) => resolve(transactionOn(adapter, run, leave)));
      });
    });

  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: (query) => inTurn(() => adapter.queryRaw(query)),
    executeRaw: (query) => inTurn(() => adapter.executeRaw(query)),
    executeScript: (script) => inTurn(() => adapter.executeScript(script)),
    write: (statements) => inTurn(() => write(statements)),
    startTransaction,
    dispose: () => inTurn(() => adapter.dispose()),
  };
}

function transactionOn(
  adapter: Adapter,
  run: (statement: Statement) => Promise<number>,
  leave: () => void,
): Transaction {
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    /** Prisma then leaves BEGIN, COMMIT and ROLLBACK to us. */
    options: { usePhantomQuery: true },
    queryRaw: (query) => adapter.queryRaw(query),
    executeRaw: (query) => adapter.executeRaw(query),
    async commit() {
      try {
        await run({ sql: 'COMMIT' });
      } finally {
        leave();
      }
    },
    async rollback() {
      try {
        await run({ sql: 'ROLLBACK' });
      } finally {
        leave();
      }
    },
  };
}

type Turns = <T>(work: () => Promise<T>) => Promise<T>;

const turnsByFile = new Map<string, Turns>();

/**
 * SQLite waits for a lock by blocking the thread, so a connection that waited for another of the same process would wait for itself:
 * all connections of this process to one file take turns.
 */
function turnsOf(file: string): Turns {
  const turns = turnsByFile.get(file) ?? oneAfterAnother();
  turnsByFile.set(file, turns);
  return turns;
}

/** @returns a function that runs what it is given one after another, whatever became of the former. */
function oneAfterAnother(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
