/**
 * One connection as its parts see it: a fresh IBApi (the client's command buffer and rate limiter outlive a disconnect and would send
 * stale orders later), listeners that cannot throw into its socket, and request ids that never meet order ids.
 *
 * Pacing: IB allows 50 messages a second, and everything goes through the turnstile that keeps to it. Questions about the account leave at
 * once, because trading waits for their answers; requests for market data go through a pacer before that, one every 100 ms.
 */
import type { BrokerEvent } from '../../engine/model/event';
import type { IbClient, IbSettings } from './options';
import { createPacer } from './pacer';
import { createTurnstile, type Parcel } from './turnstile';

/** Order ids grow from below, request ids fall from the largest number that IB reads: they never meet. */
const FIRST_REQUEST_ID = 2_147_483_646;
const QUESTION: Parcel = { orderIds: [], urgent: false };

export interface Wire {
  readonly api: IbClient;
  readonly settings: IbSettings;
  /** Says nothing once the wire is closed: what a dead connection still delivers is told again by the next one. */
  emit(event: BrokerEvent): void;
  /** A listener that is deaf once the wire is closed, and whose exceptions end here. */
  guard<A extends readonly unknown[]>(listener: (...args: A) => void): (...args: A) => void;
  /** @param subject what the request is about, in the words of a notice: `bars of ES`. */
  requestId(subject: string): number;
  /** The request is over: of what it was about only a late error may speak now. */
  answered(requestId: number): void;
  /** What a request of ours was about; undefined for order ids. */
  subjectOf(requestId: number): string | undefined;
  /** Sends what does not wait for questions: orders, cancels, heartbeats. At once, unless IB's limit of messages is reached. */
  hand(parcel: Parcel, send: () => void): void;
  /** Takes an entry back that IB's limit still holds here. @returns false when it has left. */
  withdraw(orderId: number): boolean;
  /** IB said that it was too much (100): nothing is sent for a while. */
  rest(): void;
  /** Sends a question about the account or its contracts: at once, unless IB's limit is reached. */
  ask(send: () => void): void;
  /** Sends a request for market data when its turn comes. */
  askMarket(send: () => void): void;
  readonly closed: boolean;
  close(): void;
}

export function createWire(settings: IbSettings, emit: (event: BrokerEvent) => void): Wire {
  const { host, port, clientId } = settings;
  const api = settings.newClient({ host, port, clientId });
  const pacer = createPacer(settings.clock, settings.questionMs);
  const turnstile = createTurnstile(settings.clock);
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

  function hand(parcel: Parcel, send: () => void): void {
    if (turnstile.enter(parcel, guard(send))) send();
  }

  return {
    api,
    settings,
    emit: (event) => {
      if (!closed) emit(event);
    },
    guard,
    requestId: (subject) => {
      const requestId = nextRequestId--;
      subjects.set(requestId, subject);
      return requestId;
    },
    answered: (requestId) => void subjects.delete(requestId),
    subjectOf: (requestId) =>
      subjects.get(requestId) ?? (requestId > nextRequestId ? 'an earlier question' : undefined),
    hand,
    withdraw: turnstile.withdraw,
    rest: turnstile.rest,
    ask: guard((send: () => void) => hand(QUESTION, send)),
    askMarket: (send) => pacer.ask(guard(() => hand(QUESTION, send))),
    get closed() {
      return closed;
    },
    close: () => {
      closed = true;
      pacer.close();
      turnstile.close();
    },
  };
}
