/**
 * A file of signals, one JSON object a line, played on the exchange's clock. It is read whole before anything is played:
 * one bad line refuses the file. Nothing is stamped anew, so a line that comes late is stale for the engine too.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Signal } from '../../engine/model/signal';
import type { Clock } from '../../ports';
import { excerptOf } from './json';
import { parseFileLine } from './parse';
import { type Every, every, type Refuse, type SignalLog, type Submit, wordsOf } from './words';

const SOURCE = 'file';
const POLL_MS = 20;

export type SignalLines =
  | { ok: true; signals: readonly Signal[] }
  | { ok: false; detail: string; excerpt: string };

/** @param text JSON lines, blank ones allowed. @returns the signals in order of time, or the first bad line by number and reason. */
export function readSignalLines(text: string): SignalLines {
  const signals: Signal[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const bytes = new TextEncoder().encode(line);
    const parsed = parseFileLine(bytes, { source: SOURCE });
    if (!parsed.ok)
      return { ok: false, detail: `line ${index + 1}: ${parsed.detail}`, excerpt: excerptOf(bytes) };
    signals.push(parsed.signal);
  }
  return { ok: true, signals: signals.sort((a, b) => a.createdTs - b.createdTs) };
}

export interface FileSourceOptions {
  path: string;
  clock: Clock;
  submit: Submit;
  refuse: Refuse;
  log: SignalLog;
  every?: Every;
}

export interface FileSource {
  readonly name: 'file';
  /** @returns `refused` when a line is bad: it is journaled and nothing is played. @throws when the file cannot be read. */
  start(): Promise<'playing' | 'refused'>;
  stop(): void;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(
      `The signals file cannot be read (${wordsOf(error)}). Check the path, or start without it.`,
    );
  }
}

export function fileSource(options: FileSourceOptions): FileSource {
  const { path: file, clock, submit, refuse, log, every: repeat = every } = options;
  const name = path.basename(file);
  let stopPolling: (() => void) | null = null;

  async function play(signal: Signal) {
    try {
      const { result, codes, cycleId } = await submit(signal);
      log.info({ signalId: signal.signalId, result, codes, cycleId }, `Signal from ${name}: ${result}.`);
    } catch (error) {
      log.error(
        { signalId: signal.signalId, error: wordsOf(error) },
        `A signal of ${name} could not be journaled.`,
      );
    }
  }

  function stop() {
    stopPolling?.();
    stopPolling = null;
  }

  /** @returns what to do at every poll: hold until the exchange has a time, drop what lies before it, then play in order. */
  function player(signals: readonly Signal[]): () => void {
    let left: readonly Signal[] | null = null;
    return () => {
      const { ts } = clock.now();
      if (ts === 0) return;
      if (left === null) {
        left = signals.filter((signal) => signal.createdTs >= ts);
        const skipped = signals.length - left.length;
        log.info(
          { signals: left.length, skipped },
          `${name}: ${skipped} signals lie before the clock's first time and are skipped.`,
        );
      }
      const due = left.filter((signal) => signal.createdTs <= ts);
      left = left.slice(due.length);
      for (const signal of due) void play(signal);
      if (left.length > 0) return;
      log.info({}, `${name}: played to its end.`);
      stop();
    };
  }

  return {
    name: SOURCE,
    stop,
    async start() {
      const lines = readSignalLines(readText(file));
      if (!lines.ok) {
        const detail = `${name}, ${lines.detail}`;
        log.error({ code: 'MALFORMED_SIGNAL' }, `The signals file is refused whole: ${detail}`);
        await refuse(SOURCE, 'MALFORMED_SIGNAL', detail, lines.excerpt);
        return 'refused';
      }
      stop();
      stopPolling = repeat(POLL_MS, player(lines.signals));
      return 'playing';
    },
  };
}
