/** Requests that are lost, late or refused, in IB's manners. */
import { EventName } from '@stoqey/ib';
import { describe, expect, it } from 'vitest';
import { ES } from '../../testing/market';
import { stage } from '../../testing/stage';
import { bracket, buyLimit } from '../../testing/tickets';
import { allHeard, orderWords, spoil } from '../testing/drill';

const { open, terminal, raw } = stage();

async function clientUnder(...faults: string[]) {
  const gateway = await open();
  const client = await terminal(gateway, 1);
  const fault = spoil(gateway, ...faults);
  return { gateway, client, fault };
}

it('a lost order never reaches the exchange, and nothing is said', async () => {
  const { gateway, client } = await clientUnder('lostOrders');
  client.api.placeOrder(1, ES, buyLimit(5990));
  await allHeard(client);
  expect(orderWords(client)).toEqual([]);
  expect(gateway.exchange.openOrders('all')).toEqual([]);
});

it('a lost cancel leaves the order working', async () => {
  const { gateway, client } = await clientUnder('lostCancels');
  client.api.placeOrder(1, ES, buyLimit(5990));
  client.api.cancelOrder(1);
  await allHeard(client);
  expect(gateway.exchange.openOrders(1)).toMatchObject([{ orderId: 1, status: 'Submitted' }]);
});

it('a cancel that is answered with 10147 leaves the order working', async () => {
  const { gateway, client } = await clientUnder('unknownCancels');
  client.api.placeOrder(1, ES, buyLimit(5990));
  client.api.cancelOrder(1);
  await client.hears(EventName.error, undefined, 10147, 1);
  expect(gateway.exchange.openOrders(1)).toMatchObject([{ orderId: 1, status: 'Submitted' }]);
});

it('a lost question has no answer', async () => {
  const { gateway, client, fault } = await clientUnder('lostAnswers');
  client.api.reqOpenOrders();
  client.api.placeOrder(1, ES, buyLimit(5990));
  await client.hears(EventName.orderStatus, 1, 'Submitted');
  gateway.faults.lift(fault);
  await allHeard(client);
  expect(client.all(EventName.openOrderEnd)).toEqual([]);
});

it('a change is refused with 2102, and the order is as it was', async () => {
  const { gateway, client } = await clientUnder('refusedChanges');
  client.api.placeOrder(1, ES, buyLimit(5990));
  client.api.placeOrder(1, ES, buyLimit(5980));
  await client.hears(EventName.error, undefined, 2102, 1);
  expect(gateway.exchange.openOrders(1)).toMatchObject([{ orderId: 1, lmtPrice: 5990 }]);
});

it('slow requests arrive later, in their order', async () => {
  const { gateway, client } = await clientUnder('slowRequests 30');
  client.api.placeOrder(1, ES, buyLimit(5990));
  client.api.cancelOrder(1);
  expect(gateway.exchange.openOrders(1)).toEqual([]);
  await client.hears(EventName.error, undefined, 202, 1);
});

describe('the next order is refused', () => {
  it.each([
    ['statusFirst', ['orderStatus Inactive', 'error 201']],
    ['errorFirst', ['error 201', 'orderStatus Inactive']],
    ['errorOnly', ['error 201']],
    ['apiCancelled', ['orderStatus ApiCancelled']],
    ['inactiveSilently', ['orderStatus Inactive']],
  ])('%s, and the one after is not', async (manner, words) => {
    const { gateway, client } = await clientUnder(`rejectNext 201 ${manner}`);
    client.api.placeOrder(1, ES, buyLimit(5990));
    await allHeard(client);
    const said = client.heard.filter(([name]) => name === EventName.orderStatus || name === EventName.error);
    expect(said.map(([name, , value]) => `${name} ${value}`)).toEqual(words);
    client.api.placeOrder(2, ES, buyLimit(5990));
    await client.hears(EventName.orderStatus, 2, 'Submitted');
    expect(gateway.faults.standing()).toEqual([]);
  });

  it('the stop of a bracket alone: its family lives on, and nobody says why it may', async () => {
    const { gateway, client } = await clientUnder('rejectNext code=201 orderRef=stop');
    for (const [id, order] of bracket(1, { target: 6010, stop: 5990 })) client.api.placeOrder(id, ES, order);
    await client.hears(EventName.orderStatus, 2, 'Submitted');
    await allHeard(client);
    expect(client.all(EventName.error).map(([, code, id]) => [code, id])).toEqual([[201, 3]]);
    expect(gateway.exchange.openOrders(1)).toMatchObject([{ orderId: 2 }]);
  });
});

it('too many messages, it is said: 100 for each, and the third is the last', async () => {
  const gateway = await open();
  const client = await raw(gateway);
  await client.start(1);
  await client.until('4', '2', '-1', '2158');
  spoil(gateway, 'pacingViolation');
  for (const _ of [1, 2, 3]) client.send(49, 1);
  const codes = [await client.next(), await client.next(), await client.next()].map((frame) => frame?.[3]);
  expect(codes).toEqual(['100', '100', '100']);
  expect(await client.next()).toBeUndefined();
});
