/** A tape, played to a real client: bars come out as they went in, trades drive quotes, volume and fills. The recorded day is skipped where it is not. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  BarSizeSetting,
  EventName,
  type Order,
  OrderAction,
  OrderType,
  TickByTickDataType,
} from '@stoqey/ib';
import { afterAll, describe, expect, it } from 'vitest';
import { readSettings } from './settings';
import { readTape } from './tape-file';
import { ES, MINUTE } from './testing/market';
import { stage } from './testing/stage';

const RECORDING = path.resolve(
  import.meta.dirname,
  '../../../shared/data/es-1m-2025-11-02_2025-12-12.csv.gz',
);
const AT = '2025-12-12T14:45:00Z';
const { open, terminal } = stage();

/** IB's numbers of them. */
const TICK = { bid: 1, last: 4, volume: 8 };

const asTyped = {
  ...{ port: '0', host: '127.0.0.1', account: 'DU1234567', seed: '1', speed: '60', symbol: 'ES' },
  ...{ serverVersion: '193', quoteInterval: '50' },
};

describe('a tape of trades', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'trade-tape-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const startTs = Date.parse('2025-11-12T14:45:00Z');
  const text = [
    'timestamp,price,size',
    '2025-11-12T14:45:00.000Z,6000,2',
    '2025-11-12T14:45:10.250Z,6000.25,5',
    '2025-11-12T14:45:20.000Z,6001.5,1',
  ].join('\n');

  it.each([
    ['trades.csv', text],
    ['trades.csv.gz', gzipSync(text)],
  ])('(%s) is known by its header: quotes, last, volume and fills are its own', async (name, content) => {
    const tape = path.join(folder, name);
    writeFileSync(tape, content);
    const gateway = await open({ ...readSettings({ ...asTyped, tape }, Date.now()), speed: 0 });
    expect(gateway.exchange.description).toBe('a tape of 3 trades of ESZ5');
    const client = await terminal(gateway, 1);
    client.api.reqTickByTickData(1, ES, TickByTickDataType.AllLast, 0, false);
    client.api.reqMktData(2, ES, '', false, false);
    await client.hears(EventName.tickPrice, 2, TICK.last, 6000);
    const sell: Order = {
      ...{ action: OrderAction.SELL, orderType: OrderType.LMT, totalQuantity: 3, lmtPrice: 6001.5 },
      ...{ tif: 'DAY', transmit: true },
    };
    client.api.placeOrder(1, ES, sell);
    await client.hears(EventName.orderStatus, 1, 'Submitted');
    gateway.advanceTo(startTs + 21_000);
    const [, , , execution] = await client.hears(EventName.execDetails, -1);
    expect(execution).toMatchObject({ shares: 3, price: 6001.5 });
    await client.hears(EventName.tickByTickAllLast, 1, undefined, undefined, 6001.5, 1);
    await client.hears(EventName.tickPrice, 2, TICK.bid, 6001.25);
    await client.hears(EventName.tickSize, 2, TICK.volume, 8);
  });

  it('makes bars with the average price of its contracts and the number of its trades', async () => {
    const tape = path.join(folder, 'bars.csv');
    writeFileSync(tape, text);
    const gateway = await open({ ...readSettings({ ...asTyped, tape }, Date.now()), speed: 0 });
    gateway.advanceTo(startTs + 21_000);
    const client = await terminal(gateway, 1);
    client.api.reqHistoricalData(3, ES, '', '600 S', BarSizeSetting.MINUTES_ONE, 'TRADES', 0, 2, false);
    const [, , , ...bar] = await client.hears(EventName.historicalData, 3, String(startTs / 1000));
    expect(bar.slice(0, 7)).toEqual([6000, 6001.5, 6000, 6001.5, 8, 3, 6000.3438]);
  });

  it('whose row is wrong is refused by its number', () => {
    const tape = path.join(folder, 'bad.csv');
    writeFileSync(tape, `${text}\n2025-11-12T14:45:21Z,6001.6,1`);
    expect(() => readSettings({ ...asTyped, tape }, Date.now())).toThrow(
      `Tape ${tape}, row 5: price 6001.6 is off the tick grid of 0.25; correct the row or leave it out.`,
    );
  });

  it('with no header that is known is told both', () => {
    const tape = path.join(folder, 'headless.csv');
    writeFileSync(tape, '2025-11-12T14:45:21Z,6001.5,1');
    expect(() => readSettings({ ...asTyped, tape }, Date.now())).toThrow(
      'expected the header "timestamp,open,high,low,close,volume" (or "timestamp,price,size", for trades)',
    );
  });
});

describe.skipIf(!existsSync(RECORDING))('the recorded day (skips without ../shared/data)', () => {
  it('gives its own bars back, past and as they come', async () => {
    const gateway = await open({
      ...readSettings({ ...asTyped, tape: RECORDING, at: AT }, Date.now()),
      speed: 0,
    });
    const client = await terminal(gateway, 1);
    client.api.reqHistoricalData(1, ES, '', '2 D', BarSizeSetting.MINUTES_ONE, 'TRADES', 0, 2, true);
    await client.hears(EventName.historicalData, 1);
    const atTs = Date.parse(AT);
    for (let minute = 1; minute <= 30; minute += 1) gateway.advanceTo(atTs + minute * MINUTE);
    const lastClosed = atTs + 29 * MINUTE;
    await client.hears(EventName.historicalDataUpdate, 1, String((lastClosed + MINUTE) / 1000));

    const heard = new Map<number, unknown[]>();
    for (const name of [EventName.historicalData, EventName.historicalDataUpdate]) {
      for (const [, date, ...prices] of client.all(name)) heard.set(Number(date), prices.slice(0, 5));
    }
    const expected = readTape(RECORDING).bars.filter(
      ({ ts }) => ts > atTs - 2 * 1440 * MINUTE && ts <= lastClosed,
    );
    expect(expected.length).toBeGreaterThan(2000);
    for (const { ts, open, high, low, close, volume } of expected) {
      const points = [open, high, low, close].map((ticks) => ticks / 4);
      expect(heard.get(ts / 1000), new Date(ts).toISOString()).toEqual([...points, volume]);
    }
  });
});
