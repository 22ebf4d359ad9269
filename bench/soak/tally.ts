/** What the journal on disk says of the whole soak, by round: executions, halts, why entries were refused, and what the worker may have remembered then. */
import { openReads } from '../../server/adapters/journal/reads';
import { withQuotes } from '../../server/engine/market/market';
import type { Command } from '../../server/engine/model/command';
import type { EngineState } from '../../server/engine/model/state';
import { step } from '../../server/engine/step';
import { type Allowed, allowedAt } from './allowed';

export interface Tally {
  executions: number;
  halts: string[];
  denied: string[];
  allowed: Allowed;
}

/**
 * Steps the whole journal again.
 * @param begin what its second entry began with
 * @param weighedHostMs when the worker was weighed, by round: a round ends there
 */
export async function tallyOf(
  databaseUrl: string,
  begin: EngineState,
  weighedHostMs: readonly number[],
): Promise<Tally[]> {
  const tallies: Tally[] = [];
  const seen = new Set<string>();
  const placedTs: number[] = [];
  let state = begin;
  let round: Omit<Tally, 'allowed'> = { executions: 0, halts: [], denied: [] };
  let lastTs = 0;
  const close = () => {
    tallies.push({ ...round, allowed: allowedAt(state, placedTs, lastTs) });
    round = { executions: 0, halts: [], denied: [] };
  };
  const reads = await openReads({ databaseUrl });
  for await (const entry of reads.entries()) {
    const { seq, ts, hostMs, event, facts, commands, quotes } = entry;
    while (hostMs > (weighedHostMs[tallies.length] ?? Number.POSITIVE_INFINITY)) close();
    if (seq > 1) state = step(withQuotes(state, quotes), entry).state;
    lastTs = ts;
    placedTs.push(...commands.flatMap((command) => ordersIn(command).map(() => ts)));
    if (event.type === 'ExecutionReported' && !seen.has(event.execution.execId)) {
      seen.add(event.execution.execId);
      round.executions += 1;
    }
    for (const fact of facts) {
      if (fact.type === 'ModeTripped') round.halts.push(fact.trip);
      if (fact.type === 'EntryDenied') round.denied.push(...fact.reasons);
    }
  }
  await reads.close();
  while (tallies.length < weighedHostMs.length) close();
  return tallies;
}

function ordersIn(command: Command) {
  if (command.type === 'PlaceBracket') return [command.entry, command.target, command.stop];
  return command.type === 'PlaceOrder' ? [command.order] : [];
}

export function counted(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, times]) => `${word} ${times}`).join(', ') || 'none';
}
