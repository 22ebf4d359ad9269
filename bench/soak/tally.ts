/** What the journal on disk says of the whole soak, by round: executions, halts, and why entries were refused. */
import { openReads } from '../../server/adapters/journal/reads';

export interface Tally {
  executions: number;
  halts: string[];
  denied: string[];
}

/** @param roundOf the round of a host time, from 0 */
export async function tallyOf(
  databaseUrl: string,
  rounds: number,
  roundOf: (hostMs: number) => number,
): Promise<Tally[]> {
  const tallies = Array.from({ length: rounds }, (): Tally => ({ executions: 0, halts: [], denied: [] }));
  const executions = new Set<string>();
  const reads = await openReads({ databaseUrl });
  for await (const { hostMs, event, facts } of reads.entries()) {
    const tally = tallies[Math.min(rounds - 1, Math.max(0, roundOf(hostMs)))];
    if (!tally) continue;
    if (event.type === 'ExecutionReported' && !executions.has(event.execution.execId)) {
      executions.add(event.execution.execId);
      tally.executions += 1;
    }
    for (const fact of facts) {
      if (fact.type === 'ModeTripped') tally.halts.push(fact.trip);
      if (fact.type === 'EntryDenied') tally.denied.push(...fact.reasons);
    }
  }
  await reads.close();
  return tallies;
}

export function counted(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, times]) => `${word} ${times}`).join(', ') || 'none';
}
