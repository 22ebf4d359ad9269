/** The clock of a live or synthetic market: exchange time is this machine's time, and the broker's time only measures the skew. */
import type { Clock } from '../../ports';
import { type HostTime, hostAfter, steadyHost } from './host';

export interface WallClock extends Clock {
  /** Broker's time minus ours at the latest sync, ms; null before the first. The broker tells whole seconds: up to 999 ms late is nothing. */
  skewMs(): number | null;
}

/** @param host this machine's time; given by tests. */
export function wallClock(host: HostTime = steadyHost()): WallClock {
  let skew: number | null = null;
  return {
    now() {
      const hostMs = host();
      return { ts: hostMs, hostMs };
    },
    after: hostAfter,
    sync(exchangeMs) {
      if (Number.isFinite(exchangeMs)) skew = exchangeMs - host();
    },
    skewMs: () => skew,
  };
}
