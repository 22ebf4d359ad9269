/** A lost connection changes no order: what a client finds when it comes back, and what a stranger finds. */
import { EventName, type ExecutionFilter, SecType } from '@stoqey/ib';
import { describe, expect, it } from 'vitest';
import { ES, MINUTE, TAPE_START, tapeOf } from './testing/market';
import { stage } from './testing/stage';
import { bracket, buyLimit, buyMarket } from './testing/tickets';

const { open, terminal } = stage();

describe('the same client id, back again', () => {
  it('is told of its own live orders before the account and the next valid id', async () => {
    const gateway = await open();
    const before = await terminal(gateway, 1);
    before.api.placeOrder(1, ES, buyLimit(5990));
    before.api.placeOrder(2, ES, buyLimit(5980));
    await before.hears(EventName.orderStatus, 2, 'Submitted');
    gateway.dropClients();
    await before.hears(EventName.disconnected);

    const after = await terminal(gateway, 1);
    expect(after.heard.slice(2, 9).map(([name, id]) => [name, id])).toEqual([
      ['openOrder', 1],
      ['orderStatus', 1],
      ['openOrder', 2],
      ['orderStatus', 2],
      ['openOrderEnd', undefined],
      ['managedAccounts', 'DU1234567'],
      ['nextValidId', 3],
    ]);
    after.api.cancelOrder(1);
    await after.hears(EventName.error, undefined, 202, 1);
  });

  it('learns of fills it missed by asking: executions with commissions, completed orders, positions', async () => {
    const market = tapeOf([6000, 6000, 6000, 6000], [6000, 6012, 6000, 6010]);
    const gateway = await open({ market });
    const before = await terminal(gateway, 1);
    for (const [id, order] of bracket(1, { target: 6010, stop: 5990 })) before.api.placeOrder(id, ES, order);
    await before.hears(EventName.orderStatus, 2, 'Submitted');
    gateway.dropClients();
    gateway.advanceTo(TAPE_START + 2 * MINUTE);

    const after = await terminal(gateway, 1);
    expect(after.all(EventName.openOrder)).toEqual([]);
    after.api.reqExecutions(50, {});
    after.api.reqCompletedOrders(true);
    after.api.reqPositions();
    await after.hears(EventName.positionEnd);
    expect(after.all(EventName.execDetails)).toMatchObject([
      [50, {}, { orderId: 1, side: 'BOT', orderRef: 'c1:entry' }],
      [50, {}, { orderId: 2, side: 'SLD', orderRef: 'c1:target', price: 6010 }],
    ]);
    expect(after.all(EventName.commissionReport)).toHaveLength(2);
    expect(after.all(EventName.completedOrder)).toMatchObject([
      [{}, { orderRef: 'c1:entry' }, { status: 'Filled' }],
      [{}, { orderRef: 'c1:target' }, { status: 'Filled' }],
      [{}, { orderRef: 'c1:stop' }, { status: 'Cancelled' }],
    ]);
    expect(after.all(EventName.position)).toEqual([]);
  });

  it('never gets a next valid id that it has already used', async () => {
    const gateway = await open();
    const before = await terminal(gateway, 1);
    before.api.placeOrder(41, ES, buyMarket());
    await before.hears(EventName.orderStatus, 41, 'Filled');
    before.api.reqIds();
    await before.hears(EventName.nextValidId, 42);
    gateway.dropClients();
    const after = await terminal(gateway, 1);
    await after.hears(EventName.nextValidId, 42);
    const other = await terminal(gateway, 2);
    await other.hears(EventName.nextValidId, 1);
  });
});

describe('executions', () => {
  it.each([
    [{ side: 'SELL' }, 0],
    [{ side: 'BUY' }, 1],
    [{ symbol: 'NQ' }, 0],
    [{ secType: SecType.STK }, 0],
    [{ exchange: 'CME', symbol: 'ES' }, 1],
    [{ time: '20251112-14:45:00' }, 1],
    [{ time: '20251112-14:45:01' }, 0],
    [{ time: '20251112 08:44:59 US/Central' }, 1],
  ] satisfies [ExecutionFilter, number][])('asked for with %o are filtered', async (filter, count) => {
    const client = await terminal(await open(), 1);
    client.api.placeOrder(1, ES, buyMarket());
    await client.hears(EventName.commissionReport);
    client.api.reqExecutions(9, filter);
    await client.hears(EventName.execDetailsEnd, 9);
    expect(client.all(EventName.execDetails).filter(([reqId]) => reqId === 9)).toHaveLength(count);
  });

  it('asked for since a time that is none are refused', async () => {
    const client = await terminal(await open(), 1);
    client.api.reqExecutions(9, { time: 'this morning' });
    await client.hears(EventName.error, undefined, 321, 9);
  });
});
