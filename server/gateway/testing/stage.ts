/** Sets a test's scene: a gateway whose clock only the test moves, and real clients; all of it is gone after the test. */
import { afterEach } from 'vitest';
import { type Gateway, type GatewayOptions, startGateway } from '../gateway';
import { TAPE_START, tapeOf } from './market';
import { RawClient } from './raw-client';
import { Terminal } from './terminal';

export interface Stage {
  open(options?: Partial<GatewayOptions>): Promise<Gateway>;
  /** A real client that is ready. */
  terminal(gateway: Gateway, clientId: number): Promise<Terminal>;
  /** A socket that speaks frame by frame, for what a real client would never send. */
  raw(gateway: Gateway): Promise<RawClient>;
}

/** Call once at the top of a test file. */
export function stage(): Stage {
  const clients: { close(): void }[] = [];
  const gateways: Gateway[] = [];
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
  });
  return {
    open: async (options) => {
      const market = tapeOf([6000, 6000, 6000, 6000]);
      const gateway = await startGateway({ port: 0, market, startTs: TAPE_START, speed: 0, ...options });
      gateway.advanceTo(gateway.exchange.now + 1);
      gateways.push(gateway);
      return gateway;
    },
    terminal: async ({ port }, clientId) => {
      const terminal = new Terminal(port, clientId);
      clients.push(terminal);
      return terminal.ready();
    },
    raw: async ({ port }) => {
      const client = await RawClient.connected(port);
      clients.push(client);
      return client;
    },
  };
}
