/** The client store: one live state, subscribers told of every change. Sections keep their identity until a frame replaces them. */
import type { LiveMessage } from '@/server/api/live';
import { apply, type LiveState, NOTHING_YET, opened } from './reduce';

export interface LiveStore {
  get(): LiveState;
  subscribe(listener: () => void): () => void;
  /** A new stream was opened. */
  open(nowMs: number): void;
  /** @returns true when a gap was seen and a new stream must be opened. */
  take(message: LiveMessage, nowMs: number): boolean;
}

export function createLiveStore(): LiveStore {
  let state = NOTHING_YET;
  const listeners = new Set<() => void>();
  const set = (next: LiveState) => {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  };
  return {
    get: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    open: (nowMs) => set(opened(state, nowMs)),
    take: (message, nowMs) => {
      const applied = apply(state, message, nowMs);
      set(applied.state);
      return applied.resync;
    },
  };
}
