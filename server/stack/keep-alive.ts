/** One process of the stack: started, watched, started again when it dies, stopped when asked. It can never be running twice. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { backoffMs } from './backoff';

export interface Program {
  name: string;
  /** What follows `node` on its command line. */
  args: readonly string[];
  env: Readonly<NodeJS.ProcessEnv>;
}

export interface Watch {
  started(pid: number): void;
  /** A sign of life: whatever it sends over its channel. */
  beat(): void;
  said(line: string, stream: 'stdout' | 'stderr'): void;
  /** It will be started again in `againInMs`, unless it is stopped. */
  ended(how: string, againInMs: number): void;
}

export interface KeptAlive {
  readonly name: string;
  pid(): number | null;
  /** SIGTERM, and SIGKILL for its whole group after `graceMs`. Resolves when it is gone; it is not started again. */
  stop(graceMs: number): Promise<void>;
}

/** Starts `program` in the current folder, in a process group of its own: Ctrl-C reaches only the stack, which knows the order. */
export function keepAlive(program: Program, watch: Watch): KeptAlive {
  let child: ChildProcess | null = null;
  let retry: NodeJS.Timeout | undefined;
  let waitMs: number | null = null;
  let stopping = false;

  const start = (): void => {
    const startedAt = performance.now();
    const life = launch(program, watch);
    child = life;
    life.once('close', (code, signal) => {
      child = null;
      if (stopping) return;
      const how = signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
      waitMs = backoffMs(waitMs, performance.now() - startedAt);
      retry = setTimeout(start, waitMs);
      watch.ended(how, waitMs);
    });
  };
  start();

  return {
    name: program.name,
    pid: () => child?.pid ?? null,
    async stop(graceMs) {
      stopping = true;
      clearTimeout(retry);
      if (child !== null) await end(child, graceMs);
    },
  };
}

function launch(program: Program, watch: Watch): ChildProcess {
  const child = spawn(process.execPath, program.args, {
    env: { ...program.env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of ['stdout', 'stderr'] as const) {
    const input = child[stream];
    if (input !== null) createInterface({ input }).on('line', (line) => watch.said(line, stream));
  }
  child.once('error', (error) => watch.said(error.message, 'stderr'));
  child.on('message', () => watch.beat());
  if (child.pid !== undefined) watch.started(child.pid);
  return child;
}

function end(child: ChildProcess, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const last = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'), graceMs);
    child.once('close', () => {
      clearTimeout(last);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
