/**
 * The live state and how each message changes it. A frame is applied only when it is the very next one:
 * after a gap nothing is guessed, the caller asks for a new snapshot.
 */
import type { Beat, LiveMessage } from '@/server/api/live';
import type { View, WorkerView } from '@/server/engine/view/words';

export interface LiveState {
  /** Number of the last message applied; null before the first snapshot of this stream. */
  n: number | null;
  view: View | null;
  worker: WorkerView | null;
  /** What the web server last said about its link to the worker. */
  beat: Beat | null;
  /** This browser's clock when anything last arrived, when a word of the worker's loop did, and when this stream was opened (ms). */
  heardAtMs: number | null;
  turnedAtMs: number | null;
  openedAtMs: number;
  /** Server clock minus this browser's, ms: the largest seen, since delay only makes it smaller. */
  clockOffsetMs: number | null;
}

export const NOTHING_YET: LiveState = {
  n: null,
  view: null,
  worker: null,
  beat: null,
  heardAtMs: null,
  turnedAtMs: null,
  openedAtMs: 0,
  clockOffsetMs: null,
};

export interface Applied {
  state: LiveState;
  /** The stream cannot be trusted any more: open a new one. */
  resync: boolean;
}

/** A new stream starts: what was shown stays (and ages) until its snapshot is there. */
export function opened(state: LiveState, nowMs: number): LiveState {
  return { ...state, n: null, openedAtMs: nowMs, clockOffsetMs: null };
}

function beaten(state: LiveState, beat: Beat, nowMs: number): LiveState {
  const offset = beat.atHostMs - nowMs;
  return {
    ...state,
    beat,
    heardAtMs: nowMs,
    clockOffsetMs: state.clockOffsetMs === null ? offset : Math.max(state.clockOffsetMs, offset),
  };
}

/** @param nowMs this browser's clock */
export function apply(state: LiveState, message: LiveMessage, nowMs: number): Applied {
  switch (message.kind) {
    case 'beat':
      return { state: beaten(state, message, nowMs), resync: false };
    case 'snapshot':
      return {
        state: {
          ...state,
          n: message.n,
          view: message.view,
          worker: message.worker,
          heardAtMs: nowMs,
          turnedAtMs: nowMs,
        },
        resync: false,
      };
    case 'frame': {
      if (state.n !== null && message.n <= state.n) return { state, resync: false };
      if (state.n === null || state.view === null || message.n !== state.n + 1) {
        return { state: { ...state, n: null }, resync: true };
      }
      return {
        state: {
          ...state,
          n: message.n,
          view: { ...state.view, ...message.set },
          worker: message.worker ?? state.worker,
          heardAtMs: nowMs,
          turnedAtMs: nowMs,
        },
        resync: false,
      };
    }
  }
}
