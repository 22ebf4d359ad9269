/** How the strategy, the broker and we ourselves have behaved: what rates and trips are counted from. */

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

export const CLEAN_CONDUCT: Conduct = {
  sinceTs: 0,
  rejectedInARow: 0,
  rejectedHostMs: [],
  repeated: null,
  repairs: 0,
  overRate: null,
};
