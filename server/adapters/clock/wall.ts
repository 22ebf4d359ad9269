/** The clock of a live or synthetic market: exchange time is this machine's time, and the broker's time only measures the skew. */
import type { Clock } from '../../ports';
import { type HostTime, hostAfter, steadyHost } from './host';
import { type Skew, skewMeter } from './skew';

export interface WallClock extends Clock {
  /** Broker's time minus ours, as far as it is known; null before the first answer. */
  skew(): Skew | null;
}

/** @param host this machine's time; given by tests. */
export function wallClock(host: HostTime = steadyHost()): WallClock {
  const measure = skewMeter();
  let skew: Skew | null = null;
  return {
    now() {
      const hostMs = host();
      return { ts: hostMs, hostMs };
    },
    after: hostAfter,
    sync(brokerMs, roundTripMs) {
      if (Number.isFinite(brokerMs)) skew = measure({ brokerMs, answeredHostMs: host(), roundTripMs });
    },
    skew: () => skew,
  };
}
