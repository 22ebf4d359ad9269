/** Token bucket: a steady rate with room for a burst. Counted in host time that the caller gives. */

export interface Bucket {
  /** @returns true when there is a token, and takes it. */
  take(hostMs: number): boolean;
}

/** @param perSecond tokens gained a second; @param burst tokens that it holds. */
export function bucket({ perSecond, burst }: { perSecond: number; burst: number }): Bucket {
  let tokens = burst;
  let atHostMs: number | null = null;
  return {
    take(hostMs) {
      const elapsed = Math.max(0, hostMs - (atHostMs ?? hostMs));
      atHostMs = hostMs;
      tokens = Math.min(burst, tokens + (elapsed * perSecond) / 1_000);
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
