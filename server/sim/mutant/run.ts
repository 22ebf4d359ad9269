/** `npm run sim -- --mutants`: a test of the tests. Each planted bug must be caught by a scenario or a seed that passes without it. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { allScenarios } from '../scenario/all';
import { type Catch, hunt } from './hunt';
import { Lab } from './lab';
import type { Mutant } from './mutant';
import { MUTANTS } from './mutants';
import type { Trial } from './trial';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/** @param only part of a name or row. @returns false when one survives. @throws when a mutant's place is not in the source exactly once. */
export async function runMutants({ jobs, only = '' }: { jobs: number; only?: string }): Promise<boolean> {
  await Promise.all(MUTANTS.map(assertPlantable));
  const scenarios = await allScenarios();
  const clean = new Lab(null);
  const known = new Map<string, Promise<boolean>>();
  const healthy = (trial: Trial): Promise<boolean> => {
    const key = JSON.stringify(trial);
    const answer = known.get(key) ?? queued(async () => (await clean.ask(trial)) === null);
    known.set(key, answer);
    return answer;
  };
  const started = performance.now();
  const wanted = MUTANTS.filter(({ name, row }) => `${row} ${name}`.includes(only));
  const caught: Catch[] = [];
  const todo = [...wanted];
  const work = async () => {
    for (let mutant = todo.shift(); mutant; mutant = todo.shift()) {
      const result = await hunt(mutant, scenarios, healthy);
      caught.push(result);
      show(result);
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, 8) }, work));
  clean.close();
  return conclude(caught, (performance.now() - started) / 1_000);
}

/** One trial at a time for the healthy process. */
const queued = (() => {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(ask: () => Promise<T>): Promise<T> => {
    const next = last.then(ask);
    last = next;
    return next;
  };
})();

export async function assertPlantable({ name, file, find }: Mutant): Promise<void> {
  const count = (await readFile(path.join(ROOT, file), 'utf8')).split(find).length - 1;
  if (count !== 1) throw new Error(`${file} has the place of "${name}" ${count} times, not once:\n${find}`);
}

function show({ mutant, by, seconds }: Catch): void {
  const mark = by ? '  caught ' : 'SURVIVED ';
  console.log(
    `${mark} ${mutant.row.padEnd(8)} ${mutant.name.padEnd(76)} ${seconds.toFixed(1).padStart(5)} s`,
  );
  if (by) console.log(`${' '.repeat(18)} by ${by.trial}\n${' '.repeat(21)} ${firstLine(by.what)}`);
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').slice(0, 150);
}

function conclude(caught: readonly Catch[], seconds: number): boolean {
  const survivors = caught.filter(({ by }) => by === null);
  console.log(
    `${caught.length - survivors.length} of ${caught.length} mutants caught in ${seconds.toFixed(0)} s.`,
  );
  for (const { mutant } of survivors)
    console.log(`  survived: ${mutant.row} ${mutant.name} (${mutant.file})`);
  return survivors.length === 0;
}
