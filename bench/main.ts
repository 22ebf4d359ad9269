/**
 * `npm run bench`: what it costs to be guarded, and how fast the parts are. Every figure stands beside that of a peer in the same run on the
 * same machine: compare the ratios, not the milliseconds. Each section has a process of its own, so that none warms or burdens another.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { SECTIONS } from './sections';

const names = Object.keys(SECTIONS);

function known(text: string): string[] {
  const wanted = text.split(',').map((name) => name.trim());
  const strange = wanted.find((name) => !names.includes(name));
  if (strange !== undefined)
    throw new InvalidArgumentError(`there is no ${strange}; there are ${names.join(', ')}.`);
  return wanted;
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('a number above 0, please.');
  return value;
}

const { only, share } = new Command('npm run bench --')
  .description(
    `Measures, beside a peer each:\n${names.map((name) => `  ${name}: ${SECTIONS[name]?.about}`).join('\n')}`,
  )
  .option('--only <sections>', 'some of them, with commas between', known, names)
  .option('--share <x>', 'of the usual number of samples: 0.1 for a quick look', positive, 1)
  .parse()
  .opts<{ only: string[]; share: number }>();

let failed = 0;
for (const name of only) {
  const started = performance.now();
  const child = fork(path.resolve(import.meta.dirname, 'section.child.ts'), [name, String(share)], {
    execArgv: ['--import', 'tsx', '--expose-gc'],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) failed += 1;
  console.log(`  (${name}: ${((performance.now() - started) / 1_000).toFixed(0)} s)`);
}
process.exit(failed === 0 ? 0 : 1);
