/**
 * Signs of life for whoever watches this process (L10; `stack/dead-man.ts`): after a turn of the loop, at most one a second. A loop that hangs
 * gives none, though its process lives and its sockets answer.
 */
import type { Clock } from '../ports';

const EVERY_MS = 1_000;

/** @returns to be called after each turn. */
export function heartbeat(clock: Pick<Clock, 'now'>, beat: () => void): () => void {
  let beatHostMs = Number.NEGATIVE_INFINITY;
  return () => {
    const { hostMs } = clock.now();
    if (hostMs - beatHostMs < EVERY_MS) return;
    beatHostMs = hostMs;
    beat();
  };
}
