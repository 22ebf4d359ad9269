/**
 * IB's client as it comes, without any of our precautions: what shows that a danger is still there. Either on a socket, or (for what it does
 * with bytes) fed by hand, so that what it throws can be caught.
 */
import { EventName, IBApi, type IBApiCreationOptions } from '@stoqey/ib';
import { type Fields, frameOf } from './scripted-gateway';

/** One callback: its name, then its arguments. */
export type Heard = readonly [name: string, ...args: unknown[]];

export interface BareClient {
  api: IBApi;
  heard: Heard[];
  /** Arguments of all callbacks of that name. */
  all(name: EventName): unknown[][];
  /** Resolves at the next one. */
  next(name: EventName): Promise<void>;
}

export function bareClient(port: number, options: IBApiCreationOptions = {}): BareClient {
  const api = new IBApi({ host: '127.0.0.1', port, clientId: 17, ...options });
  const heard: Heard[] = [];
  api.on(EventName.all, (name: string, args: unknown[]) => {
    if (name !== EventName.received && name !== EventName.sent) heard.push([name, ...args]);
  });
  api.on(EventName.error, () => undefined);
  return {
    api,
    heard,
    all: (name) => heard.filter(([heardName]) => heardName === name).map(([, ...args]) => args),
    next: (name) =>
      new Promise((resolve) => {
        const before = heard.length;
        const look = () => {
          if (!heard.slice(before).some(([heardName]) => heardName === name)) return;
          api.removeListener(EventName.all, look);
          resolve();
        };
        api.on(EventName.all, look);
      }),
  };
}

export interface FedClient extends BareClient {
  /** As if these messages had come in one TCP segment. @throws what the client throws into its socket. */
  hear(...messages: readonly Fields[]): void;
}

/** Past its handshake, without a socket. */
export function fedClient(serverVersion = 178): FedClient {
  const client = bareClient(0);
  const { socket } = (client.api as unknown as { controller: { socket: { onData(bytes: Buffer): void } } })
    .controller;
  const hear = (...messages: readonly Fields[]) => socket.onData(Buffer.concat(messages.map(frameOf)));
  hear([serverVersion, '20251212 08:45:00 US/Central']);
  return { ...client, hear };
}
