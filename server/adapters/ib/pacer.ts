/**
 * Sends one request for market data at a time with a pause after each: so many at once would use up what IB allows in a second, and entries
 * would wait. Closing drops what has not been sent: it belonged to that connection.
 */
import type { Cancel, Clock } from '../../ports';

export interface Pacer {
  ask(send: () => void): void;
  close(): void;
}

/** @param spacingMs pause between two requests (host time). What is asked must not throw. */
export function createPacer(clock: Pick<Clock, 'after'>, spacingMs: number): Pacer {
  const queue: (() => void)[] = [];
  let pause: Cancel | null = null;
  let closed = false;

  function sendNext(): void {
    const send = queue.shift();
    if (send === undefined) {
      pause = null;
      return;
    }
    send();
    pause = clock.after(spacingMs, sendNext);
  }

  return {
    ask: (send) => {
      if (closed) return;
      queue.push(send);
      if (pause === null) sendNext();
    },
    close: () => {
      closed = true;
      pause?.();
    },
  };
}
