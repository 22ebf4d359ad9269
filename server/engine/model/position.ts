/** What is held, and the executions that it is the sum of. */
import type { Side } from './order';

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
