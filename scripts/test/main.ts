/**
 * `npm test`: unit and database tests with the directed scenarios, then seeds and planted bugs in the simulation, then the browser
 * tests; what failed is named at the end, and the last line is the sum. `--unit`, `--sim` and `--e2e` run a part.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { endWithParent } from '../../server/stack/lifeline';
import { ensureChromium } from './browser';
import { sum, type Tally, tallyOf } from './tally';

const root = path.resolve(import.meta.dirname, '../..');
const asked = new Command('npm test --')
  .description('Runs every test of the project.')
  .option('--unit', 'only the unit and database tests')
  .option('--sim', 'only the simulation: seeds and planted bugs')
  .option('--e2e', 'only the browser tests')
  .parse()
  .opts<{ unit?: boolean; sim?: boolean; e2e?: boolean }>();
/** These hold. Of 750,000 fresh ones seven broke something, mended since: until a million do not, one CI in ten would be judged by luck. */
const SEEDS = ['--from', '1', '--count', '20000'];
/** The browser tests stop their stacks first. */
const LONGEST_STOP_MS = 30_000;
const reports = mkdtempSync(path.join(os.tmpdir(), 'interlock-reports-'));

let running: ChildProcess | undefined;
endWithParent(async () => {
  if (running === undefined) return;
  const ended = once(running, 'close');
  running.kill('SIGTERM');
  await ended;
}, LONGEST_STOP_MS);

/** True when the program ended with exit code 0. */
function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: root, env, stdio: 'inherit' });
    running = child;
    child.once('error', reject);
    child.once('close', (code) => {
      running = undefined;
      resolve(code === 0);
    });
  });
}

async function unitTests(): Promise<Tally> {
  const file = path.join(reports, 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  return tallyOf(
    'vitest',
    file,
    await run('node_modules/vitest/vitest.mjs', ['run', ...reporters], process.env),
  );
}

async function simulation(): Promise<Tally> {
  const runs = [SEEDS, ['--mutants']];
  const failures: string[] = [];
  for (const args of runs) {
    const ok = await run('node_modules/tsx/dist/cli.mjs', ['server/sim/main.ts', ...args], process.env);
    if (!ok) failures.push(`npm run sim -- ${args.join(' ')}`);
  }
  return { passed: runs.length - failures.length, failed: failures.length, skipped: 0, failures };
}

async function browserTests(): Promise<Tally> {
  const file = path.join(reports, 'playwright.json');
  const env = {
    ...process.env,
    CHROMIUM_PATH: ensureChromium(process.env),
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  };
  const succeeded = await run('node_modules/@playwright/test/cli.js', ['test', '--reporter=list,json'], env);
  return tallyOf('playwright', file, succeeded);
}

/** A part that cannot run says why and counts as one failure. */
async function part(tests: () => Promise<Tally>): Promise<Tally> {
  try {
    return await tests();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    console.error(`\n${why}`);
    return { passed: 0, failed: 1, skipped: 0, failures: [why] };
  }
}

const tallies: Tally[] = [];
const parts = { unit: unitTests, sim: simulation, e2e: browserTests };
const all = Object.keys(asked).length === 0;
for (const [name, tests] of Object.entries(parts)) {
  if (all || asked[name as keyof typeof parts]) tallies.push(await part(tests));
}
rmSync(reports, { recursive: true });
const { passed, failed, skipped, failures } = sum(tallies);
if (skipped > 0) console.log(`\n${skipped} skipped: they need something that is not here, and say so above.`);
if (failed > 0) console.log(['', 'Failed:', ...failures].join('\n  '));
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
