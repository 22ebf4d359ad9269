/** What is to happen at times of the market: at any speed, not while it is paused, and at once when time is jumped over. */

interface Entry {
  /** Epoch ms. */
  readonly ts: number;
  readonly act: () => void;
}

export class Agenda {
  /** By time; of the same time, in the order in which they were put down. */
  private readonly entries: Entry[] = [];

  /** @param ts exchange time, epoch ms; one that is past is the next moment */
  at(ts: number, act: () => void): void {
    const after = this.entries.findIndex((entry) => entry.ts > ts);
    this.entries.splice(after < 0 ? this.entries.length : after, 0, { ts, act });
  }

  /** When the first of it is due; Infinity when nothing is. */
  nextTs(): number {
    return this.entries[0]?.ts ?? Number.POSITIVE_INFINITY;
  }

  /** Does the first of it. */
  takeNext(): void {
    this.entries.shift()?.act();
  }

  clear(): void {
    this.entries.length = 0;
  }
}
