/** The broker's clock against ours, told to the engine only when it matters and is certain. */

/** What the broker's clock is ahead of ours, and how far that may be off either way, ms. */
interface Skew {
  ms: number;
  plusMinusMs: number;
}

/** Certainly more than the first is news, and is over below the second: what lies between must not flutter. */
const LARGE_MS = 1_000;
const SMALL_MS = 500;
const STEP_MS = 1_000;

/** @returns what to tell now, ms; null when there is nothing new. Asked after each answer to a heartbeat. */
export function skewWatch(): (skew: Skew | null) => number | null {
  let told = 0;
  return (skew) => {
    if (skew === null) return null;
    const certainMs = Math.abs(skew.ms) - skew.plusMinusMs;
    const matters = certainMs <= (told === 0 ? LARGE_MS : SMALL_MS) ? 0 : skew.ms;
    const changed = matters === 0 ? told !== 0 : Math.abs(matters - told) >= STEP_MS;
    if (!changed) return null;
    told = matters;
    return matters;
  };
}
