/**
 * One connection as its parts see it: a fresh IBApi (the client's command buffer and rate limiter outlive a disconnect and would send
 * stale orders later), listeners that cannot throw into its socket, and request ids that never meet order ids.
 *
 * Pacing: IB allows 50 messages a second. The client's limiter has five slots, each free again 100 ms after its use, and a first-in
 * first-out queue behind them: it delays, and never reorders or loses while the connection stands. Questions go through a pacer, one
 * every 100 ms, and take one slot; a heartbeat takes another now and then: three are always left for the legs of a bracket or for cancels.
 * In a longer burst of orders the later ones wait their turn; of a bracket cut in two, the part without the stop is not transmitted.
 */
import { Socket } from 'node:net';
import type { BrokerEvent } from '../../engine/model/event';
import type { IbClient, IbSettings } from './options';
import { createPacer } from './pacer';

const FIRST_REQUEST_ID = 1_000_000_000;

export interface Wire {
  readonly api: IbClient;
  readonly settings: IbSettings;
  /** Says nothing once the wire is closed: what a dead connection still delivers is told again by the next one. */
  emit(event: BrokerEvent): void;
  /** A listener that is deaf once the wire is closed, and whose exceptions end here. */
  guard<A extends readonly unknown[]>(listener: (...args: A) => void): (...args: A) => void;
  /** @param subject what the request is about, in the words of a notice: `bars of ES`. */
  requestId(subject: string): number;
  /** What a request of ours was about; undefined for order ids. */
  subjectOf(requestId: number): string | undefined;
  /** Sends a question about the account or its contracts when its turn comes. */
  ask(send: () => void): void;
  /** Sends a request for market data when no other question waits. */
  askMarket(send: () => void): void;
  readonly closed: boolean;
  close(): void;
}

export function createWire(settings: IbSettings, emit: (event: BrokerEvent) => void): Wire {
  const { host, port, clientId } = settings;
  const api = settings.newClient({ host, port, clientId });
  const pacer = createPacer(settings.clock, settings.questionMs);
  const subjects = new Map<number, string>();
  let nextRequestId = FIRST_REQUEST_ID;
  let closed = false;

  function guard<A extends readonly unknown[]>(listener: (...args: A) => void): (...args: A) => void {
    return (...args) => {
      if (closed) return;
      try {
        listener(...args);
      } catch (error) {
        settings.log.error(
          { err: error },
          'A callback of the broker or a question to it could not be handled.',
        );
      }
    };
  }

  return {
    api,
    settings,
    emit: (event) => {
      if (!closed) emit(event);
    },
    guard,
    requestId: (subject) => {
      const requestId = nextRequestId++;
      subjects.set(requestId, subject);
      return requestId;
    },
    subjectOf: (requestId) => subjects.get(requestId),
    ask: (send) => pacer.ask(guard(send)),
    askMarket: (send) => pacer.askMarket(guard(send)),
    get closed() {
      return closed;
    },
    close: () => {
      closed = true;
      pacer.close();
    },
  };
}

/**
 * Nagle's algorithm holds the second leg of a bracket back for 40 ms; the client offers no switch, so its private socket is reached for.
 * @returns false when the client's insides are no longer what they were: orders still go out, only later.
 */
export function sendWithoutDelay(api: IbClient): boolean {
  let inside: unknown = api;
  for (const field of ['controller', 'socket', 'client']) {
    if (typeof inside !== 'object' || inside === null) return false;
    inside = Reflect.get(inside, field);
  }
  if (!(inside instanceof Socket)) return false;
  inside.setNoDelay(true);
  return true;
}
