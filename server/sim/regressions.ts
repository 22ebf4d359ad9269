/** Plans that once broke something: short, kept as data, run as tests for ever. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Plan } from './act/plan';
import { runPlan } from './run';
import { shrink } from './shrink';

const FOLDER = path.resolve(import.meta.dirname, 'regressions');

export interface Regression {
  /** What it broke. */
  invariant: string;
  text: string;
  plan: Plan;
}

/** Shrinks a failing plan and stores it. @returns the file's name. @throws when nothing breaks. */
export async function keepRegression(plan: Plan): Promise<string> {
  const short = await shrink(plan, async (tried) => (await runPlan(tried)).violation?.invariant ?? null);
  const { violation } = await runPlan(short);
  if (!violation) throw new Error(`Seed ${plan.seed} breaks nothing.`);
  const { invariant, text } = violation;
  const name = `${invariant}-${plan.seed}.json`;
  const regression: Regression = { invariant, text, plan: short };
  writeFileSync(path.join(FOLDER, name), `${JSON.stringify(regression, null, 2)}\n`);
  return name;
}

export function regressions(): readonly (Regression & { name: string })[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .map((file) => ({ name: file, ...JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) }));
}
