/** `npm run sim`: runs seeds, and says which broke what. */
import { Command } from 'commander';
import { planOf } from './act/draw';
import { runPlan } from './run';

const options = new Command('npm run sim --')
  .option('--count <n>', 'so many seeds', Number, 1_000)
  .option('--from <seed>', 'the first of them', Number, 1)
  .option('--seed <seed>', 'only this one', Number)
  .option('--trace', 'tell what happened')
  .parse()
  .opts<{ count: number; from: number; seed?: number; trace?: boolean }>();

const from = options.seed ?? options.from;
const count = options.seed === undefined ? options.count : 1;
const started = performance.now();
const broken = new Map<string, number[]>();
const counts = new Map<string, number>();
let steps = 0;
for (let seed = from; seed < from + count; seed++) {
  const plan = planOf(seed);
  if (options.trace) console.log(JSON.stringify(plan.setting));
  const result = await runPlan(plan, options.trace ? console.log : null);
  steps += result.steps;
  for (const [name, n] of result.counts) counts.set(name, (counts.get(name) ?? 0) + n);
  const { violation } = result;
  if (!violation) continue;
  const seeds = broken.get(violation.invariant) ?? [];
  broken.set(violation.invariant, [...seeds, seed]);
  if (seeds.length < 4)
    console.log(`seed ${seed}: ${violation.invariant} at ${violation.atMs} ms: ${violation.text}`);
}
const seconds = (performance.now() - started) / 1_000;
console.log(
  [...counts]
    .sort()
    .map(([name, n]) => `${name} ${n}`)
    .join(', '),
);
for (const [invariant, seeds] of broken)
  console.log(`${invariant}: ${seeds.length} seeds, e.g. ${seeds.slice(0, 8).join(' ')}`);
console.log(`${count} seeds, ${(count / seconds).toFixed(1)} a second, ${steps} entries`);
process.exit(broken.size > 0 ? 1 : 0);
