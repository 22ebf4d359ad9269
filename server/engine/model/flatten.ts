/** A flatten from the press of the button to the broker's word that the account is flat. */

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
