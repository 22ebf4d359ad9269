/** A client that speaks as Python's ib_async does, alone and beside @stoqey/ib on one gateway: no frame that either would not take. */
import { EventName } from '@stoqey/ib';
import { describe, expect, it } from 'vitest';
import { ES, MINUTE, TAPE_START, tapeOf } from './testing/market';
import { FIELD, PythonClient, pythonOrder } from './testing/python-client';
import { stage } from './testing/stage';
import { buyLimit } from './testing/tickets';

const { open, terminal, raw } = stage();
const UPWARD = tapeOf([6000, 6000, 6000, 6000], [6000, 6012, 6000, 6010]);
const CONTRACT = [0, 'ES', 'FUT', '202512', '0.0', '', '', 'CME', '', 'USD', '', ''];

async function python(gateway: Awaited<ReturnType<typeof open>>, clientId: number) {
  const client = new PythonClient(await raw(gateway));
  await client.start(clientId);
  return client;
}

describe('a Python client', () => {
  it.each([0, 1])(
    'as client %i gets an end to everything that it asks for at its start',
    async (clientId) => {
      const client = await python(await open(), clientId);
      expect(client.heard.filter(([id, , about]) => id === '4' && about !== '-1')).toEqual([]);
    },
  );

  it('places a bracket with zeros for all that it does not say, and hears its whole life', async () => {
    const gateway = await open({ market: UPWARD });
    const client = await python(gateway, 1);
    const { action, orderType, lmtPrice, auxPrice, tif, transmit, parentId, orderRef } = FIELD;
    const child = { [action]: 'SELL', [tif]: 'GTC', [parentId]: '1' };
    client.send(
      ...pythonOrder(1, { [action]: 'BUY', [orderType]: 'MKT', [transmit]: '0', [orderRef]: 'in' }),
    );
    client.send(...pythonOrder(2, { ...child, [orderType]: 'LMT', [lmtPrice]: '6010.0', [transmit]: '0' }));
    client.send(...pythonOrder(3, { ...child, [orderType]: 'STP', [auxPrice]: '5990.0' }));
    await client.until('3', '1', 'Filled');
    await client.until('3', '2', 'Submitted');
    gateway.advanceTo(TAPE_START + 2 * MINUTE);
    await client.until('4', '2', '3', '202');
    const target = client.heard.find(([id, orderId]) => id === '5' && orderId === '2') ?? [];
    const [parentPermId] = client.heard.filter(([id]) => id === '5').map((frame) => frame[25]);
    expect(target.slice(13, 20)).toEqual(['SELL', '1', 'LMT', '6010', '0.0', 'GTC', parentPermId]);
    expect([target[53], target[57]]).toEqual(['3', '1']);
  });

  it('takes every kind of answer: details, bars, ticks, P&L, summary, executions, completed orders', async () => {
    const gateway = await open({ market: UPWARD });
    gateway.advanceTo(TAPE_START + MINUTE / 2);
    const client = await python(gateway, 1);
    client.send(...pythonOrder(1, { [FIELD.action]: 'BUY', [FIELD.orderType]: 'MKT' }));
    await client.until('59');
    client.send(9, 8, 11, ...CONTRACT, 0, '', '', '');
    const details = await client.until('10', '11');
    client.send(1, 11, 12, ...CONTRACT, 0, '', 0, 0, '');
    client.send(1, 11, 13, ...CONTRACT, 0, '', 1, 0, '');
    client.send(50, 3, 14, ...CONTRACT, 5, 'TRADES', 0, '');
    client.send(20, 15, ...CONTRACT, 0, '', '1 min', '600 S', 0, 'TRADES', 1, 1, '');
    client.send(87, 16, ...CONTRACT, 0, 0, 'TRADES', 1);
    for (const [reqId, kind] of [
      [17, 'Last'],
      [18, 'BidAsk'],
      [19, 'MidPoint'],
    ] as const)
      client.send(97, reqId, ...CONTRACT, kind, 0, 0);
    client.send(96, 20, ...CONTRACT, 0, '', '20251112 08:46:00 US/Central', 10, 'TRADES', 0, 0, '');
    client.send(92, 21, 'DU1234567', '');
    client.send(94, 22, 'DU1234567', '', details[12] ?? '');
    client.send(62, 1, 23, 'All', 'NetLiquidation');
    client.send(91, 67);
    client.send(99, 0);
    client.send(49, 1);
    await client.until('49');
    gateway.advanceTo(TAPE_START + 2 * MINUTE);
    for (const [messageId, reqId] of [
      ['50', '1'],
      ['90', '15'],
      ['99', '17'],
      ['99', '18'],
      ['99', '19'],
    ] as const)
      await client.until(messageId, ...(messageId === '50' ? ['3', '14'] : [reqId]));
    for (const messageId of [
      '1',
      '2',
      '46',
      '57',
      '58',
      '81',
      '17',
      '88',
      '98',
      '94',
      '95',
      '63',
      '93',
      '101',
    ])
      await client.until(messageId);
    expect(client.heard.filter(([id, , about]) => id === '4' && about !== '-1')).toEqual([]);
  });

  it('is answered with margin when it asks what if', async () => {
    const client = await python(await open(), 1);
    const { action, orderType, whatIf } = FIELD;
    client.send(...pythonOrder(1, { [action]: 'BUY', [orderType]: 'MKT', [whatIf]: '1' }));
    const answer = await client.until('5', '1');
    expect([answer[92], answer[93], answer[97], answer[103]]).toEqual(['1', 'PreSubmitted', '20000', '2.25']);
  });
});

describe('both clients at once', () => {
  it('each speak their own version, and see of each other what IB shows', async () => {
    const gateway = await open();
    const [snake, node] = [await python(gateway, 1), await terminal(gateway, 2)];
    await node.hears(EventName.server, 193);
    const { action, orderType, lmtPrice } = FIELD;
    snake.send(...pythonOrder(1, { [action]: 'BUY', [orderType]: 'LMT', [lmtPrice]: '5990.0' }));
    await snake.until('3', '1', 'Submitted');
    node.api.placeOrder(1, ES, buyLimit(5980));
    await node.hears(EventName.orderStatus, 1, 'Submitted');
    const own = { clientId: 2, lmtPrice: 5980 };
    expect(node.all(EventName.openOrder)).toMatchObject([
      [1, {}, own, {}],
      [1, {}, own, {}],
    ]);
    snake.send(16, 1);
    snake.send(49, 1);
    await snake.until('49');
    const seen = snake.heard
      .filter(([id]) => id === '5')
      .map((frame) => [frame[16], frame[24], frame.length]);
    expect(seen.slice(-2)).toEqual([
      ['5990', '1', 135],
      ['5980', '2', 135],
    ]);
    node.api.cancelOrder(1);
    await node.hears(EventName.error, undefined, 202, 1);
    expect(gateway.exchange.openOrders('all')).toMatchObject([{ clientId: 1, lmtPrice: 5990 }]);
  });
});
