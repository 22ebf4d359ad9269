/** Several clients at one gateway: what the master hears, and whose executions a client gets. */
import { EventName } from '@stoqey/ib';
import { describe, expect, it } from 'vitest';
import { CLIENTS_MAX } from './session/clients';
import { ES } from './testing/market';
import { FIELD, pythonOrder } from './testing/python-client';
import { stage } from './testing/stage';
import { buyLimit, buyMarket } from './testing/tickets';

const { open, terminal, raw } = stage();

describe('the master client', () => {
  it('hears of the orders and executions of all others as they happen, but not of their errors', async () => {
    const gateway = await open({ rules: { masterClientId: 9 } });
    const [master, stranger, trader] = [
      await terminal(gateway, 9),
      await terminal(gateway, 2),
      await terminal(gateway, 1),
    ];
    for (const client of [master, stranger, trader]) client.forget();
    trader.api.placeOrder(1, ES, buyMarket());
    trader.api.placeOrder(2, ES, buyLimit(5990));
    trader.api.cancelOrder(2);
    await trader.hears(EventName.error, undefined, 202, 2);
    await master.hears(EventName.orderStatus, 2, 'Cancelled');
    expect(master.heard.map(([name, id]) => [name, id])).toEqual(
      trader.heard.filter(([name]) => name !== 'error').map(([name, id]) => [name, id]),
    );
    expect(stranger.heard.filter(([name]) => name !== 'info')).toEqual([]);
  });

  it('gets everybody’s executions; another client gets its own, unless all are told to all', async () => {
    const counts = async (rules: object) => {
      const gateway = await open({ rules });
      const owner = await terminal(gateway, 5);
      owner.api.placeOrder(1, ES, buyMarket());
      await owner.hears(EventName.commissionReport);
      const asked = async (clientId: number) => {
        const client = await raw(gateway);
        await client.start(clientId);
        client.send(7, 3, 1, 0, '', '', '', '', '', '');
        return (await client.until('55')).filter(([id]) => id === '11').length;
      };
      return [await asked(0), await asked(6), await asked(9)];
    };
    expect(await counts({ masterClientId: 9 })).toEqual([0, 0, 1]);
    expect(await counts({ executionsOf: 'all' })).toEqual([1, 1, 1]);
  });
});

describe('an order placed by hand in TWS', () => {
  const byHand = { action: 'BUY', totalQuantity: 1, orderType: 'LMT', lmtPrice: 5990 } as const;
  const contract = { symbol: 'ES' };

  it('is shown to all who ask for all orders, without an id; client 0 binds it by asking for its own', async () => {
    const gateway = await open();
    const [owner, other] = [await terminal(gateway, 0), await terminal(gateway, 2)];
    gateway.placeByHand({ ...byHand, contract });
    other.api.reqAllOpenOrders();
    await other.hears(EventName.openOrder, 0);
    owner.api.reqAllOpenOrders();
    await owner.hears(EventName.openOrderEnd);
    owner.forget();
    owner.api.reqOpenOrders();
    await owner.hears(EventName.openOrderEnd);
    expect(owner.heard.map(([name, ...args]) => [name, args[name === 'orderBound' ? 2 : 0]])).toEqual([
      ['orderBound', -2],
      ['openOrder', -2],
      ['orderStatus', -2],
      ['openOrderEnd', undefined],
    ]);
    owner.api.cancelOrder(-2);
    await owner.hears(EventName.error, undefined, 202, -2);
    expect(other.all(EventName.error)).toEqual([]);
  });

  it('is client 0’s from the start when that asked to bind automatically, and no other’s', async () => {
    const gateway = await open();
    const [owner, other] = [await terminal(gateway, 0), await terminal(gateway, 2)];
    owner.api.reqAutoOpenOrders(true);
    owner.api.reqCurrentTime();
    await owner.hears(EventName.currentTime);
    gateway.placeByHand({ ...byHand, contract });
    await owner.hears(EventName.orderStatus, -2, 'Submitted');
    expect(owner.all(EventName.orderBound)).toMatchObject([[expect.any(Number), 0, -2]]);
    other.api.reqAutoOpenOrders(true);
    await other.hears(EventName.info, undefined, 327);
    expect(other.all(EventName.openOrder)).toEqual([]);
  });

  it('tells its execution to client 0 even while it is bound to nobody, and is no API order once completed', async () => {
    const gateway = await open();
    const owner = await terminal(gateway, 0);
    gateway.placeByHand({ ...byHand, contract, orderType: 'MKT' });
    await owner.hears(EventName.commissionReport);
    expect(owner.all(EventName.execDetails)).toMatchObject([
      [-1, {}, { orderId: 0, clientId: 0, shares: 1 }],
    ]);
    expect(owner.all(EventName.openOrder)).toEqual([]);
    owner.api.reqCompletedOrders(true);
    await owner.hears(EventName.completedOrdersEnd);
    expect(owner.all(EventName.completedOrder)).toEqual([]);
    owner.api.reqCompletedOrders(false);
    await owner.hears(EventName.completedOrder);
  });
});

describe('account summaries', () => {
  it('are two at a time for one client; a third is refused with 322 until one is cancelled', async () => {
    const client = await terminal(await open(), 1);
    for (const reqId of [1, 2, 3]) client.api.reqAccountSummary(reqId, 'All', 'NetLiquidation');
    await client.hears(EventName.error, undefined, 322, 3);
    client.api.cancelAccountSummary(1);
    client.api.reqAccountSummary(4, 'All', 'NetLiquidation');
    await client.hears(EventName.accountSummaryEnd, 4);
  });
});

describe('more than 50 messages in a second', () => {
  it('are served late by default', async () => {
    const client = await raw(await open());
    await client.start(1);
    for (let i = 0; i < 51; i += 1) client.send(91, 67);
    client.send(49, 1);
    expect((await client.until('49')).filter(([id]) => id === '93')).toHaveLength(51);
  });

  it('end the connection of a client whose gateway rejects them', async () => {
    const client = await raw(await open({ rules: { pacing: 'reject' } }));
    await client.start(1);
    for (let i = 0; i < 53; i += 1) client.send(91, 67);
    const said = await client.until('4', '2', '-1', '100');
    expect(said.filter(([id]) => id === '93')).toHaveLength(50);
    await client.gone();
    expect(client.closed).toBe(true);
  });

  it('are served late all the same for a client that offered +PACEAPI', async () => {
    const client = await raw(await open({ rules: { pacing: 'reject' } }));
    await client.start(1, 'v157..178 +PACEAPI');
    for (let i = 0; i < 53; i += 1) client.send(91, 67);
    client.send(49, 1);
    expect((await client.until('49')).filter(([id]) => id === '4' || id === '93').slice(3)).toHaveLength(53);
  });
});

describe('as many clients as a gateway takes', () => {
  it('trade at once: each hears its own orders and fills, all hear the one position', async () => {
    const gateway = await open({ exchange: { startingCash: 10_000_000 } });
    const clients = await Promise.all(
      Array.from({ length: CLIENTS_MAX }, async (_, clientId) => {
        const client = await raw(gateway);
        await client.start(clientId, clientId % 2 === 0 ? 'v157..178' : 'v100..193');
        client.send(61, 1);
        await client.until('62');
        return client;
      }),
    );
    for (const client of clients)
      client.send(...pythonOrder(1, { [FIELD.action]: 'BUY', [FIELD.orderType]: 'MKT' }));
    const heard = await Promise.all(clients.map((client) => client.until('61')));
    const last = `${CLIENTS_MAX}`;
    for (const [clientId, client] of clients.entries()) {
      const frames = heard[clientId] ?? [];
      while (frames.at(-1)?.[0] !== '61' || frames.at(-1)?.[14] !== last)
        frames.push(...(await client.until('61')));
      expect(frames.filter(([id]) => id === '11').map((frame) => [frame[2], frame[22]])).toEqual([
        ['1', `${clientId}`],
      ]);
      expect(frames.filter(([id]) => id === '61')).toHaveLength(CLIENTS_MAX);
    }
  });
});
