/** What is said of the gateway and its data: each with its tone, for the strip and for the details behind it. */
import type { FarmState } from '@/server/engine/model/feed';
import type { InstrumentView, VenueView, WorkerView } from '@/server/engine/view/words';
import { age } from '../live/format/time';
import type { Said } from '../live/format/words';

export function farmSaid(state: FarmState): Said {
  switch (state) {
    case 'ok':
      return { words: 'connected', tone: 'safe' };
    case 'idle':
      return { words: 'idle, there on demand', tone: 'neutral' };
    case 'connecting':
      return { words: 'connecting', tone: 'caution' };
    case 'broken':
      return { words: 'not reachable', tone: 'danger' };
  }
}

/** @returns what is wrong with IB's data servers, in few words; null when nothing is. */
export function farmTrouble(farms: VenueView['farms']): string | null {
  const down = farms.filter(({ state }) => state === 'broken' || state === 'connecting');
  const [first] = down;
  if (first === undefined) return null;
  if (down.length > 1) return `${down.length} data servers down`;
  return `${first.name} ${first.state === 'broken' ? 'down' : 'connecting'}`;
}

/** @returns why quotes do not come, in few words; null while they do. */
export function quoteTrouble(instruments: readonly InstrumentView[]): string | null {
  const refused = instruments.filter(({ refusal }) => refusal !== null);
  const [first] = refused;
  if (first === undefined) return null;
  const which =
    refused.length === instruments.length ? 'all' : refused.map(({ symbol }) => symbol).join(', ');
  return `${which}: ${first.refusal?.competing ? 'data taken' : 'refused'}`;
}

/** Less than this ahead it is in nobody's head any more (ms). */
const SOON_MS = 15 * 60_000;

export interface RestartSaid extends Said {
  /** That restart waits for a person. */
  login: boolean;
}

/** @returns the next restart, e.g. `2 h 10 min`; null when the gateway has none. */
export function restartSaid(restarts: WorkerView['restarts'], hostMs: number): RestartSaid | null {
  if (restarts === null) return null;
  const leftMs = restarts.nextMs - hostMs;
  const login = restarts.loginMs === restarts.nextMs;
  if (leftMs <= 0) return { words: 'now', tone: 'caution', login };
  return { words: age(leftMs), tone: leftMs < SOON_MS ? 'caution' : 'neutral', login };
}

/** A restart takes IB's gateway a few minutes; a login waits for as long as nobody comes (ms). */
const RESTARTING_MS = 10 * 60_000;

/** @returns why the gateway is probably gone, in a sentence; null when no restart explains it. @param goneSinceMs host time */
export function absenceSaid(
  restarts: WorkerView['restarts'],
  goneSinceMs: number,
  hostMs: number,
): string | null {
  if (restarts === null) return null;
  const { lastMs, lastNeededLogin } = restarts;
  // it goes a moment before or after the minute that is set in it
  if (goneSinceMs < lastMs - 60_000 || goneSinceMs > lastMs + RESTARTING_MS) return null;
  if (lastNeededLogin)
    return 'It restarted as planned, and its login of the week has ended: a person must log in to it.';
  if (hostMs - lastMs > RESTARTING_MS) return null;
  return 'It restarts as planned at this time of day, and is usually back within a few minutes.';
}

/** @returns e.g. `12 ms ahead of ours, ± 20 ms`; null where it is not measured. */
export function skewSaid(skew: WorkerView['clockSkew']): Said | null {
  if (skew === null) return null;
  const room = `± ${span(skew.plusMinusMs)}`;
  if (Math.abs(skew.ms) <= skew.plusMinusMs) return { words: `as ours, ${room}`, tone: 'neutral' };
  const certainMs = Math.abs(skew.ms) - skew.plusMinusMs;
  const way = skew.ms > 0 ? 'ahead of' : 'behind';
  return {
    words: `${span(Math.abs(skew.ms))} ${way} ours, ${room}`,
    tone: certainMs > 1_000 ? 'caution' : 'neutral',
  };
}

function span(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
