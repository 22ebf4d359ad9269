/** This machine's time that never runs backwards: deadlines and the protection clock are measured with it. */
import type { Cancel } from '../../ports';

/** Ms since the epoch, whole, never less than before. */
export type HostTime = () => number;

const STEP_MS = 1_000;

/**
 * Counts elapsed monotonic time from the wall clock's time at the start. When the wall clock is more than a second ahead
 * (the machine slept, or its time was corrected forward) it follows; a wall clock that is set back is not followed.
 * @param wall wall time, ms since the epoch; @param elapsed monotonic time from any origin, ms.
 */
export function steadyHost(
  wall: () => number = Date.now,
  elapsed: () => number = () => performance.now(),
): HostTime {
  let offset = wall() - elapsed();
  return () => {
    const behind = wall() - (elapsed() + offset);
    if (behind > STEP_MS) offset += behind;
    return Math.floor(elapsed() + offset);
  };
}

/** A wait of this process, ms. */
export function hostAfter(ms: number, run: () => void): Cancel {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
