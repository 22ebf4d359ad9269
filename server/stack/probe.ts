/** Does a process answer? Asked again and again until it does, or until nobody waits any more. */
import net from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const EVERY_MS = 50;
const PATIENCE_MS = 2_000;

export type Probe = () => Promise<boolean>;

/** True when `url` answers with a 2xx. */
export function answers(url: string): Probe {
  return async () => {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false;
    }
  };
}

/** True when `host:port` takes a connection. */
export function accepts(host: string, port: number): Probe {
  return () =>
    new Promise((resolve) => {
      const socket = net.connect({ host, port, timeout: PATIENCE_MS });
      const done = (answer: boolean): void => {
        socket.destroy();
        resolve(answer);
      };
      socket.once('connect', () => done(true));
      socket.once('error', () => done(false));
      socket.once('timeout', () => done(false));
    });
}

/** True once `probe` says so; false when `signal` ends the waiting first. */
export async function waitFor(probe: Probe, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    if (await probe()) return !signal.aborted;
    await wait(EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
  return false;
}
