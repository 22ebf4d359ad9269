/** Orders of a real client: a bracket's whole life, cancels that hit and cancels that miss, what is never sent. */
import { EventName, type Order, OrderType } from '@stoqey/ib';
import { describe, expect, it } from 'vitest';
import { ES, MINUTE, TAPE_START, tapeOf } from './testing/market';
import { stage } from './testing/stage';
import { numberIn, type Terminal } from './testing/terminal';
import { bracket, buyLimit, buyMarket, sellMarket } from './testing/tickets';

const { open, terminal } = stage();

/** Statuses of one order in the order in which they came, repetitions left out. */
function statuses(client: Terminal, orderId: number): unknown[] {
  const words = client.all(EventName.orderStatus).filter(([id]) => id === orderId);
  return words.map(([, status]) => status).filter((status, i, all) => status !== all[i - 1]);
}

function place(client: Terminal, orders: [number, Order][]): void {
  for (const [id, order] of orders) client.api.placeOrder(id, ES, order);
}

describe('a bracket', () => {
  const upward = tapeOf([6000, 6000, 6000, 6000], [6000, 6012, 6000, 6010]);
  const downward = tapeOf([6000, 6000, 6000, 6000], [6000, 6000, 5985, 5990]);

  it('fills its entry, then ends at its target and cancels its stop', async () => {
    const gateway = await open({ market: upward });
    const client = await terminal(gateway, 1);
    place(client, bracket(1, { target: 6010, stop: 5990 }));
    await client.hears(EventName.orderStatus, 3, 'PreSubmitted');
    await client.hears(EventName.orderStatus, 2, 'Submitted');
    gateway.advanceTo(TAPE_START + 2 * MINUTE);
    await client.hears(EventName.error, undefined, 202, 3);

    expect(statuses(client, 1).at(-1)).toBe('Filled');
    expect(statuses(client, 2)).toEqual(['PreSubmitted', 'Submitted', 'Filled']);
    expect(statuses(client, 3)).toEqual(['PreSubmitted', 'Cancelled']);
    const [entry, exit] = client.all(EventName.execDetails).map(([, , execution]) => execution);
    expect(entry).toMatchObject({ orderId: 1, side: 'BOT', shares: 1, orderRef: 'c1:entry' });
    expect(exit).toMatchObject({ orderId: 2, side: 'SLD', price: 6010, orderRef: 'c1:target' });
  });

  it('ends at its stop and cancels its target', async () => {
    const gateway = await open({ market: downward });
    const client = await terminal(gateway, 1);
    place(client, bracket(1, { target: 6010, stop: 5990 }));
    await client.hears(EventName.orderStatus, 2, 'Submitted');
    gateway.advanceTo(TAPE_START + 2 * MINUTE);
    await client.hears(EventName.error, undefined, 202, 2);
    expect(statuses(client, 3)).toEqual(['PreSubmitted', 'Submitted', 'Filled']);
    expect(statuses(client, 2).at(-1)).toBe('Cancelled');
  });

  it('carries parent, group, reference and account in what the client is told', async () => {
    const client = await terminal(await open(), 1);
    place(client, bracket(1, { target: 6010, stop: 5990 }));
    await client.hears(EventName.openOrder, 3);
    const stop = client.all(EventName.openOrder).find(([id]) => id === 3);
    expect(stop?.[2]).toMatchObject({
      ...{ parentId: 1, ocaGroup: 'bracket 1', ocaType: 1, orderRef: 'c1:stop', tif: 'GTC' },
      ...{ account: 'DU1234567', clientId: 1, orderType: 'STP', auxPrice: 5990, totalQuantity: 1 },
    });
  });

  it('reports commission by execution, and realized P&L only on the fill that closes', async () => {
    const gateway = await open({ market: upward });
    const client = await terminal(gateway, 1);
    place(client, bracket(1, { target: 6010, stop: 5990 }));
    await client.hears(EventName.commissionReport);
    gateway.advanceTo(TAPE_START + 2 * MINUTE);
    await client.hears(EventName.error, undefined, 202, 3);
    const [opening, closing] = client.all(EventName.commissionReport).map(([report]) => report);
    expect(opening).toMatchObject({ commission: 2.25, currency: 'USD' });
    expect(opening).not.toHaveProperty('realizedPNL', expect.any(Number));
    const [entry] = client.all(EventName.execDetails).map(([, , execution]) => execution);
    const points = 6010 - numberIn(entry, 'price');
    expect(closing).toMatchObject({ commission: 2.25, realizedPNL: points * 50 - 2 * 2.25 });
  });
});

describe('an order that is not transmitted', () => {
  it('is met with silence until it is', async () => {
    const client = await terminal(await open(), 1);
    client.api.placeOrder(1, ES, buyLimit(5990, { transmit: false }));
    client.api.reqAllOpenOrders();
    await client.hears(EventName.openOrderEnd);
    expect(client.all(EventName.openOrder)).toEqual([]);
    client.api.placeOrder(1, ES, buyLimit(5990));
    await client.hears(EventName.orderStatus, 1, 'Submitted');
  });
});

describe('a cancel', () => {
  it('ends a working order with its status first, then 202', async () => {
    const client = await terminal(await open(), 1);
    client.api.placeOrder(1, ES, buyLimit(5990));
    client.api.cancelOrder(1);
    await client.hears(EventName.error, undefined, 202, 1);
    expect(client.heard.slice(-2).map(([name]) => name)).toEqual(['orderStatus', 'error']);
  });

  it('of an order that does not exist, or is another client’s, gets 10147', async () => {
    const gateway = await open();
    const owner = await terminal(gateway, 1);
    owner.api.placeOrder(1, ES, buyLimit(5990));
    await owner.hears(EventName.orderStatus, 1, 'Submitted');
    const other = await terminal(gateway, 2);
    other.api.cancelOrder(1);
    await other.hears(EventName.error, undefined, 10147, 1);
    expect(owner.all(EventName.error)).toEqual([]);
  });

  it('of a filled order gets 10148', async () => {
    const client = await terminal(await open(), 1);
    client.api.placeOrder(1, ES, buyMarket());
    await client.hears(EventName.orderStatus, 1, 'Filled');
    client.api.cancelOrder(1);
    await client.hears(EventName.error, undefined, 10148, 1);
  });

  it('of everything ends the orders of every client, each told of its own', async () => {
    const gateway = await open();
    const [one, two] = [await terminal(gateway, 1), await terminal(gateway, 2)];
    one.api.placeOrder(1, ES, buyLimit(5990));
    two.api.placeOrder(1, ES, buyLimit(5980));
    await two.hears(EventName.orderStatus, 1, 'Submitted');
    one.api.reqGlobalCancel();
    await one.hears(EventName.orderStatus, 1, 'Cancelled');
    await two.hears(EventName.orderStatus, 1, 'Cancelled');
  });
});

describe('an order that trails', () => {
  it('is told with its amount and where it triggers now', async () => {
    const gateway = await open({ market: tapeOf([6000, 6000, 6000, 6000], [6000, 6010, 6000, 6010]) });
    const client = await terminal(gateway, 1);
    const trailing = sellMarket({ orderType: OrderType.TRAIL, auxPrice: 8, trailStopPrice: 5990 });
    client.api.placeOrder(1, ES, trailing);
    await client.hears(EventName.orderStatus, 1, 'PreSubmitted');
    gateway.advanceTo(TAPE_START + 2 * MINUTE - 1);
    client.api.reqOpenOrders();
    await client.hears(EventName.openOrderEnd);
    const told = client.all(EventName.openOrder).map(([, , order]) => order);
    expect([told[0], told.at(-1)]).toMatchObject([
      { orderType: 'TRAIL', auxPrice: 8, trailStopPrice: 5990 },
      { orderType: 'TRAIL', auxPrice: 8, trailStopPrice: 6002 },
    ]);
  });
});

describe('an order without a time in force', () => {
  it('is for the day, and says so (10349) where the gateway is set to', async () => {
    const { tif: _tif, ...timeless } = buyLimit(5990);
    const said = async (presetNotice: boolean) => {
      const client = await terminal(await open({ rules: { presetNotice } }), 1);
      client.api.placeOrder(1, ES, timeless);
      await client.hears(EventName.orderStatus, 1, 'Submitted');
      expect(client.all(EventName.openOrder).at(-1)).toMatchObject([1, {}, { tif: 'DAY' }, {}]);
      return client.all(EventName.error).map(([, code, id]) => [code, id]);
    };
    expect([await said(false), await said(true)]).toEqual([[], [[10349, 1]]]);
  });
});

describe('an order with outsideRth', () => {
  const stop = { ...buyLimit(5990), orderType: OrderType.STP, auxPrice: 6010 };

  it.each([
    ['a limit, where the gateway is set to', buyLimit(5990), { outsideRthNotice: true }, [2109]],
    ['a limit, as delivered', buyLimit(5990), {}, []],
    ['a stop, to which it means something', stop, { outsideRthNotice: true }, []],
  ])('hears that it does not matter, for %s', async (_what, order, rules, codes) => {
    const client = await terminal(await open({ rules }), 1);
    client.api.placeOrder(1, ES, { ...order, outsideRth: true });
    client.api.reqOpenOrders();
    await client.hears(EventName.openOrderEnd);
    expect(client.all(EventName.error).map(([, code]) => code)).toEqual(codes);
    expect(client.all(EventName.openOrder).at(-1)).toMatchObject([1, {}, { outsideRth: true }, {}]);
  });
});

describe('an order beyond the position', () => {
  it.each([
    ['turns it around', 2, true, [2137]],
    ['only closes it', 1, true, []],
    ['turns it around at a gateway as delivered', 2, false, []],
  ])('that %s', async (_what, totalQuantity, crossSideNotice, codes) => {
    const client = await terminal(await open({ rules: { crossSideNotice } }), 1);
    client.api.placeOrder(1, ES, buyMarket());
    await client.hears(EventName.orderStatus, 1, 'Filled');
    client.api.placeOrder(2, ES, sellMarket({ totalQuantity }));
    await client.hears(EventName.orderStatus, 2, 'Filled');
    expect(client.all(EventName.error).map(([, code]) => code)).toEqual(codes);
  });
});

describe('a stop of a client', () => {
  it('trails in percent and is triggered as it was told to, and says both', async () => {
    const client = await terminal(await open(), 1);
    const trail = { orderType: OrderType.TRAIL, trailingPercent: 0.5, triggerMethod: 8 };
    client.api.placeOrder(1, ES, sellMarket(trail));
    await client.hears(EventName.orderStatus, 1, 'PreSubmitted');
    client.forget();
    client.api.reqOpenOrders();
    const [, , , order] = await client.hears(EventName.openOrder, 1);
    expect(order).toMatchObject({ ...trail, trailStopPrice: 5970 });
  });
});

describe('an order that cannot be', () => {
  it.each([
    ['an order type that is not modelled', { orderType: OrderType.MIT, auxPrice: 2 }, 321],
    ['a trail of more than everything', { orderType: OrderType.TRAIL, trailingPercent: 100 }, 321],
    ['an action that is none', { action: 'HOLD' }, 321],
    ['a time in force that is not modelled', { tif: 'GTX' }, 321],
    ['an OCA type that is none', { ocaGroup: 'g', ocaType: 7 }, 321],
    ['an algorithm', { algoStrategy: 'Vwap' }, 321],
    ['an attribute of other times', { eTradeOnly: true }, 10268],
    ['a second such attribute', { firmQuoteOnly: true }, 10269],
    ['a third such attribute', { nbboPriceCap: 1 }, 10270],
    ['a price off the grid', { lmtPrice: 5990.1 }, 110],
    ['no size', { totalQuantity: 0 }, 434],
    ['an account that is not this one', { account: 'U7654321' }, 321],
  ])('for %s is refused with its number and never lives', async (_what, fault, code) => {
    const client = await terminal(await open(), 1);
    client.api.placeOrder(1, ES, { ...buyLimit(5990), ...fault } as Order);
    await client.hears(EventName.error, undefined, code, 1);
    client.api.reqOpenOrders();
    await client.hears(EventName.openOrderEnd);
    expect(client.all(EventName.openOrder)).toEqual([]);
  });

  it('for want of a contract gets 200', async () => {
    const client = await terminal(await open(), 1);
    client.api.placeOrder(1, { ...ES, symbol: 'ZZ' }, buyMarket());
    await client.hears(EventName.error, undefined, 200, 1);
  });
});

describe('a whatIf order', () => {
  it('is answered with margin and commission, and is not placed', async () => {
    const client = await terminal(await open(), 1);
    client.api.placeOrder(1, ES, buyMarket({ totalQuantity: 2, whatIf: true }));
    const [, , , order, state] = await client.hears(EventName.openOrder, 1);
    expect(order).toMatchObject({ whatIf: true });
    expect(state).toMatchObject({
      ...{ status: 'PreSubmitted', commission: 4.5, commissionCurrency: 'USD' },
      ...{ initMarginBefore: 0, initMarginChange: 40_000, initMarginAfter: 40_000 },
      equityWithLoanAfter: 100_000 - 4.5,
    });
    client.api.reqExecutions(1, {});
    await client.hears(EventName.execDetailsEnd);
    expect(client.all(EventName.execDetails)).toEqual([]);
  });

  it('has to be transmitted (413)', async () => {
    const client = await terminal(await open(), 1);
    client.api.placeOrder(1, ES, buyMarket({ whatIf: true, transmit: false }));
    await client.hears(EventName.error, undefined, 413, 1);
  });
});

describe('a list of orders', () => {
  it('holds the own ones, or those of all clients with their ids', async () => {
    const gateway = await open();
    const [one, two] = [await terminal(gateway, 1), await terminal(gateway, 2)];
    one.api.placeOrder(1, ES, buyLimit(5990));
    await one.hears(EventName.orderStatus, 1, 'Submitted');
    two.api.reqOpenOrders();
    await two.hears(EventName.openOrderEnd);
    expect(two.all(EventName.openOrder)).toEqual([]);
    two.api.reqAllOpenOrders();
    await two.hears(EventName.openOrder, 1);
    expect(two.all(EventName.openOrder)).toMatchObject([[1, {}, { clientId: 1 }, { status: 'Submitted' }]]);
  });

  it('is bound automatically for client 0 alone (327)', async () => {
    const client = await terminal(await open(), 1);
    client.api.reqAutoOpenOrders(true);
    await client.hears(EventName.info, undefined, 327);
  });
});
