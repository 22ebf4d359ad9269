/** A cycle's facts by journal step: what was concluded together stands together. */
import type { CycleFact, Fact } from '@/server/engine/model/fact';

export interface StoryFact {
  seq: number;
  n: number;
  ts: number;
  fact: Fact;
}

export interface Step {
  seq: number;
  ts: number;
  facts: readonly CycleFact[];
}

export function isOfCycle(fact: Fact): fact is CycleFact {
  return 'cycleId' in fact;
}

/** @param facts in the order of the journal */
export function stepsOf(facts: readonly StoryFact[]): readonly Step[] {
  const steps: { seq: number; ts: number; facts: CycleFact[] }[] = [];
  for (const { seq, ts, fact } of facts) {
    if (!isOfCycle(fact)) continue;
    const last = steps.at(-1);
    if (last?.seq === seq) last.facts.push(fact);
    else steps.push({ seq, ts, facts: [fact] });
  }
  return steps;
}
