/** `npm test`: unit and database tests, then the browser tests; the last line is the sum of both. `--unit` and `--e2e` run a part. */
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
const { unit, e2e } = new Command('npm test --')
  .description('Runs every test of the project.')
  .option('--unit', 'only the unit and database tests')
  .option('--e2e', 'only the browser tests')
  .parse()
  .opts<{ unit?: boolean; e2e?: boolean }>();
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
    console.error(`\n${error instanceof Error ? error.message : error}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

const tallies: Tally[] = [];
if (!e2e || unit) tallies.push(await part(unitTests));
if (!unit || e2e) tallies.push(await part(browserTests));
rmSync(reports, { recursive: true });
const { passed, failed, skipped } = sum(tallies);
if (skipped > 0) console.log(`\n${skipped} skipped: they need something that is not here, and say so above.`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
