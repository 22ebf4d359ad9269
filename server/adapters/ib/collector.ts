/** The rows of one answer, from the question to its end marker. An answer without an end within the deadline is a failure, never a part. */
import type { Clock } from '../../ports';

export interface Collector<T> {
  add(row: T): void;
  end(): void;
  fail(why: string): void;
  /** @throws when it failed or the deadline passed; the message names the subject. */
  readonly rows: Promise<readonly T[]>;
}

export function collect<T>(subject: string, clock: Pick<Clock, 'after'>, deadlineMs: number): Collector<T> {
  const rows: T[] = [];
  const { promise, resolve, reject } = deferred<readonly T[]>();
  const stopWaiting = clock.after(deadlineMs, () =>
    reject(new Error(`${subject}: no complete answer within ${deadlineMs} ms`)),
  );
  return {
    add: (row) => rows.push(row),
    end: () => {
      stopWaiting();
      resolve(rows);
    },
    fail: (why) => {
      stopWaiting();
      reject(new Error(`${subject}: ${why}`));
    },
    rows: promise,
  };
}

function deferred<T>() {
  let settle: { resolve(value: T): void; reject(error: Error): void } | null = null;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return {
    promise,
    resolve: (value: T) => settle?.resolve(value),
    reject: (error: Error) => settle?.reject(error),
  };
}
