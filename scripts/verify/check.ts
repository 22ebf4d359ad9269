/** One check of `npm run verify`: a program whose exit code is the verdict. */
import { spawn } from 'node:child_process';
import path from 'node:path';

export interface Check {
  name: string;
  /** What follows `node`. */
  args: readonly string[];
}

export interface Verdict {
  name: string;
  ok: boolean;
  seconds: number;
  output: string;
}

const root = path.resolve(import.meta.dirname, '../..');

export function runCheck({ name, args }: Check): Promise<Verdict> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
    }
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ name, ok: code === 0, seconds: (performance.now() - started) / 1000, output });
    });
  });
}

/** At most `width` at a time, in their order; `done` hears of each as it ends. */
export async function runChecks(
  checks: readonly Check[],
  width: number,
  done: (verdict: Verdict) => void,
): Promise<Verdict[]> {
  const left = [...checks];
  const verdicts: Verdict[] = [];
  const lane = async (): Promise<void> => {
    for (let check = left.shift(); check !== undefined; check = left.shift()) {
      const verdict = await runCheck(check);
      verdicts.push(verdict);
      done(verdict);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return verdicts;
}
