/** How long a process that died stays down, so that one which cannot live does not eat the machine. */
const FIRST_MS = 250;
const LONGEST_MS = 10_000;
const HEALTHY_AFTER_MS = 30_000;

/**
 * Wait before the next start, in ms: 250, then twice the previous one up to 10 s; a life of 30 s or more begins anew.
 * @param previousMs the wait before the life that just ended, null when there was none
 */
export function backoffMs(previousMs: number | null, livedMs: number): number {
  if (previousMs === null || livedMs >= HEALTHY_AFTER_MS) return FIRST_MS;
  return Math.min(previousMs * 2, LONGEST_MS);
}
