/** Everything the engine knows. Plain data: it is what a snapshot stores and what replaying the journal rebuilds. */
import type { Proposal } from './advisory';
import { CLEAN_CONDUCT, type Conduct, type SentOrder } from './conduct';
import type { Cycle } from './cycle';
import { type DayBook, EMPTY_DAY } from './day';
import { type Feed, NO_FEED } from './feed';
import type { Flatten } from './flatten';
import type { ById } from './ids';
import type { Bar, Instrument, Quote } from './instrument';
import { DEFAULT_LIMITS, type Limits } from './limits';
import { type BrokerLink, UNLINKED } from './link';
import type { ModeRecord } from './operator';
import type { Order } from './order';
import type { Position, SeenExecution } from './position';
import { type Reconciliation, UNRECONCILED } from './reconciliation';

/** Whether what happens is written down. After a failed write nothing more is: only a new worker, which reads it back, writes again. */
export interface JournalHealth {
  phase: 'writing' | 'failed';
  why: string | null;
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

/** A worker that has never traded: disconnected, unreconciled, entries allowed by mode but by nothing else. */
export const INITIAL_STATE: EngineState = {
  limits: DEFAULT_LIMITS,
  journal: { phase: 'writing', why: null },
  clockSkewMs: 0,
  conduct: CLEAN_CONDUCT,
  sentOrders: [],
  market: { quotes: {} },
  feed: NO_FEED,
  link: UNLINKED,
  reconciliation: UNRECONCILED,
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
