/**
 * L10: a worker that takes no turn for ten seconds, dead, asleep or hung, is told of from outside, and so is that it is back; and nobody is told
 * of one that takes its turns.
 */
import type { Watcher } from '../world';

const SILENT_MS = 10_000;
/** Between two signs of life, and from a turn to the sign of it. */
const SIGN_MS = 1_000;

export function silenceIsTold(): Watcher {
  let turnedMs: number | null = null;
  let told = false;
  /** Since when it takes turns again, and nobody knows. */
  let backMs: number | null = null;
  return {
    stepped: (world) => {
      if (told) backMs ??= world.ms;
      turnedMs = world.ms;
    },
    paged: (world, { silent }) => {
      const ms = world.ms - (turnedMs ?? world.ms);
      if (silent && ms < SILENT_MS - SIGN_MS)
        world.violate('L10', `The worker is told of as silent ${ms} ms after a turn.`);
      told = silent;
      backMs = null;
      world.count(silent ? 'workerSilent' : 'workerBack');
    },
    always: (world) => {
      if (turnedMs === null) return;
      const ms = world.ms - turnedMs;
      if (!told && ms > SILENT_MS) world.violate('L10', `No turn for ${ms} ms, and nobody is told.`);
      if (backMs !== null && world.ms - backMs > SIGN_MS)
        world.violate('L10', `The worker is back for ${world.ms - backMs} ms, and nobody is told.`);
    },
  };
}
