/** Several logs as one, in time: rotated parts in any order, and processes that wrote side by side. A part is opened when its time has come. */
import type { LogEntry } from './said';
import type { LogSource } from './source';

interface Cursor {
  batches: AsyncGenerator<LogEntry[]>;
  batch: LogEntry[];
  at: number;
}

export async function* inTime(sources: readonly LogSource[]): AsyncGenerator<readonly LogEntry[]> {
  const waiting = sources.toSorted((a, b) => (a.firstTs ?? 0) - (b.firstTs ?? 0));
  const open: Cursor[] = [];
  for (;;) {
    const next = waiting[0];
    const first = earliest(open);
    if (next && (first === undefined || (next.firstTs ?? 0) <= headTs(first))) {
      waiting.shift();
      await begin(next, open);
      continue;
    }
    if (first === undefined) return;
    const until = Math.min(
      waiting[0]?.firstTs ?? Number.POSITIVE_INFINITY,
      ...open.filter((other) => other !== first).map(headTs),
    );
    yield run(first, until);
    if (first.at === first.batch.length && !(await refill(first))) open.splice(open.indexOf(first), 1);
  }
}

async function begin(source: LogSource, open: Cursor[]): Promise<void> {
  const cursor: Cursor = { batches: source.batches(), batch: [], at: 0 };
  if (await refill(cursor)) open.push(cursor);
}

/** @returns false when it has ended. */
async function refill(cursor: Cursor): Promise<boolean> {
  for (;;) {
    const { done, value } = await cursor.batches.next();
    if (done) return false;
    if (value.length > 0) {
      cursor.batch = value;
      cursor.at = 0;
      return true;
    }
  }
}

function headTs({ batch, at }: Cursor): number {
  return batch[at]?.ts ?? Number.POSITIVE_INFINITY;
}

function earliest(open: readonly Cursor[]): Cursor | undefined {
  return open.reduce<Cursor | undefined>(
    (best, cursor) => (best === undefined || headTs(cursor) < headTs(best) ? cursor : best),
    undefined,
  );
}

/** Its entries up to `until`, one at least. */
function run(cursor: Cursor, until: number): readonly LogEntry[] {
  const from = cursor.at;
  do cursor.at += 1;
  while (cursor.at < cursor.batch.length && headTs(cursor) <= until);
  return from === 0 && cursor.at === cursor.batch.length ? cursor.batch : cursor.batch.slice(from, cursor.at);
}
