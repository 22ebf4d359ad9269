/**
 * A real stack for one test: gateway, worker and console as `npm start` runs them, on free ports, in a folder of its own.
 * It ends with the test's process, even when that is killed. Needs a built console (`npm test` builds it first).
 */
import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type ProcessName, type StackReport, stackReport } from '@/server/stack/report';

export interface StackChoices {
  tape?: string;
  /** ISO instant on the tape. */
  at?: string;
  speed?: number;
  seed?: number;
  /** JSON-lines file of signals. */
  signals?: string;
  symbols?: string;
  demo?: boolean;
  /** `host:port` of a gateway that the test runs itself. */
  externalGateway?: string;
  /** Further settings (INTERLOCK_...). */
  env?: Record<string, string>;
  /** A folder that outlives the stack: for a test that starts it twice. Otherwise a new one, removed by `stop`. */
  home?: string;
}

export interface RunningStack {
  /** Of the console. */
  baseURL: string;
  workerUrl: string;
  gateway: { host: string; port: number };
  /** Bearer key for `POST <workerUrl>/api/signals`. */
  signalKey: string;
  home: string;
  /** Process ids as they are now; a process that is down is missing. */
  pids(): Partial<Record<ProcessName, number>>;
  /** Sends the signal and resolves when the process is gone. The stack starts it again: see `waitReady`. */
  kill(name: ProcessName, signal?: NodeJS.Signals): Promise<void>;
  /** Resolves when all processes answer. @throws Error with the stack's output when it ended or took longer. */
  waitReady(timeoutMs?: number): Promise<void>;
  /** Everything that the stack said on its terminal. */
  output(): string;
  /** As Ctrl-C does; resolves when nothing of it is left. */
  stop(): Promise<void>;
}

const root = path.resolve(import.meta.dirname, '../..');
const READY_WITHIN_MS = 90_000;

/** Resolves when the stack is ready. @throws Error with the stack's output when it does not become so. */
export async function startStack(choices: StackChoices = {}): Promise<RunningStack> {
  const home = choices.home ?? mkdtempSync(path.join(os.tmpdir(), 'interlock-'));
  const program = ['--import', 'tsx', path.join(root, 'server/stack/main.ts')];
  const child = spawn(process.execPath, [...program, '--home', home, '--port', '0', ...flags(choices)], {
    cwd: root,
    env: { ...process.env, ...choices.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const news = new EventEmitter();
  let output = '';
  let report: StackReport | undefined;
  let ended = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  child.on('message', (message) => {
    report = stackReport.parse(message);
    news.emit('news');
  });
  child.once('close', () => {
    ended = true;
    news.emit('news');
  });

  const until = async (
    holds: (now: StackReport) => boolean,
    what: string,
    timeoutMs: number,
  ): Promise<StackReport> => {
    const deadline = AbortSignal.timeout(timeoutMs);
    for (;;) {
      if (ended) throw new Error(`The stack ended before ${what}. It said:\n${output}`);
      if (report !== undefined && holds(report)) return report;
      await once(news, 'news', { signal: deadline }).catch(() => {
        throw new Error(`Not within ${timeoutMs} ms: ${what}. The stack said:\n${output}`);
      });
    }
  };
  const untilReady = (timeoutMs: number) => until(isReady, 'every process answered', timeoutMs);
  const stop = async (): Promise<void> => {
    if (!ended) {
      child.kill('SIGTERM');
      while (!ended) await once(news, 'news');
    }
    if (choices.home === undefined) rmSync(home, { recursive: true, force: true });
  };

  const ready = await untilReady(READY_WITHIN_MS).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    baseURL: ready.webUrl,
    workerUrl: `http://127.0.0.1:${ready.workerPort}`,
    gateway: { host: ready.gateway.host, port: ready.gateway.port },
    signalKey: readFileSync(path.join(home, 'keys/signal.key'), 'utf8').trim(),
    home,
    pids: () => pidsOf(report),
    async kill(name, signal = 'SIGKILL') {
      const pid = pidsOf(report)[name];
      if (pid === undefined) throw new Error(`The ${name} is not running.`);
      process.kill(pid, signal);
      await until((now) => pidsOf(now)[name] !== pid, `the ${name} was gone`, READY_WITHIN_MS);
    },
    async waitReady(timeoutMs = READY_WITHIN_MS) {
      await untilReady(timeoutMs);
    },
    output: () => output,
    stop,
  };
}

function flags({ demo, ...choices }: StackChoices): string[] {
  const named: [string, string | number | undefined][] = [
    ['--tape', choices.tape],
    ['--at', choices.at],
    ['--speed', choices.speed],
    ['--seed', choices.seed],
    ['--signals', choices.signals],
    ['--symbols', choices.symbols],
    ['--external-gateway', choices.externalGateway],
  ];
  const given = named.flatMap(([name, value]) => (value === undefined ? [] : [name, String(value)]));
  return demo === undefined ? given : [...given, demo ? '--demo' : '--no-demo'];
}

function isReady({ gateway, processes }: StackReport): boolean {
  const expected = gateway.kind === 'paper' ? 3 : 2;
  return processes.length === expected && processes.every(({ state }) => state === 'ready');
}

function pidsOf(report: StackReport | undefined): Partial<Record<ProcessName, number>> {
  const running = (report?.processes ?? []).flatMap(({ name, pid }) =>
    pid === null ? [] : [[name, pid] as const],
  );
  return Object.fromEntries(running);
}
