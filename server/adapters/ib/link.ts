/**
 * Keeps one connection alive for ever: opens it, says what became of it, and opens the next one after a pause that grows.
 * Every attempt ends in `BrokerConnected` or `BrokerDisconnected`; what is refused for safety is not tried again.
 */
import { EventName } from '@stoqey/ib';
import type { BrokerEvent } from '../../engine/model/event';
import type { Cancel } from '../../ports';
import { backoffMs } from './backoff';
import { type Connection, openConnection, type Session } from './connection';
import type { Beat } from './heartbeat';
import { refusalOfPort } from './live-guard';
import type { IbSettings } from './options';
import { createWire, type Wire } from './wire';

/** What is done on one connection, once it is ready and again whenever IB's servers are back. */
export interface Desk {
  ready(session: Session, data: 'fresh' | 'kept'): void;
  /** The gateway answered a heartbeat. */
  beat(): void;
  /** A message was lost: answers that are being collected may lack a row. */
  unreadable(text: string): void;
  close(): void;
}

export interface Link<D extends Desk> {
  start(): void;
  /** The desk of the connection that can send now, or why there is none. */
  current(): { desk: D } | { desk: null; why: string };
  /** Resolves when the socket is closed. */
  stop(): Promise<void>;
}

interface Attempt<D extends Desk> {
  wire: Wire;
  desk: D;
  connection: Connection;
}

/** @param openDesk attaches its listeners; called before the connection is opened. */
export function createLink<D extends Desk>(
  settings: IbSettings,
  emit: (event: BrokerEvent) => void,
  on: { openDesk(wire: Wire): D; beat(beat: Beat): void },
): Link<D> {
  let attempt: Attempt<D> | null = null;
  /** In a row: a session that did not last counts as one, or a gateway that hangs up at once would be called four times a second. */
  let failures = 0;
  let readyHostMs = Number.POSITIVE_INFINITY;
  let attempts = 0;
  let why = 'first start';
  let stopWaiting: Cancel | undefined;

  function start(): void {
    const refusal = refusalOfPort(settings.port, settings.armedLiveAccount);
    if (refusal === null) open();
    else disconnected(refusal);
  }

  function disconnected(because: string): void {
    why = because;
    settings.log.warn({ port: settings.port }, because);
    emit({ type: 'BrokerDisconnected', why });
  }

  function open(): void {
    attempts += 1;
    emit({ type: 'BrokerConnecting', attempt: attempts, why });
    const wire = createWire(settings, emit);
    const desk = on.openDesk(wire);
    const connection = openConnection(wire, {
      ready: (session, data) => {
        readyHostMs = settings.clock.now().hostMs;
        attempts = 0;
        wire.emit({
          type: 'BrokerConnected',
          account: session.account,
          clientId: settings.clientId,
          serverVersion: session.serverVersion,
          paper: session.paper,
        });
        desk.ready(session, data);
      },
      beat: (beat) => {
        on.beat(beat);
        desk.beat();
      },
      unreadable: (text) => {
        settings.log.error({}, text);
        desk.unreadable(text);
        wire.emit({ type: 'BrokerMessageLost', text });
      },
      cut: disconnected,
      refused: (because) => {
        void end();
        disconnected(because);
      },
      lost: (because) => {
        void end();
        disconnected(because);
        failures = settings.clock.now().hostMs - readyHostMs >= settings.backoffMostMs ? 1 : failures + 1;
        readyHostMs = Number.POSITIVE_INFINITY;
        const span = { firstMs: settings.backoffFirstMs, mostMs: settings.backoffMostMs };
        stopWaiting = settings.clock.after(backoffMs(failures, span, settings.chance()), open);
      },
    });
    attempt = { wire, desk, connection };
  }

  /** Silences the connection first, so that nothing it still delivers is taken for news, then closes its socket. */
  function end(): Promise<void> {
    if (attempt === null) return Promise.resolve();
    const { wire, desk, connection } = attempt;
    attempt = null;
    wire.close();
    desk.close();
    return new Promise((resolve) => {
      wire.api.once(EventName.disconnected, () => resolve());
      wire.api.once(EventName.info, () => resolve());
      connection.close();
    });
  }

  return {
    start,
    current: () =>
      attempt?.connection.ready ? { desk: attempt.desk } : { desk: null, why: `Not connected: ${why}` },
    stop: async () => {
      stopWaiting?.();
      why = 'The connection to the broker was stopped.';
      await end();
    },
  };
}
