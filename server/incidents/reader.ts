/**
 * Reads incidents, each in a process of its own: neither the web server's event loop nor its memory feels a log of a gigabyte.
 * Two at a time at the most; an incident that is deleted takes its reader with it.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Shelf } from './shelf';
import { type Incident, IncidentRefused, type ReaderNews, type ReaderTask } from './words';

const AT_ONCE = 2;

export interface Reader {
  /** Resolves when it is being read; the card tells the rest. @param limits that are not the default. @throws IncidentRefused */
  start(id: string, limits?: readonly string[]): Promise<Incident>;
  /** The cards, of which no process may have left one behind as "reading". */
  card(id: string): Promise<Incident>;
  cards(): Promise<readonly Incident[]>;
  /** Resolves when its process has ended: nothing is written any more. */
  stop(id: string): Promise<void>;
  /** Nothing is being read. */
  readonly idle: boolean;
}

/** @param program the reader's file; @param now ms, for how long it took */
export function createReader(
  shelf: Shelf,
  program: string,
  now: () => number = () => performance.now(),
): Reader {
  const running = new Map<string, ChildProcess>();

  function task(incident: Incident): ReaderTask {
    return {
      filesDir: path.dirname(shelf.fileOf(incident.id, 'any')),
      resultDir: shelf.resultDir(incident.id),
      files: incident.files,
      limits: incident.limits,
    };
  }

  async function start(id: string, limits: readonly string[] = []): Promise<Incident> {
    const known = await shelf.get(id);
    if (running.has(id)) throw new IncidentRefused('It is being read: wait until it is done.');
    if (known.files.length === 0) throw new IncidentRefused('Bring in a log or an order database first.');
    if (running.size >= AT_ONCE)
      throw new IncidentRefused(
        `${AT_ONCE} incidents are being read already. Begin this one when one of them is done.`,
      );
    const incident = { ...known, limits: [...limits] };
    const startedMs = now();
    const child = fork(program, [JSON.stringify(task(incident))], {
      execArgv: ['--max-semi-space-size=2', '--heap-growing-percent=60', '--import', 'tsx'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    running.set(id, child);
    let ended: ReaderNews | null = null;
    const turn = (phase: Incident['phase']) => shelf.turn(id, phase).catch(() => undefined);
    child.on('message', (news: ReaderNews) => {
      if (news.is === 'progress')
        void turn({ name: 'reading', readBytes: news.readBytes, totalBytes: news.totalBytes });
      else ended = news;
    });
    child.once('exit', () => {
      void turn(endOf(ended, now() - startedMs)).then(() => running.delete(id));
    });
    const totalBytes = incident.files.reduce((sum, { bytes }) => sum + bytes, 0);
    return shelf.turn(id, { name: 'reading', readBytes: 0, totalBytes }, limits);
  }

  return {
    start,
    // who reads is asked before the card: it says how that ended before it is nobody any more
    async card(id) {
      const read = new Set(running.keys());
      return settled(await shelf.get(id), read);
    },
    async cards() {
      const read = new Set(running.keys());
      return (await shelf.list()).map((incident) => settled(incident, read));
    },
    async stop(id) {
      const child = running.get(id);
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
    get idle() {
      return running.size === 0;
    },
  };
}

function settled(incident: Incident, read: ReadonlySet<string>): Incident {
  if (incident.phase.name !== 'reading' || read.has(incident.id)) return incident;
  return {
    ...incident,
    phase: { name: 'failed', why: 'The web server ended while it was read. Read it again.' },
  };
}

function endOf(ended: ReaderNews | null, tookMs: number): Incident['phase'] {
  if (ended?.is === 'done') return { name: 'done', tookMs: Math.round(tookMs) };
  const why =
    ended?.is === 'failed'
      ? ended.why
      : 'The reader ended without a word; the log of the web server may say more.';
  return { name: 'failed', why };
}
