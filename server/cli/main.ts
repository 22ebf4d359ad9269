/** `npm run interlock -- <command>`: a small hand on the worker, for when the console is not there. */
import { once } from 'node:events';
import os from 'node:os';
import { CommanderError } from 'commander';
import { readSettings } from '../settings';
import { typed } from './confirm';
import type { Desk, Outcome } from './outcome';
import { interlock } from './program';

const program = interlock({ run, confirm: (word) => typed(word, process.stdin, process.stderr) });

async function run(work: (desk: Desk) => Promise<Outcome>): Promise<void> {
  const { home, json } = program.opts<{ home?: string; json?: boolean }>();
  const settings = readSettings(home === undefined ? process.env : { ...process.env, INTERLOCK_HOME: home });
  const { code, text, data, long } = await work({
    settings,
    operator: os.userInfo().username,
    tell: (line) => json || console.log(line),
  });
  const pieces = json ? long?.json : long?.text;
  if (pieces) await print(pieces);
  else console.log(json ? JSON.stringify(data) : text);
  process.exitCode = code;
}

/** No faster than whoever reads takes it. */
async function print(pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
}

// whoever reads may have seen enough: `interlock replay ... | head`
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
    return;
  }
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
