/** Rows that pages read: projections of the state, written with the journal. JSON columns hold what is only ever read whole. */

export interface CycleRow {
  cycleId: string;
  symbol: string;
  localSymbol: string;
  origin: 'signal' | 'adopted';
  strategy: string;
  source: string;
  signalId: string | null;
  phase: string;
  outcome: string | null;
  side: string;
  quantity: number;
  reasons: readonly string[];
  confidence: number | null;
  /** Decimal prices as the exchange quotes them; averages may lie between ticks. */
  entryPrice: number | null;
  exitPrice: number | null;
  stopPrice: number | null;
  targetPrice: number | null;
  openedTs: number;
  filledTs: number | null;
  closedTs: number | null;
  realizedMicros: number | null;
  commissionMicros: number;
  maeTicks: number;
  mfeTicks: number;
  /** Worse than planned, ticks a contract and micro-dollars in all (negative: better): the entry against the plan's price. */
  entrySlippageTicks: number | null;
  entrySlippageMicros: number | null;
  /** Exits against their trigger, their limit, or the mark when a market exit was decided. */
  exitSlippageTicks: number | null;
  exitSlippageMicros: number | null;
  /** Net result over what the plan put at risk for the contracts that were filled; null without both. */
  rMultiple: number | null;
  protectedAfterMs: number | null;
}
