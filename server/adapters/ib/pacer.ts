/**
 * Sends one request at a time with a pause after each: questions about the account first (trading waits for their answers), market data after.
 * Closing drops what has not been sent: it belonged to that connection.
 */
import type { Cancel, Clock } from '../../ports';

export interface Pacer {
  ask(send: () => void): void;
  askMarket(send: () => void): void;
  close(): void;
}

/** @param spacingMs pause between two requests (host time). What is asked must not throw. */
export function createPacer(clock: Pick<Clock, 'after'>, spacingMs: number): Pacer {
  const account: (() => void)[] = [];
  const market: (() => void)[] = [];
  let pause: Cancel | null = null;
  let closed = false;

  function sendNext(): void {
    const send = account.shift() ?? market.shift();
    if (send === undefined) {
      pause = null;
      return;
    }
    send();
    pause = clock.after(spacingMs, sendNext);
  }

  function enter(queue: (() => void)[], send: () => void): void {
    if (closed) return;
    queue.push(send);
    if (pause === null) sendNext();
  }

  return {
    ask: (send) => enter(account, send),
    askMarket: (send) => enter(market, send),
    close: () => {
      closed = true;
      pause?.();
    },
  };
}
