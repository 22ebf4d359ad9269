/**
 * Asks the gateway for its time, one question at a time. An answer sets the clock; a question unanswered past the deadline is a dead peer
 * (the client itself never notices one).
 */
import { EventName } from '@stoqey/ib';
import type { Cancel } from '../../ports';
import type { Wire } from './wire';

export interface Beat {
  /** Host time of the answer, ms. */
  atHostMs: number;
  roundTripMs: number;
}

export interface Heartbeat {
  begin(): void;
  /** The gateway lives, and may have thrown the open question away. */
  askAgain(): void;
  close(): void;
}

/** @param on.silent is called once. */
export function keepHeartbeat(wire: Wire, on: { beat(beat: Beat): void; silent(): void }): Heartbeat {
  const { clock, heartbeatMs, silenceMs } = wire.settings;
  let asked: { at: number; hostMs: number } | null = null;
  let stopWaiting: Cancel | undefined;

  function ask(): void {
    asked = { at: performance.now(), hostMs: clock.now().hostMs };
    stopWaiting?.();
    stopWaiting = clock.after(silenceMs, on.silent);
    wire.hand({ orderIds: [], urgent: true }, () => wire.api.reqCurrentTime());
  }

  wire.api.on(
    EventName.currentTime,
    wire.guard((epochSeconds: number) => {
      if (asked === null) return;
      const { hostMs } = clock.now();
      const roundTripMs = performance.now() - asked.at;
      const sinceMs = hostMs - asked.hostMs;
      asked = null;
      stopWaiting?.();
      stopWaiting = clock.after(Math.max(0, heartbeatMs - sinceMs), ask);
      clock.sync(epochSeconds * 1_000, sinceMs);
      on.beat({ atHostMs: hostMs, roundTripMs });
    }),
  );

  return {
    begin: ask,
    askAgain: () => {
      if (asked !== null) ask();
    },
    close: () => stopWaiting?.(),
  };
}
