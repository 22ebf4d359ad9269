/** What one commit writes: the entries, and the rows that pages read as they stand after them. */
import type { EngineState } from '../engine/model/state';
import type { JournalEntry } from '../engine/model/step';
import { cycleRow } from '../engine/view/rows';
import type { JournalBatch } from '../ports';

export function batchOf(
  before: EngineState,
  { cycles, instruments }: EngineState,
  entries: readonly JournalEntry[],
): JournalBatch {
  const changed = Object.values(cycles).filter((cycle) => before.cycles[cycle.cycleId] !== cycle);
  return {
    entries,
    cycles: changed.map((cycle) => cycleRow(cycle, instruments[cycle.symbol])),
    bars: entries.flatMap(({ event }) => {
      if (event.type === 'BarClosed') return [{ symbol: event.symbol, bar: event.bar }];
      if (event.type === 'BarsLoaded') return event.bars.map((bar) => ({ symbol: event.symbol, bar }));
      return [];
    }),
  };
}
