/** A connection bounds what a silent peer may cost. What it says in a normal life is tested with real clients. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { RawClient } from '../testing/raw-client';
import { Connection } from './connection';

const MEGABYTE = 'x'.repeat(1 << 20);
let flooding: NodeJS.Immediate | undefined;
const settings = { versionCeiling: 178, connectionTime: () => '20251112 08:45:00 US/Central' };

it('cuts off a client that does not read, once too much waits for it', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const arrival = once(server, 'connection');
  const client = await RawClient.connected((server.address() as AddressInfo).port);
  const [socket] = await arrival;
  const connection = new Connection(socket, settings);
  const end = new Promise<string>((closed) => {
    const flood = () => {
      connection.send([4, 2, -1, 2100, MEGABYTE, '']);
      flooding = setImmediate(flood);
    };
    connection.listen({ started: flood, requested: () => undefined, closed });
  });

  client.offer('v178');
  await client.next();
  client.pause();
  client.send(71, 2, 5, '');
  expect(await end).toBe('the client does not read');
  clearImmediate(flooding);
  client.close();
  server.close();
});
