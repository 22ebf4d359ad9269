/** The journal as a checker reads it: each entry once, from the disk itself, also those that a crash kept from being told. */
import type { JournalEntry } from '../../engine/model/step';
import type { World } from '../world';

export interface Reader {
  /** Another journal than the one read so far: an older copy was restored. */
  restored(): void;
  entry(entry: JournalEntry, world: World): void;
}

/** @returns reads what is new on the disk. */
export function reading(reader: Reader): (world: World) => void {
  let count = 0;
  let last: JournalEntry | undefined;
  return (world) => {
    const written = world.disk.written();
    if (count > written.length || written[count - 1] !== last) {
      count = 0;
      reader.restored();
    }
    for (; count < written.length; count++) {
      last = written[count];
      if (last) reader.entry(last, world);
    }
    if (count === 0) last = undefined;
  };
}
