/**
 * A worker without a journal: what the next one must know of it, and when it ends itself. The note is a small file beside the database:
 * whatever becomes of this process, the next worker begins with entries halted, because halts made in memory are on no disk.
 */
import { closeSync, fsyncSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { isRunning } from '../engine/model/book';
import type { EngineEvent } from '../engine/model/event';
import { isLive } from '../engine/model/order';
import type { EngineState } from '../engine/model/state';

const note = z.object({ why: z.string(), atHostMs: z.number() });

const fileIn = (home: string) => path.join(home, 'journal-failed.json');

/** @returns whether it is on disk, whole: a disk that takes no journal may not take this either. An empty note halts the next worker too. */
export function leaveNote(home: string, why: string, atHostMs: number): boolean {
  try {
    const file = openSync(fileIn(home), 'w');
    try {
      writeSync(file, JSON.stringify({ why, atHostMs }));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    return true;
  } catch {
    return false;
  }
}

/** @returns the halt that a worker after one without a journal begins with; null when there was none. */
export function haltFromNote(home: string): EngineEvent | null {
  const file = fileIn(home);
  const written = statSync(file, { throwIfNoEntry: false });
  if (!written) return null;
  const read = note.safeParse(parsed(readFileSync(file, 'utf8')));
  const unread = { why: 'its note is not whole', atHostMs: Math.round(written.mtimeMs) };
  const { why, atHostMs } = read.success ? read.data : unread;
  return {
    type: 'OperatorCommanded',
    command: {
      commandId: `journal-failed-${atHostMs}`,
      operator: 'worker',
      via: 'start',
      action: {
        kind: 'HaltEntries',
        scope: '*',
        reason: `JOURNAL_FAILED: the worker before this one could not write what it did (${why}). Compare the account with the broker.`,
      },
    },
  };
}

export function removeNote(home: string): void {
  rmSync(fileIn(home), { force: true });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Nothing is held, nothing works and nothing is under way, by the broker's own word: a restart loses nothing but memory. */
export function isQuiet(state: EngineState): boolean {
  return (
    state.link.phase === 'connected' &&
    state.reconciliation.phase === 'clean' &&
    !isRunning(state.flatten) &&
    Object.values(state.positions).every(({ quantity }) => quantity === 0) &&
    !Object.values(state.orders).some(isLive)
  );
}

const QUIET_MS = 30_000;

/** @returns a watch to be asked at each tick: true once the worker has been quiet for half a minute. */
export function quietWatch(): (state: EngineState, hostMs: number) => boolean {
  let sinceHostMs: number | null = null;
  return (state, hostMs) => {
    sinceHostMs = isQuiet(state) ? (sinceHostMs ?? hostMs) : null;
    return sinceHostMs !== null && hostMs - sinceHostMs >= QUIET_MS;
  };
}
