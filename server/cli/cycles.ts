/** `interlock cycles`: what was done and why, read from the journal; works without the worker. */
import type { CycleStory } from '../adapters/journal/reads';
import type { CycleRow } from '../engine/model/rows';
import { activityOf } from '../engine/view/activity';
import { moneyText, priceText } from '../engine/view/plain';
import { guardTable } from './guard-table';
import type { Desk, Outcome } from './outcome';
import { withReads } from './reads';
import { exchangeTime, sections, table } from './text';

/** @param query newest first, at most `limit`. */
export function cycles(desk: Desk, query: { symbol?: string; limit: number }): Promise<Outcome> {
  return withReads(desk, async (reads) => {
    const { rows } = await reads.cycles(query);
    return { code: 0, text: listText(rows), data: rows };
  });
}

export function cycle(desk: Desk, cycleId: string): Promise<Outcome> {
  return withReads(desk, async (reads) => {
    const story = await reads.cycle(cycleId);
    if (story === null) return { code: 1, text: `There is no cycle ${cycleId}.`, data: null };
    return { code: 0, text: storyText(story), data: story };
  });
}

export function listText(rows: readonly CycleRow[]): string {
  if (rows.length === 0) return 'No cycles yet.';
  return table(
    ['cycle', 'opened', 'side', 'n', 'contract', 'entry', 'exit', 'result', 'net', 'why'],
    rows.map((row) => [
      row.cycleId,
      exchangeTime(row.openedTs),
      row.side,
      String(row.quantity),
      row.localSymbol,
      price(row.entryPrice),
      price(row.exitPrice),
      row.outcome ?? row.phase,
      row.realizedMicros === null ? '-' : moneyText(row.realizedMicros),
      row.reasons.join(' '),
    ]),
    [3, 5, 6, 8],
  );
}

export function storyText({ row, facts }: CycleStory): string {
  const told = facts.flatMap(({ seq, ts, fact }) => activityOf({ seq, ts, facts: [fact] }, {}));
  const guards = facts.flatMap(({ fact }) => (fact.type === 'GuardsEvaluated' ? [fact.results] : [])).at(-1);
  return sections([
    ['', listText([row])],
    ['What happened', told.map(({ ts, text }) => `${exchangeTime(ts)}  ${text}`).join('\n')],
    ['Guards, as they were last evaluated', guardTable(guards ?? [])],
  ]);
}

function price(value: number | null): string {
  return value === null ? '-' : priceText(value);
}
