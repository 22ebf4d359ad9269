/** Virtual time: a heap of what is to happen. Nothing in a simulation waits for anything else, so a day takes as long as it takes to compute. */
import type { Random } from '../exchange/random';
import type { Cancel } from '../ports';

interface Item {
  readonly ts: number;
  /** Orders what happens in the same ms: as it was asked for, or by chance. */
  readonly tie: number;
  readonly seq: number;
  run: (() => void) | null;
}

export class Schedule {
  private readonly heap: Item[] = [];
  private seq = 0;
  /** The machine's clock, ms before true time: all its processes read the same. */
  machineAheadMs = 0;

  /**
   * @param now true time, epoch ms
   * @param shuffle what is due in the same ms happens in any order
   */
  constructor(
    public now: number,
    private readonly random: Random,
    private readonly shuffle: boolean,
  ) {}

  /** Runs it at `ts` (epoch ms), or now when that has passed. */
  at(ts: number, run: () => void): Cancel {
    this.seq += 1;
    const tie = this.shuffle ? this.random.unit() : 0;
    const item: Item = { ts: Math.max(ts, this.now), tie, seq: this.seq, run };
    this.push(item);
    return () => {
      item.run = null;
    };
  }

  after(ms: number, run: () => void): Cancel {
    return this.at(this.now + ms, run);
  }

  /** Lets the next thing happen. @returns false when nothing is left before `untilTs`. */
  step(untilTs: number): boolean {
    for (;;) {
      const next = this.heap[0];
      if (next === undefined || next.ts > untilTs) return false;
      this.pop();
      if (next.run === null) continue;
      this.now = next.ts;
      next.run();
      return true;
    }
  }

  private push(item: Item): void {
    const { heap } = this;
    let at = heap.length;
    heap.push(item);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !before(item, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = item;
  }

  private pop(): void {
    const { heap } = this;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const right = left + 1;
      let least = left;
      const [a, b] = [heap[left], heap[right]];
      if (a === undefined) break;
      if (b !== undefined && before(b, a)) least = right;
      const child = heap[least];
      if (child === undefined || !before(child, last)) break;
      heap[at] = child;
      at = least;
    }
    heap[at] = last;
  }
}

function before(a: Item, b: Item): boolean {
  if (a.ts !== b.ts) return a.ts < b.ts;
  return a.tie !== b.tie ? a.tie < b.tie : a.seq < b.seq;
}
