/** A running stack: starts what is planned, keeps it alive, tells what changes, and stops it in the reverse order. */
import path from 'node:path';
import type { Settings } from '../settings';
import { DeadMan, type Page, SILENT_MS } from './dead-man';
import { type KeptAlive, keepAlive, type Watch } from './keep-alive';
import { logFile, parseLine, terminalLine } from './log';
import type { Planned } from './plan';
import { waitFor } from './probe';
import type { ProcessName, ProcessReport, StackReport } from './report';

const GRACE_MS = 5_000;
const ERROR = 50;

export interface StackEvents {
  /** After every change of a process, until the stack is stopped. */
  changed(report: StackReport): void;
  /** A line for the terminal. */
  say(line: string): void;
  /** A process ended before it was ever ready: nothing will come of this stack. */
  failed(name: ProcessName): void;
}

export interface Stack {
  /** True when every process answered; false when the stack was stopped before that. */
  ready: Promise<boolean>;
  /** Resolves when every process is gone. Repeating it changes nothing. */
  stop(): Promise<void>;
}

/** @param silentMs without a sign of life of a process that gives them: a person is told. */
export function startStack(
  settings: Settings,
  plan: readonly Planned[],
  events: StackEvents,
  silentMs = SILENT_MS,
): Stack {
  const startedAt = new Date().toISOString();
  const stopping = new AbortController();
  const running = new Map<ProcessName, KeptAlive>();
  const reports = new Map<ProcessName, ProcessReport>();
  const looks: (() => void)[] = [];
  let stopped: Promise<void> | undefined;

  const change = (name: ProcessName, to: Partial<ProcessReport>): void => {
    const before = reports.get(name) ?? { name, pid: null, state: 'down', starts: 0 };
    reports.set(name, { ...before, ...to });
    if (!stopping.signal.aborted) events.changed(reportOf(settings, startedAt, [...reports.values()]));
  };

  const begin = (planned: Planned): Promise<boolean> =>
    new Promise((isReady) => {
      if (stopping.signal.aborted) return isReady(false);
      stopping.signal.addEventListener('abort', () => isReady(false), { once: true });
      running.set(planned.name, keepAlive(planned, watch(planned, isReady)));
    });

  const watch = ({ name, ready }: Planned, isReady: (ready: boolean) => void): Watch => {
    const keep = logFile(path.join(settings.logsDir, `${name}.log`));
    let wasReady = false;
    let life = new AbortController();
    const deadMan = new DeadMan(`The ${name}`, silentMs);
    const tell = (page: Page | null): void => {
      if (page === null || stopping.signal.aborted) return;
      keep({ level: ERROR, time: Date.now(), msg: page.text });
      events.say(page.text);
      const [from, to] = page.silent ? (['ready', 'silent'] as const) : (['silent', 'ready'] as const);
      if (reports.get(name)?.state === from) change(name, { state: to });
    };
    looks.push(() => tell(deadMan.looks(performance.now())));
    return {
      beat: () => tell(deadMan.hears(performance.now())),
      started(pid) {
        life = new AbortController();
        change(name, { pid, state: 'starting', starts: (reports.get(name)?.starts ?? 0) + 1 });
        void waitFor(ready, AbortSignal.any([life.signal, stopping.signal])).then((answered) => {
          if (!answered) return;
          wasReady = true;
          change(name, { state: 'ready' });
          isReady(true);
        });
      },
      said(text, stream) {
        const line = parseLine(text, stream, Date.now());
        keep(line);
        const shown = terminalLine(name, line);
        if (shown !== null) events.say(shown);
      },
      ended(how, againInMs) {
        life.abort();
        change(name, { pid: null, state: 'down' });
        if (wasReady) events.say(`The ${name} ${how}. It starts again in ${againInMs} ms.`);
        else events.failed(name);
      },
    };
  };

  const looking = setInterval(() => {
    for (const look of looks) look();
  }, silentMs / 10);

  return {
    ready: inOrder(plan, begin),
    stop() {
      stopping.abort();
      clearInterval(looking);
      stopped ??= stopInReverse(plan, running);
      return stopped;
    },
  };
}

/** Each process begins when the one it waits for is ready. */
async function inOrder(
  plan: readonly Planned[],
  begin: (planned: Planned) => Promise<boolean>,
): Promise<boolean> {
  const ready = new Map<ProcessName, Promise<boolean>>();
  for (const planned of plan) {
    const before = planned.after === null ? undefined : ready.get(planned.after);
    ready.set(planned.name, before === undefined ? begin(planned) : before.then(() => begin(planned)));
  }
  return (await Promise.all(ready.values())).every(Boolean);
}

async function stopInReverse(
  plan: readonly Planned[],
  running: ReadonlyMap<ProcessName, KeptAlive>,
): Promise<void> {
  for (const { name } of plan.toReversed()) await running.get(name)?.stop(GRACE_MS);
}

function reportOf(settings: Settings, startedAt: string, processes: ProcessReport[]): StackReport {
  const { kind, host, port } = settings.gateway;
  return {
    pid: process.pid,
    startedAt,
    home: settings.home,
    webUrl: `http://127.0.0.1:${settings.webPort}`,
    workerPort: settings.workerPort,
    gateway: { kind, host, port },
    processes,
  };
}
