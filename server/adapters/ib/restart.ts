/**
 * When IB's gateway goes away by itself. Once a day it restarts, at the local time that is set in it ("Auto restart", Lock and Exit; 23:45
 * unless changed), and comes back without anybody. Each Sunday at 01:00 New York time IB ends the login's validity (IBKR guides, "Auto restart
 * considerations"): the first restart after that comes back only when a person logs in.
 */
import { DateTime } from 'luxon';
import { LONGEST_DAY_MS } from './translate/time';

export interface RestartSettings {
  /** Local time of the gateway's machine, `23:45`. */
  at: string;
  /** Where that machine is; null: here. */
  zone: string | null;
}

/** Host time, ms. */
export interface Restarts {
  /** The one before, and whether it waited for a person: what a gateway that is gone may be doing. */
  lastMs: number;
  lastNeededLogin: boolean;
  nextMs: number;
  /** The restart that waits for a person; may be the next one. */
  loginMs: number;
}

const DAY_MS = 86_400_000;
const LOGIN_ENDS = { zone: 'America/New_York', weekday: 7, hour: 1 } as const;

export interface RestartCalendar {
  /** @param hostMs now; @returns the same object until a restart has passed. */
  after(hostMs: number): Restarts;
}

export function restartCalendar(settings: RestartSettings): RestartCalendar {
  let known: Restarts | null = null;
  return {
    after: (hostMs) => {
      if (known === null || hostMs >= known.nextMs) known = restartsAt(settings, hostMs);
      return known;
    },
  };
}

/** @returns the restarts about `hostMs`; one that is due at that very moment has begun. */
function restartsAt(settings: RestartSettings, hostMs: number): Restarts {
  const nextMs = restartAfter(settings, hostMs);
  const lastMs = restartBefore(settings, hostMs);
  const firstSinceLoginEnded = restartAfter(settings, loginEndBefore(hostMs));
  const loginMs =
    firstSinceLoginEnded > hostMs
      ? firstSinceLoginEnded
      : restartAfter(settings, loginEndBefore(hostMs + 7 * DAY_MS));
  return {
    lastMs,
    lastNeededLogin: lastMs === restartAfter(settings, loginEndBefore(lastMs)),
    nextMs,
    loginMs,
  };
}

function restartAfter({ at, zone }: RestartSettings, hostMs: number): number {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  const day = DateTime.fromMillis(hostMs, { zone: zone ?? 'local' });
  const days = [0, 1].map((n) =>
    day.plus({ days: n }).set({ hour, minute, second: 0, millisecond: 0 }).toMillis(),
  );
  return days.find((ms) => ms > hostMs) ?? Number.NaN;
}

/** The last one not later than `hostMs`. */
function restartBefore(settings: RestartSettings, hostMs: number): number {
  let lastMs = restartAfter(settings, hostMs - LONGEST_DAY_MS);
  for (let ms = lastMs; ms <= hostMs; ms = restartAfter(settings, ms)) lastMs = ms;
  return lastMs;
}

/** The last Sunday, 01:00 in New York, not later than `hostMs`. */
function loginEndBefore(hostMs: number): number {
  const now = DateTime.fromMillis(hostMs, { zone: LOGIN_ENDS.zone });
  const day = now.minus({ days: now.weekday % LOGIN_ENDS.weekday });
  const ended = day.set({ hour: LOGIN_ENDS.hour, minute: 0, second: 0, millisecond: 0 });
  return (ended.toMillis() > hostMs ? ended.minus({ weeks: 1 }) : ended).toMillis();
}
