/**
 * The clock of a tape: exchange time as the gateway last told it, running on at the tape's speed.
 * It is 0 until the first sync (nothing may be dated before the market has a time) and never runs backwards.
 */
import type { Clock } from '../../ports';
import { type HostTime, hostAfter, steadyHost } from './host';

/** The gateway's time is whole seconds of market time: a reading stands for itself and the 999 ms after it. */
const RESOLUTION_MS = 1_000;
/** Host time over which a difference is worked off. */
const CORRECTION_MS = 1_000;

interface Anchor {
  ts: number;
  hostMs: number;
  /** Ms of exchange time to gain (or lose) within the next `CORRECTION_MS` of host time. */
  correction: number;
}

/** How far `ts` lies outside the second that the reading stands for: positive when we are late. */
function differenceOf(readingMs: number, ts: number): number {
  if (ts < readingMs) return readingMs - ts;
  return Math.min(0, readingMs + RESOLUTION_MS - 1 - ts);
}

/**
 * @param speed exchange ms for each ms of host time.
 * A tape that is ahead of us is caught up with in a second; one that is behind us (it paused, or was started again) is waited for.
 */
export function tapeClock({ speed, host = steadyHost() }: { speed: number; host?: HostTime }): Clock {
  let anchor: Anchor | null = null;

  function timeAt(hostMs: number): number {
    if (!anchor) return 0;
    const elapsed = Math.max(0, hostMs - anchor.hostMs);
    const corrected = anchor.correction * Math.min(1, elapsed / CORRECTION_MS);
    return anchor.ts + elapsed * speed + corrected;
  }

  return {
    now() {
      const hostMs = host();
      return { ts: Math.floor(timeAt(hostMs)), hostMs };
    },
    after: hostAfter,
    sync(exchangeMs) {
      if (!Number.isFinite(exchangeMs) || exchangeMs <= 0) return;
      const hostMs = host();
      if (!anchor) {
        anchor = { ts: exchangeMs, hostMs, correction: 0 };
        return;
      }
      const ts = timeAt(hostMs);
      // Losing no more than the clock gains by itself: at worst it stands still, and the next sync goes on from there.
      const correction = Math.max(-speed * CORRECTION_MS, differenceOf(exchangeMs, ts));
      anchor = { ts, hostMs, correction };
    },
  };
}
