/** One plan, run and judged. */

import type { Plan } from './act/plan';
import { comesToRest } from './check/at-rest';
import { exitReduces } from './check/exit-reduces';
import { type Violation, World } from './world';

export interface Result {
  violation: Violation | null;
  counts: ReadonlyMap<string, number>;
  steps: number;
  simulatedMs: number;
}

export async function runPlan(plan: Plan, trace: ((line: string) => void) | null = null): Promise<Result> {
  const world = new World(plan, [exitReduces(), comesToRest()], trace);
  const violation = await world.run();
  return { violation, counts: world.counts, steps: world.disk.lastSeq, simulatedMs: world.ms };
}
