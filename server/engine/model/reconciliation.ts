/** What the broker's reports say beside our book: which of them were asked for and compared, and what differs. */
import type { ById } from './ids';
import type { Side } from './order';

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

export const UNRECONCILED: Reconciliation = {
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
};
