/** Connections that are cut, silent, stalled, slow, refused, moved. */
import { connect } from 'node:net';
import { EventName } from '@stoqey/ib';
import { expect, it } from 'vitest';
import { ES } from '../../testing/market';
import { RawClient } from '../../testing/raw-client';
import { stage } from '../../testing/stage';
import { buyLimit, buyMarket } from '../../testing/tickets';
import { allHeard, spoil } from '../testing/drill';

const { open, terminal, raw } = stage();

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

it('dropTcp cuts who is connected, and nobody who comes after', async () => {
  const gateway = await open();
  const before = await terminal(gateway, 1);
  spoil(gateway, 'dropTcp');
  await before.hears(EventName.disconnected);
  await allHeard(await terminal(gateway, 1));
});

it('dropTcp of one client leaves the other', async () => {
  const gateway = await open();
  const [first, second] = [await terminal(gateway, 1), await terminal(gateway, 2)];
  spoil(gateway, 'dropTcp client=1');
  await first.hears(EventName.disconnected);
  await allHeard(second);
});

it('halfOpen takes a connection and answers nothing; when it ends the line is gone', async () => {
  const gateway = await open();
  const silent = spoil(gateway, 'halfOpen');
  const client = await raw(gateway);
  client.offer('v157..178');
  gateway.faults.lift(silent);
  expect(await client.next()).toBeUndefined();
});

it('halfOpen swallows what a client that was ready sends', async () => {
  const gateway = await open();
  const client = await terminal(gateway, 1);
  const silent = spoil(gateway, 'halfOpen');
  client.api.placeOrder(1, ES, buyLimit(5990));
  client.api.reqOpenOrders();
  gateway.faults.lift(silent);
  await client.hears(EventName.disconnected);
  expect(client.all(EventName.openOrderEnd)).toEqual([]);
});

it('a stall holds everything, then delivers it in its order', async () => {
  const gateway = await open();
  const client = await raw(gateway);
  await client.start(1);
  await client.until('4', '2', '-1', '2158');
  const stalled = spoil(gateway, 'stall');
  for (const message of [49, 5]) client.send(message, 1);
  await expect.poll(() => gateway.faults.standing()).toMatchObject([{ held: 2 }]);
  gateway.faults.lift(stalled);
  expect((await client.until('53')).map(([id]) => id)).toEqual(['49', '53']);
});

it('slowLoris: one byte a write, and a real client understands all of it', async () => {
  const gateway = await open();
  spoil(gateway, 'slowLoris');
  const client = await terminal(gateway, 1);
  client.api.placeOrder(1, ES, buyMarket());
  await client.hears(EventName.orderStatus, 1, 'Filled');
  await client.hears(EventName.commissionReport);
});

it('slowLoris over: what still waits goes at once, before what follows', async () => {
  const gateway = await open();
  const slow = spoil(gateway, 'slowLoris gapMs=1000');
  const client = await raw(gateway);
  client.offer('v157..178');
  client.send(71, 2, 1, '');
  await expect.poll(() => gateway.faults.standing()).toMatchObject([{ held: 1 }]);
  gateway.faults.lift(slow);
  client.send(49, 1);
  await client.until('49');
});

it('refuseConnects: nobody listens, until it ends', async () => {
  const gateway = await open();
  const inside = await terminal(gateway, 1);
  const shut = spoil(gateway, 'refuseConnects');
  expect(await answers(gateway.port)).toBe(false);
  await allHeard(inside);
  gateway.faults.lift(shut);
  expect(await answers(gateway.port)).toBe(true);
});

it('portReset says 1300, cuts the connection, and listens at the new port', async () => {
  const gateway = await open();
  const client = await terminal(gateway, 1);
  const elsewhere = await open();
  const port = elsewhere.port;
  await elsewhere.close();
  spoil(gateway, `portReset ${port}`);
  await client.hears(EventName.info, undefined, 1300);
  await client.hears(EventName.disconnected);
  expect(gateway.port).toBe(port);
  await allHeard(await terminal(gateway, 1));
});

it('a restart cuts everybody and is back after a while, with the orders at IB', async () => {
  const gateway = await open();
  const before = await terminal(gateway, 1);
  before.api.placeOrder(1, ES, buyLimit(5990));
  await before.hears(EventName.orderStatus, 1, 'Submitted');
  spoil(gateway, 'restart downMs=30');
  await before.hears(EventName.disconnected);
  expect(await answers(gateway.port)).toBe(false);
  while (!(await answers(gateway.port)));
  const after = await terminal(gateway, 1);
  expect(after.all(EventName.openOrder).map(([id]) => id)).toEqual([1]);
});

it('a restart that keeps no orders says nothing of those that are gone', async () => {
  const gateway = await open();
  const before = await terminal(gateway, 1);
  before.api.placeOrder(1, ES, buyLimit(5990));
  await before.hears(EventName.orderStatus, 1, 'Submitted');
  spoil(gateway, 'restart keepOrders=false downMs=0');
  await before.hears(EventName.disconnected);
  while (!(await answers(gateway.port)));
  const after = await terminal(gateway, 1);
  await allHeard(after);
  expect(after.all(EventName.openOrder)).toEqual([]);
  expect(before.all(EventName.error)).toEqual([]);
});

it('nothing is left behind when the gateway closes in the middle of it', async () => {
  const gateway = await open();
  spoil(gateway, 'restart downMs=60000', 'halfOpen');
  const client = await RawClient.connected(gateway.port).catch(() => undefined);
  expect(client).toBeUndefined();
  await gateway.close();
});
