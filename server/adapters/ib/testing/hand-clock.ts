/** A clock that only the test moves: what the adapter waits for comes when the test says so, however slow the machine is. */
import type { Clock } from '../../../ports';

export interface HandClock extends Clock {
  /** So much time passes, exchange and host alike; what is due on the way is done in its order. */
  pass(ms: number): void;
  /** How many wait for a time to come. */
  readonly waiting: number;
}

/** @param ts exchange time at the start, epoch ms */
export function handClock(ts = Date.parse('2025-12-12T14:45:00Z')): HandClock {
  let passedMs = 0;
  let waiting: { atMs: number; run: () => void }[] = [];

  function next(untilMs: number) {
    const due = waiting.filter(({ atMs }) => atMs <= untilMs);
    return due.toSorted((one, other) => one.atMs - other.atMs)[0];
  }

  return {
    now: () => ({ ts: ts + passedMs, hostMs: passedMs }),
    after: (ms, run) => {
      const entry = { atMs: passedMs + ms, run };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    sync: () => undefined,
    pass: (ms) => {
      const untilMs = passedMs + ms;
      for (let entry = next(untilMs); entry; entry = next(untilMs)) {
        passedMs = Math.max(passedMs, entry.atMs);
        waiting = waiting.filter((other) => other !== entry);
        entry.run();
      }
      passedMs = untilMs;
    },
    get waiting() {
      return waiting.length;
    },
  };
}
