/**
 * One TCP connection, from the handshake to its loss. Ready means: next order id and managed accounts have arrived, the account may be
 * traded, and IB's servers are reachable behind the gateway. `isConnected` of the client is true long before that and means nothing here.
 */
import { EventName } from '@stoqey/ib';
import { readAlone, sendWithoutDelay } from './client';
import { type Beat, keepHeartbeat } from './heartbeat';
import { admitAccount } from './live-guard';
import { CODE } from './translate/codes';
import { farmOf } from './translate/farm';
import type { Wire } from './wire';
import {
  clientIdInUse,
  connectionClosed,
  handshakeStalled,
  messageLost,
  OLDEST_VERSION,
  portMoved,
  silent,
  tooOld,
  unreachable,
} from './words';

export interface Session {
  account: string;
  paper: boolean;
  serverVersion: number;
  nextOrderId: number;
}

export interface ConnectionHandlers {
  /** @param data `fresh`: nothing is subscribed yet or all of it was lost; `kept`: IB still sends it. */
  ready(session: Session, data: 'fresh' | 'kept'): void;
  beat(beat: Beat): void;
  /** The gateway lost IB: the socket stands, but nothing can be sent. */
  cut(why: string): void;
  lost(why: string): void;
  /** Nothing may be traded here until somebody changes a setting. */
  refused(why: string): void;
  /** What the gateway said could not be read: it may have been about an order, or a row of an answer. */
  unreadable(text: string): void;
}

export interface Connection {
  readonly ready: boolean;
  close(): void;
}

const NO_ID = -1;

/** Handlers are attached before it connects: a gateway sends this client's open orders before anything else. */
export function openConnection(wire: Wire, on: ConnectionHandlers): Connection {
  const { api, settings } = wire;
  let accounts: string | null = null;
  let nextOrderId: number | null = null;
  let session: Session | null = null;
  let upstream = true;
  let subscribed = false;
  let cause: string | null = null;

  const heartbeat = keepHeartbeat(wire, {
    beat: on.beat,
    silent: () => on.lost(silent(settings, settings.silenceMs)),
  });

  function establish(): void {
    if (session !== null || accounts === null || nextOrderId === null) return;
    stopWaiting();
    const admission = admitAccount(accounts, settings.port, settings.armedLiveAccount);
    if (!admission.admitted) {
      on.refused(admission.why);
      return;
    }
    const { account, paper } = admission;
    session = { account, paper, serverVersion: api.serverVersion, nextOrderId };
    heartbeat.begin();
    if (upstream) ready(session, 'fresh');
  }

  /** A connection that began while IB was away has subscribed nothing that IB could have kept. */
  function ready(established: Session, data: 'fresh' | 'kept'): void {
    on.ready(established, subscribed ? data : 'fresh');
    subscribed = true;
  }

  function inform(text: string, code: number): void {
    switch (code) {
      case CODE.clientIdInUse:
        cause = clientIdInUse(settings);
        return;
      case CODE.rateExceeded:
        wire.rest();
        heartbeat.askAgain();
        wire.emit({ type: 'BrokerNotice', code, text });
        return;
      case CODE.portMoved:
        cause = portMoved(settings, text);
        return;
      case CODE.upstreamLost:
      case CODE.upstreamBroken:
        if (upstream) on.cut(`${text} Nothing can be sent until IB answers again (${code}).`);
        upstream = false;
        return;
      case CODE.upstreamRestored:
      case CODE.upstreamRestoredDataLost:
        upstream = true;
        if (session !== null) ready(session, code === CODE.upstreamRestored ? 'kept' : 'fresh');
        return;
      default: {
        const farm = farmOf(code, text);
        wire.emit(farm ? { type: 'FarmReported', ...farm } : { type: 'BrokerNotice', code, text });
      }
    }
  }

  const unreadable = wire.guard((why: string) => on.unreadable(messageLost(why)));

  api.on(EventName.info, wire.guard(inform));
  api.on(
    EventName.error,
    wire.guard((error: Error, code: number, requestId: number) => {
      if (requestId !== NO_ID) return;
      if (code === CODE.connectFailed) cause = unreachable(settings, error.message);
      else if (code === CODE.versionUnsupported || code === CODE.clientTooOld) cause = error.message;
      else if (code === CODE.unreadable) unreadable(error.message);
      else wire.emit({ type: 'BrokerNotice', code, text: error.message });
    }),
  );
  api.on(
    EventName.server,
    wire.guard((version: number) => {
      if (version < OLDEST_VERSION) on.lost(tooOld(settings, version));
    }),
  );
  api.on(
    EventName.managedAccounts,
    wire.guard((list: string) => {
      accounts = list;
      establish();
    }),
  );
  api.on(
    EventName.nextValidId,
    wire.guard((orderId: number) => {
      nextOrderId = orderId;
      establish();
    }),
  );
  api.on(
    EventName.disconnected,
    wire.guard(() => on.lost(cause ?? connectionClosed(settings, session !== null))),
  );

  const stopWaiting = settings.clock.after(settings.handshakeMs, () =>
    on.lost(cause ?? handshakeStalled(settings)),
  );
  if (!readAlone(api, unreadable)) {
    settings.log.warn(
      {},
      'The decoder of the IB client was not found: a message that it cannot read ends the worker.',
    );
  }
  api.connect();
  if (!sendWithoutDelay(api)) {
    settings.log.warn({}, 'The socket of the IB client was not found: orders go out up to 40 ms later.');
  }

  return {
    get ready() {
      return session !== null && upstream && !wire.closed;
    },
    close: () => {
      stopWaiting();
      heartbeat.close();
      api.disconnect();
    },
  };
}
