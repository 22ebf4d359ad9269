/** The gateway without IB: 1100 and both ways back, data farms, another session. */
import { EventName } from '@stoqey/ib';
import { describe, expect, it } from 'vitest';
import { ES, MINUTE, TAPE_START, tapeOf } from '../../testing/market';
import { stage } from '../../testing/stage';
import { buyLimit } from '../../testing/tickets';
import { allHeard, spoil } from '../testing/drill';

const { open, terminal } = stage();
const rising = tapeOf([6000, 6000, 6000, 6000], [6000, 6012, 6000, 6010]);

/** A client that is told prices as fast as can be. */
async function watching() {
  const gateway = await open({ market: rising, quoteIntervalMs: 1 });
  const client = await terminal(gateway, 1);
  client.api.reqMktData(10, ES, '', false, false);
  await client.hears(EventName.tickPrice, 10);
  return { gateway, client };
}

describe('1100', () => {
  it('silences IB, not the gateway, and loses what is asked', async () => {
    const { gateway, client } = await watching();
    spoil(gateway, '1100->1102');
    await client.hears(EventName.info, undefined, 1100);
    client.forget();
    gateway.advanceTo(TAPE_START + MINUTE + 1000);
    client.api.reqOpenOrders();
    await allHeard(client);
    expect(client.heard.map(([name]) => name)).toEqual([EventName.currentTime]);
  });

  it('then 1102: orders that waited reach the exchange, prices go on', async () => {
    const { gateway, client } = await watching();
    const lost = spoil(gateway, '1100->1102');
    client.api.placeOrder(1, ES, buyLimit(5990));
    await allHeard(client);
    expect(gateway.exchange.openOrders('all')).toEqual([]);
    client.forget();
    gateway.advanceTo(TAPE_START + MINUTE + 1000);
    gateway.faults.lift(lost);
    await client.hears(EventName.info, undefined, 1102);
    await client.hears(EventName.orderStatus, 1, 'Submitted');
    await client.hears(EventName.tickPrice, 10);
  });

  it('then 1101: subscriptions are lost until they are asked for again', async () => {
    const { gateway, client } = await watching();
    gateway.faults.lift(spoil(gateway, '1100->1101'));
    await client.hears(EventName.info, undefined, 1101);
    client.forget();
    client.api.reqMktData(10, ES, '', false, false);
    await client.hears(EventName.tickPrice, 10);
    expect(client.all(EventName.error)).toEqual([]);
  });

  it('may lose the orders that waited', async () => {
    const { gateway, client } = await watching();
    const lost = spoil(gateway, '1100->1102 keepOrders=false');
    client.api.placeOrder(1, ES, buyLimit(5990));
    await allHeard(client);
    gateway.faults.lift(lost);
    await client.hears(EventName.info, undefined, 1102);
    expect(gateway.exchange.openOrders('all')).toEqual([]);
  });

  it('is the first thing that a client hears which comes meanwhile, with its account and its id', async () => {
    const gateway = await open();
    spoil(gateway, '1100->1102');
    const client = await terminal(gateway, 1);
    await client.hears(EventName.info, undefined, 1100);
    expect(client.all(EventName.info).map(([, code]) => code)).toEqual([1100]);
  });
});

it('broken farms: 2103 and 2105, no prices, 162 for history; 2104 and 2106 when they are back', async () => {
  const { gateway, client } = await watching();
  client.forget();
  const broken = spoil(gateway, 'farmsBroken');
  client.api.reqHistoricalData(11, ES, '', '1800 S', '1 min' as never, 'TRADES' as never, 1, 1, false);
  await client.hears(EventName.error, undefined, 162, 11);
  gateway.advanceTo(TAPE_START + MINUTE + 1000);
  await allHeard(client);
  expect(client.all(EventName.tickPrice)).toEqual([]);
  gateway.faults.lift(broken);
  await client.hears(EventName.info, undefined, 2106);
  expect(client.all(EventName.info).map(([, code]) => code)).toEqual([2103, 2105, 2104, 2106]);
});

it('a competing session: 10197 for each subscription, and no prices', async () => {
  const { gateway, client } = await watching();
  const other = spoil(gateway, 'competingSession');
  await client.hears(EventName.error, undefined, 10197, 10);
  client.forget();
  gateway.advanceTo(TAPE_START + 30_000);
  await allHeard(client);
  expect(client.all(EventName.tickPrice)).toEqual([]);
  gateway.faults.lift(other);
  gateway.advanceTo(TAPE_START + MINUTE + 1000);
  await client.hears(EventName.tickPrice, 10);
});
