/** Everything the engine knows. Plain data: it is what a snapshot stores and what replaying the journal rebuilds. */
import type { Proposal } from './advisory';
import type { Cycle } from './cycle';
import { type Feed, NO_FEED } from './feed';
import type { Bar, Instrument, Quote } from './instrument';
import { DEFAULT_LIMITS, type Limits } from './limits';
import type { ModeRecord } from './operator';
import type { Order, Side } from './order';

export type ById<T> = Readonly<Record<string, T>>;

export interface BrokerLink {
  phase: 'disconnected' | 'connecting' | 'connected';
  detail: string;
  sinceHostMs: number;
  account: string | null;
  /** Under which client id the worker is connected: IB lets it change and cancel the orders of that one only. */
  clientId: number | null;
  paper: boolean;
  serverVersion: number | null;
}

/**
 * `none`: nothing is sent. `asked`: the first report is on its way, nothing is sent. `mismatch`: what reduces risk is sent.
 * `clean`: entries too. `round` counts reports that disagreed with our book.
 */
export interface Reconciliation {
  phase: 'none' | 'asked' | 'mismatch' | 'clean';
  /** The newest question, and those of this connection that are not answered yet. */
  requestId: number;
  requests: readonly { requestId: number; hostMs: number }[];
  /** How many reports in a row disagreed with us, by instrument, and by how many signed contracts the last of them did. */
  rounds: ById<number>;
  differences: ById<number>;
  comparedHostMs: number | null;
  /** When the question was put whose answer was compared last: what was so then is known. */
  answeredHostMs: number | null;
  /** Instruments whose positions differed in the last report: no exit is sent for them until that is settled. */
  disputed: readonly string[];
  /** Those of them in which the broker holds less than we do, or the other way: there a stop is sent only for what both hold. */
  phantom: readonly Phantom[];
  /** Positions that executions ended a moment ago, and when: a report that still shows one is late, not right. */
  left: readonly { symbol: string; quantity: number; hostMs: number }[];
  /** Since when an order is in doubt (no answer, or a status that its executions do not explain). */
  doubtSinceHostMs: number | null;
  /** Orders of others that worked at the broker by the last report. */
  foreignOrders: readonly ForeignOrder[];
}

/** A position of ours that the broker does not hold, or not all of it. */
export interface Phantom {
  symbol: string;
  /** Signed contracts when they were compared. */
  ours: number;
  brokers: number;
}

/** An order of another program, or by hand. Prices in ticks, quantity what is left of it. */
export interface ForeignOrder {
  permId: number;
  clientId: number;
  orderRef: string;
  symbol: string;
  side: Side;
  quantity: number;
  type: string;
  status: string;
  limitTicks: number | null;
  triggerTicks: number | null;
  /** It would close a position that we hold: a second closer beside our stop. */
  closes: boolean;
}

/** Executions are remembered with what their cycle needs when the commission arrives later. */
export interface SeenExecution {
  /** Of the order that was executed; empty when an older version counted it. */
  ref: string;
  /** Of its newest correction. The table's key is what they have in common (`executionIdOf`). */
  execId: string;
  symbol: string;
  side: Side;
  quantity: number;
  priceTicks: number;
  /** Exchange time, ms. */
  ts: number;
  cycleIds: readonly string[];
  /** Contracts of each of those cycles; empty when an older version counted it. */
  shares: readonly number[];
  commissionMicros: number | null;
  /** The execId that the charge came for: that of a correction replaces it. */
  chargedFor: string | null;
}

/** First in, first out: realised ticks come from the oldest contracts. */
export interface PositionLot {
  /** Key of the execution that it came from. */
  execution: string;
  quantity: number;
  ticks: number;
}

export interface Position {
  symbol: string;
  /** Signed contracts: the sum of executions by unique execId, never overwritten by a snapshot (I6). */
  quantity: number;
  lots: readonly PositionLot[];
  /** Ticks x contracts, before commissions: exact, and worth dollars as soon as the instrument's tick value is known (I16). */
  realizedTicks: number;
}

export interface DayBook {
  /** Exchange date, YYYY-MM-DD, of the trading day (a new one begins at 17:00 US/Central). */
  date: string;
  realizedMicros: number;
  commissionMicros: number;
  entries: number;
  won: number;
  lost: number;
  denied: number;
  waited: number;
  consecutiveLosses: number;
  /** By instrument, exchange time. */
  lastLossTs: ById<number>;
  peakMicros: number;
  worstDrawdownMicros: number;
  equity: readonly { ts: number; micros: number }[];
}

export interface Flatten {
  scope: string;
  by: string;
  why: string;
  startedTs: number;
  startedHostMs: number;
  /** Host time by which the broker should have confirmed; a venue that opens later begins it anew. */
  dueHostMs: number;
  /** `working` until our book is flat, `verifying` until the broker's own report says so too. `abandoned` by a person. */
  phase: 'working' | 'verifying' | 'flat' | 'abandoned';
  detail: string;
  /** Instruments with contracts in a venue that is closed: their exits go out when it opens (exchange time; null: not known when). */
  armed: readonly { symbol: string; opensTs: number | null }[];
  /** The verdict once the time is up, while the flatten goes on. */
  notFlat: NotFlat | null;
  endedTs: number | null;
  requestId: number | null;
  requestedHostMs: number | null;
  /** What the broker still had in its last report on this question. */
  found: readonly { what: string; foreign: boolean }[];
}

/** Why the account is not flat, for a machine (L2). */
export type NotFlatReason =
  | 'DISCONNECTED'
  | 'MARKET_CLOSED'
  | 'POSITION_MISMATCH'
  | 'REJECTED'
  | 'UNKNOWN_ORDER'
  | 'FOREIGN_ORDERS'
  | 'NOT_FILLED'
  | 'NOT_CONFIRMED';

export interface NotFlat {
  reason: NotFlatReason;
  /** IB's code of a refusal; null for every other reason. */
  code: number | null;
  detail: string;
  sinceHostMs: number;
}

/** Whether what happens is written down. After a failed write nothing more is: only a new worker, which reads it back, writes again. */
export interface JournalHealth {
  phase: 'writing' | 'failed';
  why: string | null;
}

/** An order that left: what the rates are counted from. Kept for a minute of host time. */
export interface SentOrder {
  hostMs: number;
  symbol: string;
  orders: number;
  /** Of an entry: contracts that it could open. */
  entryContracts: number;
}

/** How the strategy and the broker have behaved since a person last resumed: what is counted here trips, and is counted anew after a resume. */
export interface Conduct {
  sinceTs: number;
  /** Entries that the broker refused one after another, and host times of those of the last minute. */
  rejectedInARow: number;
  rejectedHostMs: readonly number[];
  /** Entries of one kind, sent one after another with none of them filled. */
  repeated: { kind: string; count: number; sinceHostMs: number } | null;
  /** Contracts by which our book was corrected to the broker's. */
  repairs: number;
  /** Entries held back at the last gate. */
  overRate: string | null;
}

export interface RecentSignal {
  signalId: string;
  fingerprint: string;
  ts: number;
}

/** Known only from the latest quote: not journaled for itself, never read by a decision that the journal could not repeat. */
export interface Market {
  quotes: ById<Quote>;
}

/**
 * `TWO_PERM_IDS`: two orders at the broker bear one reference of ours (the account's own ids differ, I7).
 * `JOURNAL_BEHIND`: the broker echoes a reference of ours that the journal does not know: an older database was restored.
 */
export interface Incident {
  kind: 'TWO_PERM_IDS' | 'JOURNAL_BEHIND';
  ref: string;
  detail: string;
  /** Exchange time, ms. */
  ts: number;
}

export interface EngineState {
  limits: Limits;
  journal: JournalHealth;
  /** Broker's clock minus ours as last told, ms; told only when it matters. */
  clockSkewMs: number;
  conduct: Conduct;
  sentOrders: readonly SentOrder[];
  market: Market;
  link: BrokerLink;
  feed: Feed;
  reconciliation: Reconciliation;
  instruments: ById<Instrument>;
  /** What was said of the roll of each instrument last. */
  rollsTold: ById<string>;
  bars: ById<readonly Bar[]>;
  modes: ById<ModeRecord>;
  proposals: ById<Proposal>;
  cycles: ById<Cycle>;
  orders: ById<Order>;
  /** The highest IB order id ever heard of, over all sessions of the gateway (I7). */
  lastOrderId: number;
  incidents: readonly Incident[];
  positions: ById<Position>;
  executions: ById<SeenExecution>;
  /** Charges heard of before their execution, micro-dollars by execId. */
  earlyCommissions: ById<number>;
  signals: readonly RecentSignal[];
  commands: readonly string[];
  entryTimes: readonly number[];
  day: DayBook;
  flatten: Flatten | null;
}

export const EMPTY_DAY: DayBook = {
  date: '',
  realizedMicros: 0,
  commissionMicros: 0,
  entries: 0,
  won: 0,
  lost: 0,
  denied: 0,
  waited: 0,
  consecutiveLosses: 0,
  lastLossTs: {},
  peakMicros: 0,
  worstDrawdownMicros: 0,
  equity: [],
};

export const CLEAN_CONDUCT: Conduct = {
  sinceTs: 0,
  rejectedInARow: 0,
  rejectedHostMs: [],
  repeated: null,
  repairs: 0,
  overRate: null,
};

/** A worker that has never traded: disconnected, unreconciled, entries allowed by mode but by nothing else. */
export const INITIAL_STATE: EngineState = {
  limits: DEFAULT_LIMITS,
  journal: { phase: 'writing', why: null },
  clockSkewMs: 0,
  conduct: CLEAN_CONDUCT,
  sentOrders: [],
  market: { quotes: {} },
  feed: NO_FEED,
  link: {
    phase: 'disconnected',
    detail: 'not started',
    sinceHostMs: 0,
    account: null,
    clientId: null,
    paper: true,
    serverVersion: null,
  },
  reconciliation: {
    phase: 'none',
    requestId: 0,
    requests: [],
    rounds: {},
    differences: {},
    comparedHostMs: null,
    answeredHostMs: null,
    disputed: [],
    phantom: [],
    left: [],
    doubtSinceHostMs: null,
    foreignOrders: [],
  },
  instruments: {},
  rollsTold: {},
  bars: {},
  modes: { '*': { mode: 'Active', since: 0, by: 'default', why: 'first start' } },
  proposals: {},
  cycles: {},
  orders: {},
  lastOrderId: 0,
  incidents: [],
  positions: {},
  executions: {},
  earlyCommissions: {},
  signals: [],
  commands: [],
  entryTimes: [],
  day: EMPTY_DAY,
  flatten: null,
};
