/** Tells at once, then at most once per span, and always the latest in the end. */
import type { Cancel, Clock } from '../../ports';

export interface Conflated {
  /** Something changed. */
  touch(): void;
  close(): void;
}

/**
 * @param spanMs shortest time between two tellings (host time)
 * @param tell runs after the current turn, so that what arrives together is told together
 */
export function conflate(clock: Pick<Clock, 'after'>, spanMs: number, tell: () => void): Conflated {
  let resting: Cancel | null = null;
  let changed = false;
  let closed = false;

  function tellNow(): void {
    if (closed) return;
    changed = false;
    tell();
  }

  function rest(): void {
    resting = clock.after(spanMs, () => {
      resting = null;
      if (!changed) return;
      rest();
      tellNow();
    });
  }

  return {
    touch: () => {
      changed = true;
      if (resting !== null || closed) return;
      rest();
      queueMicrotask(tellNow);
    },
    close: () => {
      closed = true;
      resting?.();
    },
  };
}
