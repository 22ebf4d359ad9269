/**
 * The journal as a checker reads it: each entry once, from the disk itself, also those that a crash kept from being told. Of a worker whose
 * disk takes nothing, what it concluded in memory; the next one knows nothing of that.
 */
import type { JournalEntry } from '../../engine/model/step';
import type { World } from '../world';

export interface Reader {
  /** Another journal than the one read so far: an older copy was restored, or what was never written is forgotten. */
  restored(): void;
  entry(entry: JournalEntry, world: World): void;
}

/** @returns reads what is new. @param entries as they were told, written or not. */
export function reading(reader: Reader): (world: World, entries?: readonly JournalEntry[]) => void {
  let count = 0;
  let last: JournalEntry | undefined;
  let unwritten = false;
  return (world, entries = []) => {
    const written = world.disk.written();
    const other = count > written.length || written[count - 1] !== last;
    const forgot = unwritten && [...written.slice(count), ...entries.slice(0, 1)].some(isStart);
    if (other || forgot) {
      count = 0;
      unwritten = false;
      reader.restored();
    }
    // what appears on the disk of a worker that cannot write is another's, who slept over its append (seed 900023512)
    for (; !unwritten && count < written.length; count++) {
      last = written[count];
      if (last) reader.entry(last, world);
    }
    if (count === 0) last = undefined;
    if (entries.length === 0 || (entries.at(-1)?.seq ?? 0) <= (last?.seq ?? 0)) return;
    unwritten = true;
    for (const entry of entries) reader.entry(entry, world);
  };
}

const isStart = ({ event }: JournalEntry) => event.type === 'WorkerStarted';
