/** Plans that once broke something: short, kept as data, run as tests for ever. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
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

/** What a plan cannot do without: one from before a field was added would run on as a number that is none. */
const STORED = z.object({
  invariant: z.string().min(1),
  text: z.string().min(1),
  plan: z.looseObject({
    seed: z.int(),
    healMs: z.int().positive(),
    setting: z.looseObject({
      startTs: z.int(),
      lineMs: z.tuple([z.number(), z.number()]),
      exchangeMs: z.number(),
      diskMs: z.number(),
      quoteMs: z.number().positive(),
      quietMs: z.number(),
    }),
    acts: z.array(z.looseObject({ atMs: z.number(), kind: z.string() })),
  }),
});

/** @throws a sentence with the file's name and field when it is no regression. */
export function regressionFrom(name: string, text: string): Regression {
  const read = STORED.safeParse(JSON.parse(text));
  if (!read.success) throw new Error(`${name} is no plan of today: ${z.prettifyError(read.error)}`);
  return read.data as unknown as Regression;
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
    .map((name) => ({ name, ...regressionFrom(name, readFileSync(path.join(FOLDER, name), 'utf8')) }));
}
