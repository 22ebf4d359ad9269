/** Market data, bars and reference data as a real client hears them. */
import { Socket } from 'node:net';
import { BarSizeSetting, EventName, type WhatToShow } from '@stoqey/ib';
import { describe, expect, it, vi } from 'vitest';
import { syntheticMarket } from '../exchange/synthetic';
import { startGateway } from './gateway';
import { BARS_MAX } from './serve/bar-query';
import { ES, MINUTE, TAPE_START, tapeOf } from './testing/market';
import { stage } from './testing/stage';
import type { Terminal } from './testing/terminal';

const { open, terminal, raw } = stage();
const flat = (price: number) => [price, price, price, price] as const;

/** The last price of each tick type that the client heard. */
function lastPrices(client: Terminal): Record<string, unknown> {
  return Object.fromEntries(client.all(EventName.tickPrice).map(([, type, price]) => [String(type), price]));
}

describe('contract details', () => {
  const severalMonths = syntheticMarket({ historyBars: 1 });
  const { lastTradeDateOrContractMonth: _month, ...anyMonth } = ES;

  it('of a symbol list its months, the one that is quoted first', async () => {
    const client = await terminal(await open({ market: severalMonths }), 1);
    client.api.reqContractDetails(1, anyMonth);
    await client.hears(EventName.contractDetailsEnd, 1);
    expect(client.all(EventName.contractDetails)).toMatchObject([
      [1, { contract: { localSymbol: 'ESZ5', lastTradeDate: '20251219', multiplier: 50 }, minTick: 0.25 }],
      [1, { contract: { localSymbol: 'ESH6' } }],
    ]);
  });

  it('describe a contract that can be asked for as it was given', async () => {
    const client = await terminal(await open(), 1);
    client.api.reqContractDetails(1, { ...ES, lastTradeDateOrContractMonth: '20251219 08:30 US/Central' });
    await client.hears(EventName.contractDetails, 1);
  });

  it('of nothing known are error 200; so is market data of a symbol that has several months', async () => {
    const client = await terminal(await open({ market: severalMonths }), 1);
    client.api.reqContractDetails(1, { ...ES, symbol: 'ZZ' });
    await client.hears(EventName.error, undefined, 200, 1);
    client.api.reqMktData(2, anyMonth, '', false, false);
    await client.hears(EventName.error, undefined, 200, 2);
  });

  it('name a market rule with the price increment', async () => {
    const client = await terminal(await open(), 1);
    client.api.reqMarketRule(67);
    const [, , increments] = await client.hears(EventName.marketRule, 67);
    expect(increments).toEqual([{ lowEdge: 0, increment: 0.25 }]);
    client.api.reqMarketRule(1);
    await client.hears(EventName.info, undefined, 321);
  });
});

describe('the time', () => {
  it('is the exchange’s, in whole seconds', async () => {
    const gateway = await open();
    const client = await terminal(gateway, 1);
    gateway.advanceTo(TAPE_START + 59_999);
    client.api.reqCurrentTime();
    await client.hears(EventName.currentTime, TAPE_START / 1000 + 59);
  });

  it('stands still until the first client has finished its handshake, then runs by itself', async () => {
    const market = tapeOf(...Array.from({ length: 600 }, (_, i) => flat(6000 + i)));
    const options = { market, startTs: TAPE_START, port: 0, speed: 10_000, quoteIntervalMs: 10 };
    const gateway = await startGateway({ ...options, holdUntilClient: true });
    const early = await raw(gateway);
    early.offer('v178');
    expect((await early.next())?.[1]).toBe('20251112 08:45:00 US/Central');
    const client = await terminal(gateway, 1);
    client.api.reqMktData(5, ES, '', false, false);
    await client.hears(EventName.tickPrice, 5, 4);
    client.forget();
    await client.hears(EventName.tickPrice, 5, 4);
    client.close();
    await gateway.close();
  });
});

describe('market data', () => {
  it('begins with its parameters, then bid, ask, last, their sizes and the volume', async () => {
    const client = await terminal(await open(), 1);
    client.forget();
    client.api.reqMktData(5, ES, '', false, false);
    await client.hears(EventName.tickSize, 5, 8);
    expect(client.heard.slice(0, 2).map(([name]) => name)).toEqual(['tickReqParams', 'marketDataType']);
    expect(lastPrices(client)).toEqual({ 1: 6000, 2: 6000.25, 4: 6000, 6: 6000, 7: 6000, 14: 6000 });
    for (const sizeType of [0, 3, 5]) await client.hears(EventName.tickSize, 5, sizeType);
    await client.hears(EventName.tickString, 5, 45, String(TAPE_START / 1000));
    await client.hears(EventName.tickGeneric, 5, 49, 0);
  });

  it('tells the close of the session before', async () => {
    const untilNextOpen = 8 * 60 + 15;
    const day = Array.from({ length: untilNextOpen + 10 }, (_, i) => flat(i < untilNextOpen ? 5900 : 6000));
    const gateway = await open({ market: tapeOf(...day) });
    gateway.advanceTo(TAPE_START + day.length * MINUTE - 1);
    const client = await terminal(gateway, 1);
    client.api.reqMktData(5, ES, '', false, false);
    await client.hears(EventName.tickPrice, 5, 9, 5900);
  });

  it('tells open, high and low of the session, however short a price was traded', async () => {
    const market = tapeOf(flat(6000), [6000, 6012, 5990, 6005]);
    const gateway = await open({ market, quoteIntervalMs: 30 });
    const client = await terminal(gateway, 1);
    client.api.reqMktData(5, ES, '', false, false);
    await client.hears(EventName.tickPrice, 5, 14, 6000);
    gateway.advanceTo(TAPE_START + 2 * MINUTE - 1);
    await client.hears(EventName.tickPrice, 5, 7, 5990);
    expect(lastPrices(client)).toMatchObject({ 6: 6012, 7: 5990, 14: 6000 });
  });

  it('is conflated: a minute of trades comes as its outcome', async () => {
    const market = tapeOf(flat(6000), [6000, 6012, 5990, 6005]);
    const gateway = await open({ market, quoteIntervalMs: 30 });
    const client = await terminal(gateway, 1);
    client.api.reqMktData(5, ES, '', false, false);
    await client.hears(EventName.tickPrice, 5, 4, 6000);
    client.forget();
    gateway.advanceTo(TAPE_START + 2 * MINUTE - 1);
    await client.hears(EventName.tickPrice, 5, 4, 6005);
    expect(client.all(EventName.tickPrice).filter(([, type]) => type === 4)).toEqual([[5, 4, 6005, false]]);
  });

  it('goes out in one write a poll', async () => {
    const gateway = await open();
    const client = await terminal(gateway, 1);
    const writes = vi.spyOn(Socket.prototype, 'write');
    client.api.reqMktData(5, ES, '', false, false);
    await client.hears(EventName.tickSize, 5, 8);
    const senders = writes.mock.contexts.map((socket) => (socket instanceof Socket ? socket.localPort : 0));
    writes.mockRestore();
    expect(senders.filter((port) => port === gateway.port)).toHaveLength(1);
  });

  it('says -1 for bid and ask when the market closes', async () => {
    const gateway = await open({ market: tapeOf(flat(6000)), quoteIntervalMs: 30 });
    const client = await terminal(gateway, 1);
    client.api.reqMktData(5, ES, '', false, false);
    await client.hears(EventName.tickPrice, 5, 2, 6000.25);
    gateway.advanceTo(TAPE_START + 2 * MINUTE);
    await client.hears(EventName.tickPrice, 5, 1, -1);
    await client.hears(EventName.tickPrice, 5, 2, -1);
  });

  it('ends with a cancel; an id in use is 102, an id unknown is 300', async () => {
    const gateway = await open({ market: tapeOf(flat(6000), flat(6001)), quoteIntervalMs: 30 });
    const client = await terminal(gateway, 1);
    client.api.reqMktData(5, ES, '', false, false);
    client.api.reqMktData(5, ES, '', false, false);
    await client.hears(EventName.error, undefined, 102, 5);
    client.api.cancelMktData(5);
    client.api.cancelMktData(5);
    await client.hears(EventName.error, undefined, 300, 5);
  });

  it('as a snapshot comes once, with an end', async () => {
    const client = await terminal(await open(), 1);
    client.api.reqMktData(5, ES, '', true, false);
    await client.hears(EventName.tickSnapshotEnd, 5);
    expect(lastPrices(client)).toMatchObject({ 1: 6000, 2: 6000.25 });
  });

  it('as a snapshot that takes its time tells what happens until it ends, and then no more', async () => {
    const market = tapeOf(flat(6000), flat(6001), flat(6002));
    const gateway = await open({ market, quoteIntervalMs: 20, rules: { snapshotEndMs: 90_000 } });
    const client = await terminal(gateway, 1);
    client.api.reqMktData(5, ES, '', true, false);
    await client.hears(EventName.tickPrice, 5, 4, 6000);
    gateway.advanceTo(TAPE_START + MINUTE);
    await client.hears(EventName.tickPrice, 5, 4, 6001);
    expect(client.all(EventName.tickSnapshotEnd)).toEqual([]);
    gateway.advanceTo(TAPE_START + 91_000);
    await client.hears(EventName.tickSnapshotEnd, 5);
    client.api.cancelMktData(5);
    await client.hears(EventName.error, undefined, 300, 5);
  });

  it('goes to each of two clients under its own id', async () => {
    const gateway = await open({ market: tapeOf(flat(6000), flat(6001)), quoteIntervalMs: 30 });
    const [one, two] = [await terminal(gateway, 1), await terminal(gateway, 2)];
    one.api.reqMktData(5, ES, '', false, false);
    two.api.reqMktData(6, ES, '', false, false);
    await Promise.all([one.hears(EventName.tickPrice, 5, 4), two.hears(EventName.tickPrice, 6, 4)]);
    gateway.advanceTo(TAPE_START + 2 * MINUTE - 1);
    await one.hears(EventName.tickPrice, 5, 4, 6001);
    await two.hears(EventName.tickPrice, 6, 4, 6001);
  });
});

describe('historical bars', () => {
  const market = tapeOf([6000, 6003, 5999, 6001], [6001, 6002, 6000, 6002], flat(6005));
  const dated = (client: Terminal) => client.all(EventName.historicalData).map(([, date]) => String(date));

  async function asked(formatDate: number, duration = '600 S', size = BarSizeSetting.MINUTES_ONE) {
    const gateway = await open({ market });
    gateway.advanceTo(TAPE_START + 2 * MINUTE + 1000);
    const client = await terminal(gateway, 1);
    client.api.reqHistoricalData(4, ES, '', duration, size, 'TRADES', 0, formatDate, false);
    return client;
  }

  it('are dated in epoch seconds (formatDate 2), the bar in the making last', async () => {
    const client = await asked(2);
    await client.hears(EventName.historicalData, 4, String((TAPE_START + 2 * MINUTE) / 1000));
    expect(client.all(EventName.historicalData)[0]?.slice(1, 7)).toEqual([
      ...[String(TAPE_START / 1000), 6000, 6003, 5999, 6001, 100],
    ]);
    expect(dated(client)).toHaveLength(4);
    expect(dated(client).at(-1)).toMatch(/^finished-20251112 08:45:00 US\/Central-/);
  });

  it('are dated by the exchange’s clock (formatDate 1)', async () => {
    const client = await asked(1);
    await client.hears(EventName.historicalData, 4, '20251112 08:46:00 US/Central');
  });

  it('reach back as far as was said and no further', async () => {
    const client = await asked(2, '60 S');
    await client.hears(EventName.historicalData, 4, String((TAPE_START + 2 * MINUTE) / 1000));
    expect(dated(client)).toHaveLength(2);
  });

  it('are joined into longer ones', async () => {
    const client = await asked(2, '1 D', BarSizeSetting.MINUTES_FIVE);
    const [, , , ...prices] = await client.hears(EventName.historicalData, 4, String(TAPE_START / 1000));
    expect(prices.slice(0, 5)).toEqual([6000, 6005, 5999, 6005, expect.any(Number)]);
  });

  it('with keepUpToDate go on: the bar in the making, then its final form', async () => {
    const gateway = await open({ market });
    const client = await terminal(gateway, 1);
    client.api.reqHistoricalData(4, ES, '', '60 S', BarSizeSetting.MINUTES_ONE, 'TRADES', 0, 2, true);
    await client.hears(EventName.historicalData, 4);
    gateway.advanceTo(TAPE_START + 1.5 * MINUTE);
    const first = String(TAPE_START / 1000);
    const second = String(TAPE_START / 1000 + 60);
    await client.hears(EventName.historicalDataUpdate, 4, first, 6000, 6003, 5999, 6001, 100);
    await client.hears(EventName.historicalDataUpdate, 4, second, 6001);
    client.api.cancelHistoricalData(4);
    client.api.cancelHistoricalData(4);
    await client.hears(EventName.error, undefined, 366, 4);
  });

  it('are never more than a client can digest', async () => {
    const week = Array.from({ length: BARS_MAX + 100 }, (_, i) => flat(6000 + (i % 4)));
    const gateway = await open({ market: tapeOf(...week) });
    gateway.advanceTo(TAPE_START + week.length * MINUTE);
    const client = await raw(gateway);
    await client.start(1);
    client.send(20, 4, 0, 'ES', 'FUT', '202512', 0, '', '', 'CME', '', 'USD', '', '', 0, '', '1 min', '1 W');
    const refused = (await client.until('4', '2', '4')).at(-1);
    expect(refused?.[3]).toBe('321');
    const tail = [0, 'TRADES', 2, 0, ''];
    const request = [
      20,
      5,
      0,
      'ES',
      'FUT',
      '202512',
      0,
      '',
      '',
      'CME',
      '',
      'USD',
      '',
      '',
      0,
      '',
      '1 min',
      '1 W',
    ];
    client.send(...request, ...tail);
    expect((await client.until('17', '5')).at(-1)?.[4]).toBe(String(BARS_MAX));
  });

  it.each([
    ['a bar size that is not kept', { size: '7 mins' }, 321],
    ['a duration that is none', { duration: 'a while' }, 321],
    ['another kind of bar', { what: 'BID_ASK' }, 321],
    ['an end that is no time', { end: 'noon' }, 321],
    ['a time before all bars', { end: '20241112-14:45:00' }, 162],
  ])('for %s are refused', async (_what, fault, code) => {
    const query = { size: '1 min', duration: '600 S', what: 'TRADES', end: '', ...fault };
    const client = await terminal(await open(), 1);
    const [size, what] = [query.size as BarSizeSetting, query.what as WhatToShow];
    client.api.reqHistoricalData(4, ES, query.end, query.duration, size, what, 0, 2, false);
    await client.hears(EventName.error, undefined, code, 4);
  });

  it('have a first one, and its time can be asked for', async () => {
    const client = await terminal(await open(), 1);
    client.api.reqHeadTimestamp(7, ES, 'TRADES', false, 2);
    await client.hears(EventName.headTimestamp, 7, String(TAPE_START / 1000));
  });
});

describe('five-second bars', () => {
  it('come for every five seconds of exchange time', async () => {
    const gateway = await open({ market: tapeOf(flat(6000), [6000, 6012, 6000, 6012]) });
    const client = await terminal(gateway, 1);
    client.api.reqRealTimeBars(9, ES, 5, 'TRADES', false);
    client.api.reqCurrentTime();
    await client.hears(EventName.currentTime);
    gateway.advanceTo(TAPE_START + 1.5 * MINUTE);
    const second = TAPE_START / 1000 + 60;
    await client.hears(EventName.realtimeBar, 9, second + 5);
    const bars = client.all(EventName.realtimeBar).filter(([, time]) => Number(time) >= second);
    expect(bars[0]?.slice(1, 5)).toEqual([second, 6000, expect.any(Number), 6000]);
    client.api.cancelRealTimeBars(9);
    client.api.cancelRealTimeBars(9);
    await client.hears(EventName.error, undefined, 300, 9);
  });

  it('of bid, ask or midpoint are made of quotes and have no volume; of anything else is 420', async () => {
    const gateway = await open({ market: tapeOf(flat(6000), flat(6000)) });
    const client = await terminal(gateway, 1);
    client.api.reqRealTimeBars(9, ES, 5, 'MIDPOINT', false);
    client.api.reqRealTimeBars(10, ES, 5, 'SALES' as 'TRADES', false);
    await client.hears(EventName.error, undefined, 420, 10);
    gateway.advanceTo(TAPE_START + 1.5 * MINUTE);
    await client.hears(EventName.realtimeBar, 9);
    const [, time, ...prices] = client.all(EventName.realtimeBar)[0] ?? [];
    expect([Number(time) % 5, prices.slice(0, 5)]).toEqual([0, [6000.125, 6000.125, 6000.125, 6000.125, 0]]);
  });
});
