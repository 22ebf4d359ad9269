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
  /** Result over planned risk; null without both. */
  rMultiple: number | null;
  protectedAfterMs: number | null;
}
