/** Is what the page shows still true? Decided from silence, never from hope. */
import type { LiveState } from './reduce';

/** The web server beats twice a second: three beats missed is silence. Noticed well within 2 s. */
export const SILENCE_MS = 1_500;
/** The loop of the worker says something four times a second, changed or not: for so long it may wait for its disk (L10 allows ten seconds). */
export const STUCK_MS = 5_000;
/** A page that has just opened is given this long before it says that it cannot connect. */
export const GRACE_MS = 1_000;

/**
 * `opening`: nothing yet, too early to complain. `live`: everything on the page is current.
 * `no-web`: the web server is silent. `no-worker`: the web server lives, the worker does not answer it. `stuck`: it answers, and its loop stands.
 */
export type Freshness = 'opening' | 'live' | 'no-web' | 'no-worker' | 'stuck';

/** @param nowMs this browser's clock */
export function freshnessOf(state: LiveState, nowMs: number): Freshness {
  if (state.heardAtMs === null) return nowMs - state.openedAtMs < GRACE_MS ? 'opening' : 'no-web';
  if (nowMs - state.heardAtMs > SILENCE_MS) return 'no-web';
  if (state.beat !== null && !state.beat.worker.reachable) return 'no-worker';
  if (state.view === null) return 'opening';
  return state.n !== null && nowMs - (state.turnedAtMs ?? nowMs) > STUCK_MS ? 'stuck' : 'live';
}

/** The server's clock now (host ms), as well as this browser can know it. */
export function hostNow(state: LiveState, nowMs: number): number {
  return nowMs + (state.clockOffsetMs ?? 0);
}

/** Exchange time now (ms): it runs with the worker's clock, and stands still once the stream is not live. */
export function exchangeNow(state: LiveState, nowMs: number): number | null {
  const { view, worker } = state;
  if (view === null) return null;
  if (freshnessOf(state, nowMs) !== 'live') return view.ts;
  return view.ts + Math.max(0, hostNow(state, nowMs) - view.hostMs) * (worker?.speed ?? 1);
}
