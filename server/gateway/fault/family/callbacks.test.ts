/** Word of orders that is late, twice, out of order or lost, as a real client hears it. */
import { EventName } from '@stoqey/ib';
import { beforeEach, describe, expect, it } from 'vitest';
import { ES } from '../../testing/market';
import { stage } from '../../testing/stage';
import { numberIn, type Terminal } from '../../testing/terminal';
import { buyLimit, buyMarket } from '../../testing/tickets';
import { allHeard, orderWords, spoil } from '../testing/drill';

const { open, terminal } = stage();

/** A client whose market order has just been filled by a gateway with that fault. */
async function filledUnder(...faults: string[]): Promise<Terminal> {
  const gateway = await open();
  const client = await terminal(gateway, 1);
  spoil(gateway, ...faults);
  client.api.placeOrder(1, ES, buyMarket());
  await allHeard(client);
  return client;
}

/** What a fair gateway says of the same fill. */
let fair: string[];

beforeEach(async () => {
  fair = orderWords(await filledUnder());
});

it('lost statuses: everything else comes', async () => {
  const words = orderWords(await filledUnder('lostStatuses'));
  expect(words).toEqual(fair.filter((word) => word !== 'orderStatus'));
});

it('lost executions: a report has them', async () => {
  const client = await filledUnder('lostExecutions');
  expect(client.all(EventName.execDetails)).toEqual([]);
  client.api.reqExecutions(7, {});
  await client.hears(EventName.execDetailsEnd, 7);
  expect(client.all(EventName.execDetails)).toHaveLength(1);
});

it('lost commissions: a report has them', async () => {
  const client = await filledUnder('lostCommissions');
  expect(client.all(EventName.commissionReport)).toEqual([]);
  client.api.reqExecutions(7, {});
  await client.hears(EventName.commissionReport);
});

it('pending commissions: -1 and no result first, the charge later', async () => {
  const client = await filledUnder('pendingCommissions withinMs=40');
  await client.hears(EventName.commissionReport, undefined);
  while (client.all(EventName.commissionReport).length < 2) await client.next();
  const [first, then] = client.all(EventName.commissionReport).map(([report]) => report);
  expect(first).toMatchObject({ commission: -1, realizedPNL: undefined });
  expect(numberIn(then, 'commission')).toBeGreaterThan(0);
});

it('duplicates: each word comes twice', async () => {
  const words = orderWords(await filledUnder('duplicateCallbacks'));
  expect(words).toEqual(fair.flatMap((word) => [word, word]));
});

it('Filled before its execution, and the commission still after it', async () => {
  const client = await filledUnder('filledBeforeExecution');
  await client.hears(EventName.commissionReport);
  expect(orderWords(client).slice(-2)).toEqual(['execDetails', 'commissionReport']);
  expect(client.all(EventName.orderStatus).at(-1)?.[1]).toBe('Filled');
});

describe.each([
  ['lateExecutions withinMs=40', 'execDetails'],
  ['lateCommissions withinMs=40', 'commissionReport'],
])('%s', (fault, word) => {
  it('comes after what is asked later, and comes', async () => {
    const client = await filledUnder(fault);
    await client.hears(word);
    expect(orderWords(client).toSorted()).toEqual(fair.toSorted());
  });
});

it('an acknowledgement that takes its time: the fill is there first', async () => {
  const client = await filledUnder('delayAck 30');
  const isAck = (word: string) => word === 'openOrder' || word === 'orderStatus';
  expect(orderWords(client)).toEqual(fair.filter((word) => !isAck(word)));
  await client.hears(EventName.orderStatus, 1, 'Filled');
  expect(orderWords(client).slice(-fair.filter(isAck).length)).toEqual(fair.filter(isAck));
});

it('another order of words: all of them come, some before their turn', async () => {
  const client = await filledUnder('reorderedCallbacks withinMs=20');
  while (orderWords(client).length < fair.length) await client.next();
  expect(orderWords(client).toSorted()).toEqual(fair.toSorted());
  expect(orderWords(client)).not.toEqual(fair);
});

it('stale statuses: an old one comes again after a newer', async () => {
  const client = await filledUnder('staleStatuses withinMs=20');
  while (client.all(EventName.orderStatus).length < 4) await client.next();
  const words = client.all(EventName.orderStatus).map(([, status]) => status);
  expect(words.slice(0, 2)).toEqual(['PreSubmitted', 'Filled']);
  expect(words.slice(2)).toContain('PreSubmitted');
});

it('a fault of one client leaves the other alone', async () => {
  const gateway = await open();
  const [first, second] = [await terminal(gateway, 1), await terminal(gateway, 2)];
  spoil(gateway, 'lostStatuses client=1');
  for (const client of [first, second]) client.api.placeOrder(1, ES, buyLimit(5990));
  for (const client of [first, second]) await allHeard(client);
  expect(first.all(EventName.orderStatus)).toEqual([]);
  expect(second.all(EventName.orderStatus)).not.toEqual([]);
});
