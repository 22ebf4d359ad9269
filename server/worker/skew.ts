/** The broker's clock against ours, told to the engine only when it matters: IB tells whole seconds, so a second more or less is nothing. */

const NOISE_MS = 1_500;
const STEP_MS = 1_000;

/** @returns what to tell now, ms; null when there is nothing new. Asked after each answer to a heartbeat. */
export function skewWatch(): (skewMs: number | null) => number | null {
  let told = 0;
  return (skewMs) => {
    if (skewMs === null) return null;
    const matters = Math.abs(skewMs) <= NOISE_MS ? 0 : Math.round(skewMs);
    const changed = matters === 0 ? told !== 0 : Math.abs(matters - told) >= STEP_MS;
    if (!changed) return null;
    told = matters;
    return matters;
  };
}
