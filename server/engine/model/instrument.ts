/** A future as the broker describes it, and the market as last seen. Everything a rule needs is data here: no calendar code in the engine. */
import { microsOf } from './money';

/** Half-open interval of exchange time in which the venue takes and matches orders (ms since the epoch). */
export interface Session {
  openTs: number;
  closeTs: number;
}

export interface Instrument {
  /** Root, e.g. ES: what signals name. */
  symbol: string;
  /** Contract, e.g. ESZ5. */
  localSymbol: string;
  conId: number;
  exchange: string;
  currency: string;
  /** Price increment in points, e.g. 0.25. */
  tickSize: number;
  /** Dollars per point, e.g. 50. */
  multiplier: number;
  /** End of the last trading day (exchange time, ms). */
  lastTradeTs: number;
  /** When another month becomes the one to trade (exchange time, ms), and its local symbol; none while the broker lists no later one. */
  roll?: { atTs: number; to: string };
  sessions: readonly Session[];
}

export function tickValueMicros(instrument: Instrument): number {
  return microsOf(instrument.tickSize * instrument.multiplier);
}

export function sessionAt(instrument: Instrument, ts: number): Session | null {
  return instrument.sessions.find((session) => session.openTs <= ts && ts < session.closeTs) ?? null;
}

/** Prices in ticks; a side without a quote is null. */
export interface Quote {
  symbol: string;
  bidTicks: number | null;
  askTicks: number | null;
  lastTicks: number | null;
  bidSize: number;
  askSize: number;
  /** When it was received: exchange time and host time, ms. */
  ts: number;
  hostMs: number;
  /** When any field of it was last another one, host time, ms: a price that only repeats itself is frozen (F39). */
  changedHostMs: number;
}

/** One-minute bar; `ts` is its start (exchange time, ms), prices in ticks. */
export interface Bar {
  ts: number;
  openTicks: number;
  highTicks: number;
  lowTicks: number;
  closeTicks: number;
  volume: number;
}

/** @param maxAgeMs of host time. A frozen price is not a price (F39). */
export function isFresh(quote: Quote | undefined, hostMs: number, maxAgeMs: number): quote is Quote {
  return quote !== undefined && hostMs - quote.hostMs <= maxAgeMs;
}

/** Last trade, else the middle of the touch rounded toward the bid; null when nothing is known. */
export function markTicks(quote: Quote | undefined): number | null {
  if (!quote) return null;
  if (quote.lastTicks !== null) return quote.lastTicks;
  if (quote.bidTicks === null || quote.askTicks === null) return quote.bidTicks ?? quote.askTicks;
  return Math.floor((quote.bidTicks + quote.askTicks) / 2);
}
