/** Reports that are not what they should be, prices that are none, and what IB does on its own. */
import { EventName } from '@stoqey/ib';
import { describe, expect, it } from 'vitest';
import { ES, MINUTE, TAPE_START, tapeOf } from '../../testing/market';
import { stage } from '../../testing/stage';
import { numberIn } from '../../testing/terminal';
import { buyLimit, buyMarket } from '../../testing/tickets';
import { allHeard, spoil } from '../testing/drill';

const { open, terminal } = stage();

describe('a report', () => {
  it('says it is complete, and an order is missing with its status', async () => {
    const gateway = await open();
    const client = await terminal(gateway, 1);
    client.api.placeOrder(1, ES, buyLimit(5990));
    await client.hears(EventName.orderStatus, 1, 'Submitted');
    spoil(gateway, 'missingOrders');
    client.forget();
    client.api.reqAllOpenOrders();
    await client.hears(EventName.openOrderEnd);
    expect(client.heard.map(([name]) => name)).toEqual(['openOrderEnd']);
  });

  it('tells positions as they were', async () => {
    const gateway = await open();
    const client = await terminal(gateway, 1);
    spoil(gateway, 'stalePositions 60000');
    client.api.placeOrder(1, ES, buyMarket());
    await client.hears(EventName.orderStatus, 1, 'Filled');
    client.api.reqPositions();
    await client.hears(EventName.positionEnd);
    expect(client.all(EventName.position)).toEqual([]);
    gateway.faults.liftAll();
    client.forget();
    client.api.reqPositions();
    await client.hears(EventName.positionEnd);
    expect(client.all(EventName.position)).toHaveLength(1);
  });
});

describe('IB on its own', () => {
  it('cancels an order of a client', async () => {
    const gateway = await open();
    const client = await terminal(gateway, 1);
    for (const id of [1, 2]) client.api.placeOrder(id, ES, buyLimit(5990));
    await client.hears(EventName.orderStatus, 2, 'Submitted');
    spoil(gateway, 'cancelledByBroker 1');
    await client.hears(EventName.error, undefined, 202, 1);
    expect(gateway.exchange.openOrders(1)).toMatchObject([{ orderId: 2 }]);
    spoil(gateway, 'cancelledByBroker');
    await client.hears(EventName.error, undefined, 202, 2);
  });

  it('forgets the executions of the day at midnight', async () => {
    const gateway = await open();
    const client = await terminal(gateway, 1);
    client.api.placeOrder(1, ES, buyMarket());
    await client.hears(EventName.commissionReport);
    spoil(gateway, 'midnightRollover');
    client.forget();
    client.api.reqExecutions(5, {});
    await client.hears(EventName.execDetailsEnd, 5);
    expect(client.all(EventName.execDetails)).toEqual([]);
  });

  it('corrects the price of an execution, live and in every report from then on', async () => {
    const gateway = await open();
    const client = await terminal(gateway, 1);
    client.api.placeOrder(1, ES, buyMarket());
    await client.hears(EventName.commissionReport);
    spoil(gateway, 'correctedExecution 2');
    client.api.reqExecutions(5, {});
    await client.hears(EventName.execDetailsEnd, 5);
    const [first, ...later] = client.all(EventName.execDetails).map(([, , execution]) => execution);
    const price = numberIn(first, 'price');
    expect(later.map((execution) => numberIn(execution, 'price'))).toEqual([price + 0.5, price + 0.5]);
    expect(later).toMatchObject([
      { execId: expect.stringMatching(/\.02$/) },
      { execId: expect.stringMatching(/\.02$/) },
    ]);
  });
});

describe('prices', () => {
  const rising = tapeOf([6000, 6000, 6000, 6000], [6000, 6012, 6000, 6010]);

  async function watchingUnder(fault: string) {
    const gateway = await open({ market: rising, quoteIntervalMs: 1 });
    const client = await terminal(gateway, 1);
    client.api.reqMktData(10, ES, '', false, false);
    await client.hears(EventName.tickPrice, 10);
    const id = spoil(gateway, fault);
    client.forget();
    gateway.advanceTo(TAPE_START + MINUTE + 30_000);
    return { gateway, client, id };
  }

  it('stand still, and go on', async () => {
    const { gateway, client, id } = await watchingUnder('frozenQuotes');
    for (const _ of [1, 2, 3]) await allHeard(client);
    expect(client.all(EventName.tickPrice)).toEqual([]);
    gateway.faults.lift(id);
    gateway.advanceTo(TAPE_START + 2 * MINUTE);
    await client.hears(EventName.tickPrice, 10);
  });

  it('come late', async () => {
    const { client } = await watchingUnder('staleQuotes 40');
    await allHeard(client);
    expect(client.all(EventName.tickPrice)).toEqual([]);
    await client.hears(EventName.tickPrice, 10);
  });

  it('are no prices', async () => {
    const { client } = await watchingUnder('nonsenseQuotes share=1');
    await client.hears(EventName.tickPrice, 10);
    await allHeard(client);
    const prices = client.all(EventName.tickPrice).map(([, , price]) => Number(price));
    expect(prices.filter((price) => price > 0 && Number.isInteger(price * 4))).toEqual([]);
  });
});
