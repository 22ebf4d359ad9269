/** What the adapter is told from outside. Every span of time it waits for stands here, so that tests can shorten them. */
import { IBApi } from '@stoqey/ib';
import type { Instrument } from '../../engine/model/instrument';
import type { Clock } from '../../ports';

/** The slice of a structured logger that the adapter uses: fields first, then a sentence. */
export interface Log {
  debug(fields: object, text: string): void;
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
}

/** All in ms of host time. */
export interface Timing {
  /** Between two heartbeats. */
  heartbeatMs: number;
  /** A heartbeat unanswered for this long is a dead peer. */
  silenceMs: number;
  /** From the first byte of a connection to a session that can trade. */
  handshakeMs: number;
  /** For the answer to one question (contracts, positions, a page of the report). */
  answerMs: number;
  /** First and longest wait between two attempts to connect. */
  backoffFirstMs: number;
  backoffMostMs: number;
  /** Between two requests for market data (questions about the account, orders and heartbeats do not wait for them). */
  questionMs: number;
  /** At most one quote per symbol in this span. */
  quoteMs: number;
  /** After contracts could not be resolved. */
  resolveAgainMs: number;
  /** After quotes were refused, e.g. because another session takes them. */
  subscribeAgainMs: number;
  /** After bars were refused or ended. */
  barsAgainMs: number;
  /**
   * An open venue without a quote for so long: the line is dead. Longer than a price may stay the same for an entry (`maxQuoteUnchangedMs`),
   * because what IB sends first on a new line may be its old price.
   */
  silentQuotesMs: number;
}

export const DEFAULT_TIMING: Timing = {
  heartbeatMs: 1_000,
  silenceMs: 3_000,
  handshakeMs: 5_000,
  answerMs: 5_000,
  backoffFirstMs: 250,
  backoffMostMs: 10_000,
  questionMs: 100,
  quoteMs: 100,
  resolveAgainMs: 2_000,
  subscribeAgainMs: 30_000,
  barsAgainMs: 300_000,
  silentQuotesMs: 150_000,
};

/** What the adapter uses of IB's client. */
export type IbClient = Pick<
  IBApi,
  | 'on'
  | 'once'
  | 'serverVersion'
  | 'connect'
  | 'disconnect'
  | 'placeOrder'
  | 'cancelOrder'
  | 'reqAllOpenOrders'
  | 'reqCompletedOrders'
  | 'reqExecutions'
  | 'reqPositions'
  | 'cancelPositions'
  | 'reqContractDetails'
  | 'reqMktData'
  | 'cancelMktData'
  | 'reqHistoricalData'
  | 'cancelHistoricalData'
  | 'reqCurrentTime'
>;

/** What the adapter does not make itself, so that a simulation can own it. */
export interface Outside {
  /** A fresh client for each connection (see wire.ts for why). */
  newClient(place: { host: string; port: number; clientId: number }): IbClient;
  /** 0 to 1, for the jitter of reconnects. */
  chance(): number;
}

/** The client's own limiter counts in tenths of a second, first in first out: it is set so wide that only our turnstile limits. */
const WIDE = 500;

export const REAL_OUTSIDE: Outside = {
  newClient: (place) => new IBApi({ ...place, maxReqPerSec: WIDE }),
  chance: Math.random,
};

export interface IbBrokerOptions extends Partial<Timing & Outside> {
  host: string;
  port: number;
  clientId: number;
  /** The highest order id ever used or heard of; new ones begin above it, whatever the gateway offers. */
  lastOrderId: number;
  /** Roots of the futures to watch, e.g. ES. */
  symbols: readonly string[];
  clock: Clock;
  /** The one live account that may be traded; null refuses every live port and every live account. */
  armedLiveAccount: string | null;
  /** How the month to trade is chosen: eight days before its last trade, or by what was traded yesterday and today. */
  frontMonth?: 'calendar' | 'volume';
  /** Instruments known from the journal; the broker describes them anew. */
  instruments?: readonly Instrument[];
  log: Log;
}

export type IbSettings = Omit<IbBrokerOptions, keyof (Timing & Outside)> & Timing & Outside;
