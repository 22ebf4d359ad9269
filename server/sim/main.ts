/**
 * `npm run sim`: a million mornings of misfortune, each from its seed. Prints the seed base first, and for whatever breaks the command
 * that repeats it; a failing seed is shrunk to a short plan and kept under `regressions/`, where it is a test from then on.
 */
import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { planOf } from './act/draw';
import { runMany } from './many';
import { runMutants } from './mutant/run';
import { keepRegression } from './regressions';
import { runPlan } from './run';

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('a whole number, please.');
  return value;
}

const options = new Command('npm run sim --')
  .description('Runs the real worker against a simulated IB and exchange, from seeds.')
  .option('--count <n>', 'so many seeds', whole, 2_000)
  .option('--from <seed>', 'the first of them (otherwise drawn, and printed)', whole)
  .option('--jobs <n>', 'processes', whole, availableParallelism())
  .option('--verify-every <n>', 'run each n-th seed twice and compare', whole, 50)
  .option('--go-on', 'do not stop after ten failures')
  .option('--seed <n>', 'run one seed only')
  .option('--trace', 'with --seed: tell everything that happened')
  .option(
    '--mutants [part]',
    'plant bugs instead (those with this in their row or name): each must be caught',
  )
  .option('--keep', 'with --seed: shrink it when it fails, and keep it as a regression')
  .parse()
  .opts<{
    count: number;
    from?: number;
    jobs: number;
    verifyEvery: number;
    goOn?: boolean;
    seed?: string;
    trace?: boolean;
    keep?: boolean;
    mutants?: true | string;
  }>();

async function one(seed: number): Promise<boolean> {
  const plan = planOf(seed);
  if (options.trace) console.log(JSON.stringify(plan.setting));
  const { violation, entries, simulatedMs } = await runPlan(
    plan,
    options.trace ? { trace: console.log } : {},
  );
  if (!violation) {
    console.log(`seed ${seed}: nothing broke in ${simulatedMs / 1_000} s and ${entries} entries.`);
    return true;
  }
  console.log(`seed ${seed}: ${violation.invariant} at ${violation.atMs} ms: ${violation.text}`);
  if (options.keep) console.log(`Kept as ${await keepRegression(plan)}.`);
  return false;
}

async function run(): Promise<boolean> {
  const { mutants, seed, jobs, from, goOn = false } = options;
  if (mutants !== undefined) return runMutants({ jobs, ...(mutants === true ? {} : { only: mutants }) });
  if (seed !== undefined) return one(whole(seed));
  return runMany({ ...options, from: from ?? randomInt(2 ** 31), goOn });
}

process.exit((await run()) ? 0 : 1);
