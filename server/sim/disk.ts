/** The journal's disk: what is on it survives the worker. It can take its time, fail, and be put back to an older state. */

import type { EngineState } from '../engine/model/state';
import type { JournalEntry } from '../engine/model/step';
import type { Journal, JournalBatch, Recovered } from '../ports';
import { LeaseRow } from './lease';
import type { SimProcess } from './process';

/** The named moments around the worker's two external effects: a crash may be armed for the next one to come. */
export type CrashPoint = 'append.before' | 'append.after' | 'send.before' | 'send.mid' | 'send.after';

export class Disk {
  readonly lease = new LeaseRow();
  private entries: JournalEntry[] = [];
  private snapshot: { seq: number; state: EngineState } | null = null;
  /** An append takes so long, ms. */
  slowMs = 0;
  failing: string | null = null;

  get lastSeq(): number {
    return this.entries.at(-1)?.seq ?? this.snapshot?.seq ?? 0;
  }

  written(): readonly JournalEntry[] {
    return this.entries;
  }

  /** An older copy is restored: what was written since is gone. */
  restore(entriesBack: number): void {
    const keep = Math.max(0, this.entries.length - entriesBack);
    const last = this.entries[keep - 1]?.seq ?? 0;
    this.entries = this.entries.slice(0, keep);
    if (this.snapshot !== null && this.snapshot.seq > last) this.snapshot = null;
  }

  /** @param passes is asked at each crash point: false when the process died there. */
  mount(process: SimProcess, passes: (point: CrashPoint) => boolean): Journal {
    const never = new Promise<never>(() => undefined);
    return {
      recover: async () => this.recovered(),
      append: (batch) => {
        if (!passes('append.before')) return never;
        return this.append(batch, process).then(() => (passes('append.after') ? undefined : never));
      },
      saveSnapshot: (seq, state) => {
        if (!process.alive) return never;
        if (this.failing !== null) return Promise.reject(new Error(this.failing));
        this.snapshot = { seq, state };
        return Promise.resolve();
      },
      close: async () => undefined,
    };
  }

  private append({ entries }: JournalBatch, process: SimProcess): Promise<void> {
    if (this.failing !== null) return Promise.reject(new Error(this.failing));
    if (this.slowMs === 0) return this.write(entries);
    return new Promise((resolve, reject) => {
      process.after(this.slowMs, () => void this.write(entries).then(resolve, reject));
    });
  }

  /** Numbers are unique: of two workers one is refused. */
  private write(entries: readonly JournalEntry[]): Promise<void> {
    const first = entries[0]?.seq;
    if (first !== undefined && first !== this.lastSeq + 1) {
      return Promise.reject(new Error(`Entry ${first} does not follow ${this.lastSeq}.`));
    }
    this.entries.push(...entries);
    return Promise.resolve();
  }

  private recovered(): Recovered {
    const { snapshot } = this;
    const tail = this.entries.filter((entry) => entry.seq > (snapshot?.seq ?? 0));
    return { snapshot: readBack(snapshot), entries: readBack(tail), lastSeq: this.lastSeq };
  }
}

/** What JSON keeps of it. Written when it is read: states and entries never change, and most are never read. */
function readBack<T>(written: T): T {
  return JSON.parse(JSON.stringify(written)) as T;
}
