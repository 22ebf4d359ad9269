/** What the scripts print: one quiet line a step with its time. What a step itself says is shown only when it fails. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { performance } from 'node:perf_hooks';

export const root = path.resolve(import.meta.dirname, '../..');

/** Runs `work` and prints `name`, the few words it returns, and how long it took. */
export async function step(name, work) {
  const started = performance.now();
  process.stdout.write(`  ${name.padEnd(16)}`);
  const words = await work().catch((error) => {
    process.stdout.write('failed\n');
    throw error;
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${words.padEnd(28)}${seconds.padStart(6)} s\n`);
}

/** Runs a program in the project's folder, quietly. @throws Error with its output when it fails. */
export function run(command, args, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => reject(new Error(`${command} could not be started: ${error.message}.`)));
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${output.trimEnd()}\n\n${[command, ...args].join(' ')} failed (${code}).`));
    });
  });
}

/**
 * Hands over to a TypeScript program, which keeps the terminal; its exit code becomes ours.
 * It holds a channel to us, so that it notices when we are gone.
 */
export function handOver(program, args) {
  const command = ['--import', 'tsx', path.join(root, program), ...args];
  const child = spawn(process.execPath, command, {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('exit', (code) => process.exit(code ?? 1));
  if (process.env.npm_lifecycle_event !== undefined) whenOrphaned(() => child.kill('SIGTERM'));
}

/** npm that is told to end tells only the shell between us: that this shell is gone is all we learn. */
function whenOrphaned(then) {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    then();
  }, 500);
}
