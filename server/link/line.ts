/** One line to the worker, kept open: dialled again with backoff whenever it is lost. Nothing that is said while it is down is kept for later. */
import type { WebSocket } from 'ws';
import { dial } from './dial';
import { WorkerUnreachable } from './errors';
import type { LinkReply, LinkRequest } from './protocol';

/** Silence for a second and a half, looked for every half second: a dead worker is noticed within two. */
export const BEAT_MS = 500;
export const SILENCE_MS_MAX = 1_500;
const BACKOFF_MS = { first: 100, most: 1_000 };

export interface LinkStatus {
  connected: boolean;
  /** When the worker was last heard of (host time, ms); null when never. */
  lastHeardHostMs: number | null;
  /** Why it is not connected, in words; empty when it is. */
  detail: string;
}

export interface LineOptions {
  /** Where the worker listens, e.g. `ws://127.0.0.1:4010`. */
  url: string;
  /** Read anew for each attempt. @throws Error in words when there is none. */
  key(): string;
  opened(): void;
  heard(reply: LinkReply): void;
  lost(why: string): void;
  beatMs?: number;
  silenceMsMax?: number;
}

export interface Line {
  status(): LinkStatus;
  /** Resolves when the line is open; waits for an attempt that is under way, and for nothing else. @throws WorkerUnreachable */
  ready(): Promise<void>;
  send(request: LinkRequest): void;
  /** Gives the connection up; the line is dialled again. */
  hangUp(): void;
  close(): void;
}

export function openLine(options: LineOptions): Line {
  const { url, key, heard, beatMs = BEAT_MS, silenceMsMax = SILENCE_MS_MAX } = options;
  let phase: 'dialling' | 'open' | 'down' | 'closed' = 'down';
  let detail = '';
  let lastHeardHostMs: number | null = null;
  let socket: WebSocket | null = null;
  let redial: NodeJS.Timeout | null = null;
  let pauseMs = BACKOFF_MS.first;
  const waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];

  function attempt() {
    phase = 'dialling';
    const alive = () => {
      lastHeardHostMs = Date.now();
    };
    try {
      socket = dial({ url, key: key(), beatMs, silenceMsMax, opened, alive, heard, ended });
    } catch (error) {
      ended(error instanceof Error ? error.message : String(error));
    }
  }

  function opened() {
    phase = 'open';
    detail = '';
    pauseMs = BACKOFF_MS.first;
    for (const { resolve } of waiting.splice(0)) resolve();
    options.opened();
  }

  function ended(why: string) {
    socket = null;
    if (phase === 'closed') return;
    phase = 'down';
    detail = why;
    for (const { reject } of waiting.splice(0)) reject(new WorkerUnreachable(why));
    options.lost(why);
    redial = setTimeout(attempt, pauseMs);
    pauseMs = Math.min(BACKOFF_MS.most, pauseMs * 2);
  }

  attempt();
  return {
    status: () => ({ connected: phase === 'open', lastHeardHostMs, detail }),
    ready() {
      if (phase === 'open') return Promise.resolve();
      if (phase !== 'dialling') return Promise.reject(new WorkerUnreachable(detail));
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    send: (request) => socket?.send(JSON.stringify(request)),
    hangUp: () => socket?.terminate(),
    close() {
      phase = 'closed';
      detail = 'The link was closed here.';
      if (redial) clearTimeout(redial);
      for (const { reject } of waiting.splice(0)) reject(new WorkerUnreachable(detail));
      socket?.terminate();
    },
  };
}
