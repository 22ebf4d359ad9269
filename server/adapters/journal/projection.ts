/**
 * The statements that write a batch: entries, their facts, the cycles and bars as they now stand. Many rows a statement,
 * so that a burst of a hundred entries costs little more than one.
 */
import { cycleIdOfFact, type Fact } from '../../engine/model/fact';
import type { Bar } from '../../engine/model/instrument';
import type { CycleRow } from '../../engine/model/rows';
import type { JournalEntry } from '../../engine/model/step';
import type { JournalBatch } from '../../ports';
import { textOf } from './codec';
import type { Statement, Value } from './connection';

type Row = readonly Value[];

const ENTRY_COLUMNS = ['seq', 'ts', 'hostMs', 'type', 'body'] as const;
const FACT_COLUMNS = ['seq', 'n', 'ts', 'type', 'cycleId', 'symbol', 'body'] as const;
const BAR_COLUMNS = ['symbol', 'ts', 'openTicks', 'highTicks', 'lowTicks', 'closeTicks', 'volume'] as const;
const CYCLE_COLUMNS = [
  'cycleId',
  'symbol',
  'localSymbol',
  'origin',
  'strategy',
  'source',
  'signalId',
  'phase',
  'outcome',
  'side',
  'quantity',
  'reasons',
  'confidence',
  'entryPrice',
  'exitPrice',
  'stopPrice',
  'targetPrice',
  'openedTs',
  'filledTs',
  'closedTs',
  'realizedMicros',
  'commissionMicros',
  'maeTicks',
  'mfeTicks',
  'entrySlippageTicks',
  'entrySlippageMicros',
  'exitSlippageTicks',
  'exitSlippageMicros',
  'rMultiple',
  'protectedAfterMs',
] as const satisfies readonly (keyof CycleRow)[];

/** Rows of one statement: far below SQLite's limit of 32,766 parameters for the widest table. */
const ROWS_PER_STATEMENT = 500;

/** @param batch whose entries come before their facts, which refer to them. */
export function statementsOf({ entries, cycles, bars }: JournalBatch): readonly Statement[] {
  return [
    ...inserts('JournalEntry', ENTRY_COLUMNS, entries.map(entryRow)),
    ...inserts('Fact', FACT_COLUMNS, entries.flatMap(factRows)),
    ...inserts('Cycle', CYCLE_COLUMNS, cycles.map(cycleRow), replacing(CYCLE_COLUMNS, ['cycleId'])),
    ...inserts('Bar', BAR_COLUMNS, bars.map(barRow), replacing(BAR_COLUMNS, ['symbol', 'ts'])),
  ];
}

function inserts(
  table: string,
  columns: readonly string[],
  rows: readonly Row[],
  onConflict = '',
): readonly Statement[] {
  const places = `(${columns.map(() => '?').join(', ')})`;
  const statements: Statement[] = [];
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    const some = rows.slice(start, start + ROWS_PER_STATEMENT);
    const values = some.map(() => places).join(', ');
    const sql = `INSERT INTO "${table}" (${quoted(columns)}) VALUES ${values} ${onConflict}`;
    statements.push({ sql, args: some.flat() });
  }
  return statements;
}

function replacing(columns: readonly string[], key: readonly string[]): string {
  const updates = columns
    .filter((name) => !key.includes(name))
    .map((name) => `"${name}" = excluded."${name}"`);
  return `ON CONFLICT (${quoted(key)}) DO UPDATE SET ${updates.join(', ')}`;
}

function quoted(columns: readonly string[]): string {
  return columns.map((name) => `"${name}"`).join(', ');
}

function entryRow(entry: JournalEntry): Row {
  return [entry.seq, entry.ts, entry.hostMs, entry.event.type, textOf(entry)];
}

function factRows({ seq, ts, facts }: JournalEntry): readonly Row[] {
  return facts.map((fact, n) => [seq, n, ts, fact.type, cycleIdOfFact(fact), symbolOf(fact), textOf(fact)]);
}

function symbolOf(fact: Fact): string | null {
  return 'symbol' in fact ? fact.symbol : null;
}

function cycleRow(cycle: CycleRow): Row {
  return CYCLE_COLUMNS.map((name) => (name === 'reasons' ? textOf(cycle.reasons) : cycle[name]));
}

function barRow({ symbol, bar }: { symbol: string; bar: Bar }): Row {
  return [symbol, bar.ts, bar.openTicks, bar.highTicks, bar.lowTicks, bar.closeTicks, bar.volume];
}
