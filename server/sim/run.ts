/** One plan, run and judged. */
import type { Plan } from './act/plan';
import { allWatchers } from './check/all';
import { Digest } from './digest';
import { runHour } from './hour';
import { type Violation, World } from './world';

export interface Result {
  violation: Violation | null;
  counts: ReadonlyMap<string, number>;
  /** Journal entries written. */
  entries: number;
  simulatedMs: number;
  /** Of everything that was journaled and everything that filled; empty unless it was asked for. */
  digest: string;
}

export interface RunOptions {
  trace?: (line: string) => void;
  digest?: boolean;
}

export async function runPlan(plan: Plan, { trace, digest = false }: RunOptions = {}): Promise<Result> {
  const sum = digest ? new Digest() : null;
  const world = new World(plan, sum ? [...allWatchers(), sum] : allWatchers(), trace ?? null);
  const violation = await runHour(world);
  return {
    violation,
    counts: world.counts,
    entries: world.disk.lastSeq,
    simulatedMs: world.ms,
    digest: sum?.text(world) ?? '',
  };
}
