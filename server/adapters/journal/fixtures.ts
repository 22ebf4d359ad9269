/** Journal entries and rows for the tests of this folder. */
import { cycleIdOf } from '../../engine/model/ids';
import type { CycleRow } from '../../engine/model/rows';
import type { JournalEntry } from '../../engine/model/step';
import type { JournalBatch } from '../../ports';

/** 2025-12-12T14:45:00Z */
export const START_TS = 1_765_550_700_000;

export function entryAt(seq: number, overrides: Partial<JournalEntry> = {}): JournalEntry {
  return {
    seq,
    ts: START_TS + seq * 250,
    hostMs: START_TS + seq * 250 + 3,
    event: { type: 'BrokerNotice', code: 2104, text: `market data farm is connected (${seq})` },
    facts: [],
    commands: [],
    quotes: [],
    ...overrides,
  };
}

/** An entry that opens a cycle and denies it: two facts of the cycle and one of the book. */
export function denialAt(seq: number): JournalEntry {
  const entry = entryAt(seq);
  const cycleId = cycleIdOf(entry.ts, seq);
  return {
    ...entry,
    facts: [
      { type: 'BrokerNoticed', code: 2104, text: 'market data farm is connected' },
      { type: 'GuardsEvaluated', cycleId, symbol: 'ES', at: 'signal', results: [] },
      { type: 'EntryDenied', cycleId, symbol: 'ES', reasons: ['MISSING_PROTECTION'], detail: 'no stop' },
    ],
  };
}

export function cycleRow(overrides: Partial<CycleRow> = {}): CycleRow {
  return {
    cycleId: cycleIdOf(START_TS, 1),
    symbol: 'ES',
    localSymbol: 'ESZ5',
    origin: 'signal',
    strategy: 'breakout',
    source: 'file',
    signalId: 's-1',
    phase: 'closed',
    outcome: 'target',
    side: 'BUY',
    quantity: 2,
    reasons: [],
    confidence: 0.8,
    entryPrice: 6_900.125,
    exitPrice: 6_905.25,
    stopPrice: 6_895,
    targetPrice: 6_905.25,
    openedTs: START_TS,
    filledTs: START_TS + 400,
    closedTs: START_TS + 60_000,
    realizedMicros: 508_500_000,
    commissionMicros: 4_000_000,
    maeTicks: -3.5,
    mfeTicks: 20.5,
    entrySlippageTicks: null,
    entrySlippageMicros: null,
    exitSlippageTicks: null,
    exitSlippageMicros: null,
    rMultiple: 1.02,
    protectedAfterMs: 41,
    ...overrides,
  };
}

export function batchOf(entries: readonly JournalEntry[], rest: Partial<JournalBatch> = {}): JournalBatch {
  return { entries, cycles: [], bars: [], ...rest };
}
