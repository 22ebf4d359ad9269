/** Orders, market data and reports over loopback, against our own paper gateway playing a small tape whose every price is known. */
import { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OrderRef } from '../../engine/model/ids';
import { type Gateway, startGateway } from '../../gateway/gateway';
import { MINUTE, TAPE_START, tapeOf } from '../../gateway/testing/market';
import { bracket, type Listener, listen, spec } from './testing/listener';

/** ES: 6000.00 is 24000 ticks. The second minute rises to 6003, the third falls to 5997. */
const market = () =>
  tapeOf(
    [6000, 6000.5, 5999.5, 6000],
    [6000, 6003, 6000, 6003],
    [6003, 6003, 5997, 5997],
    [5997, 5998, 5996, 5997],
  );

let gateway: Gateway;
let heard: Listener;
const now = { ts: TAPE_START };

function advance(ms: number): void {
  now.ts += ms;
  gateway.advanceTo(now.ts);
}

beforeEach(async () => {
  now.ts = TAPE_START;
  gateway = await startGateway({
    port: 0,
    market: market(),
    startTs: TAPE_START,
    speed: 0,
    quoteIntervalMs: 1,
  });
  advance(5_000);
  heard = listen(gateway.port, {}, now);
  await heard.hears('BarsLoaded');
});

afterEach(async () => {
  await heard.broker.stop();
  await gateway.close();
});

describe('the market', () => {
  it('resolves ES with its grid, its size and its hours', async () => {
    const { instrument } = await heard.hears('InstrumentResolved');
    expect(instrument).toMatchObject({ symbol: 'ES', exchange: 'CME', tickSize: 0.25, multiplier: 50 });
    expect(instrument.lastTradeTs).toBeGreaterThan(TAPE_START);
    expect(instrument.sessions.some(({ openTs, closeTs }) => openTs <= now.ts && now.ts < closeTs)).toBe(
      true,
    );
  });

  it('tells the touch and the last trade in ticks', async () => {
    const { quote } = await heard.hears('QuoteReceived', (event) => event.quote.lastTicks !== null);
    expect(quote.symbol).toBe('ES');
    expect(quote.bidTicks).toBeGreaterThan(23_900);
    expect(quote.askTicks).toBeGreaterThan(quote.bidTicks ?? 0);
    expect(quote.bidSize).toBeGreaterThan(0);
    expect(quote.askSize).toBeGreaterThan(0);
  });

  it('tells a minute when the next one begins', async () => {
    advance(2 * MINUTE);
    const { bar } = await heard.hears('BarClosed');
    expect(bar).toMatchObject({
      ts: TAPE_START,
      openTicks: 24_000,
      highTicks: 24_002,
      lowTicks: 23_998,
      closeTicks: 24_000,
    });
  });
});

describe('a bracket', () => {
  it('fills its entry, holds its stop, takes its target, and reports statuses, executions and commissions', async () => {
    heard.broker.send(bracket({ target: 24_010, stop: 23_980 }));
    advance(1_000);
    const entry = await heard.hears('ExecutionReported');
    expect(entry.execution).toMatchObject({
      orderRef: 'c-test-1:entry',
      symbol: 'ES',
      side: 'BUY',
      quantity: 1,
    });
    expect(entry.execution.ts).toBeGreaterThanOrEqual(TAPE_START);
    const commission = await heard.hears(
      'CommissionReported',
      (event) => event.commission.execId === entry.execution.execId,
    );
    expect(commission.commission.micros).toBe(2_250_000);
    const stop = await heard.hears(
      'OrderStatusReported',
      (event) => event.orderRef === 'c-test-1:stop' && event.whyHeld === 'trigger',
    );
    expect(stop.status).toBe('PreSubmitted');
    expect(stop.permId).toBeGreaterThan(0);

    advance(2 * MINUTE);
    const exit = await heard.hears(
      'ExecutionReported',
      (event) => event.execution.orderRef === 'c-test-1:target',
    );
    expect(exit.execution).toMatchObject({ side: 'SELL', priceTicks: 24_010 });
    await heard.hears(
      'OrderStatusReported',
      (event) => event.orderRef === 'c-test-1:stop' && event.status === 'Cancelled',
    );
  });

  it('can be cancelled as a whole by its entry', async () => {
    heard.broker.send(bracket({ limit: 23_000, target: 24_010, stop: 22_980 }));
    await heard.hears('OrderStatusReported', (event) => event.orderRef === 'c-test-1:stop');
    heard.broker.send({ type: 'CancelOrder', ref: spec('entry').ref });
    const cancelled = await heard.hears('OrderStatusReported', (event) => event.status === 'Cancelled');
    expect(cancelled.orderRef).toBe('c-test-1:entry');
    await heard.hears('OrderErrorReported', (event) => event.code === 202);
    await heard.hears(
      'OrderStatusReported',
      (event) => event.orderRef === 'c-test-1:stop' && event.status === 'Cancelled',
    );
  });

  it('has its stop changed in place after the entry has filled, without naming the parent again (135)', async () => {
    const placed = bracket({ target: 24_010, stop: 23_980 });
    heard.broker.send(placed);
    advance(1_000);
    await heard.hears('ExecutionReported');
    const before = heard.events.length;
    heard.broker.send({ type: 'ModifyOrder', order: { ...placed.stop, triggerTicks: 23_990 } });
    const { prices } = await heard.hears(
      'OrderStatusReported',
      (event) => event.orderRef === placed.stop.ref && event.prices?.triggerTicks !== 23_980,
      before,
    );
    expect(prices).toEqual({ limitTicks: null, triggerTicks: 23_990 });
    heard.broker.send({ type: 'RequestReport', requestId: 7 });
    const { report } = await heard.hears('BrokerReported');
    expect(report.openOrders.find((order) => order.orderRef === placed.stop.ref)?.triggerTicks).toBe(23_990);
    expect(heard.all('OrderErrorReported')).toEqual([]);
  });
});

describe('an order id', () => {
  it('is above every id that the journal has heard of, whatever the gateway offers (F24, I7)', async () => {
    await heard.broker.stop();
    heard = listen(gateway.port, { lastOrderId: 5_000 }, now);
    await heard.hears('InstrumentResolved');
    heard.broker.send(bracket({ limit: 23_000, target: 24_100, stop: 22_900 }));
    const { orderId } = await heard.hears(
      'OrderStatusReported',
      (event) => event.orderRef === 'c-test-1:entry',
    );
    expect(orderId).toBe(5_001);
  });
});

describe('a report', () => {
  it('after a reconnect tells what is open, what is over, what was executed at what cost, and what is held', async () => {
    heard.broker.send(bracket({ target: 24_100, stop: 23_900 }));
    advance(1_000);
    const { execution } = await heard.hears('ExecutionReported');
    gateway.dropClients();
    const lostAt = heard.events.length;
    await heard.hears('BrokerConnected', undefined, lostAt);
    heard.broker.send({ type: 'RequestReport', requestId: 3 });
    const { report } = await heard.hears('BrokerReported');

    expect(report.requestId).toBe(3);
    expect(report.openOrders.map((order) => order.orderRef).sort()).toEqual([
      'c-test-1:stop',
      'c-test-1:target',
    ]);
    expect(report.openOrders.find((order) => order.orderRef === 'c-test-1:stop')).toMatchObject({
      clientId: 17,
      status: 'PreSubmitted',
      whyHeld: 'trigger',
      type: 'STP',
      side: 'SELL',
      quantity: 1,
      filled: 0,
      remaining: 1,
      limitTicks: null,
      triggerTicks: 23_900,
    });
    expect(report.completedOrders).toMatchObject([
      { orderRef: 'c-test-1:entry', status: 'Filled', filled: 1, remaining: 0 },
    ]);
    expect(report.executions).toEqual([execution]);
    expect(report.commissions).toEqual([{ execId: execution.execId, micros: 2_250_000 }]);
    expect(report.positions).toMatchObject([{ symbol: 'ES', quantity: 1 }]);
    const commissionTicks = 2.25 / 12.5;
    expect(report.positions[0]?.averageTicks).toBeCloseTo(execution.priceTicks + commissionTicks, 6);
  });

  it('is made twice when asked twice, one after the other', async () => {
    heard.broker.send({ type: 'RequestReport', requestId: 1 });
    heard.broker.send({ type: 'RequestReport', requestId: 2 });
    await heard.hears('BrokerReported', (event) => event.report.requestId === 2);
    expect(heard.all('BrokerReported').map((event) => event.report.requestId)).toEqual([1, 2]);
  });

  it('lets a stop of the last session be cancelled after the broker is started anew', async () => {
    heard.broker.send(bracket({ limit: 23_000, target: 24_100, stop: 22_900 }));
    await heard.hears('OrderStatusReported', (event) => event.orderRef === 'c-test-1:stop');
    await heard.broker.stop();
    heard = listen(gateway.port, {}, now);
    await heard.hears('BrokerConnected');
    heard.broker.send({ type: 'CancelOrder', ref: spec('entry').ref });
    await heard.hears(
      'OrderStatusReported',
      (event) => event.orderRef === 'c-test-1:entry' && event.status === 'Cancelled',
    );
  });
});

describe('IB’s 50 messages a second', () => {
  it('are kept to by everything together: orders, cancels, reports, market data, heartbeats, the handshake', async () => {
    await heard.broker.stop();
    const written: number[] = [];
    const original = Socket.prototype.write;
    const write = vi.spyOn(Socket.prototype, 'write').mockImplementation(function (
      this: Socket,
      ...args: unknown[]
    ) {
      if (this.remotePort === gateway.port) written.push(performance.now());
      return (original as (...all: unknown[]) => boolean).apply(this, args);
    });
    const options = { questionMs: 1, heartbeatMs: 20, symbols: ['ES', 'MES', 'NQ', 'MNQ'] };
    heard = listen(gateway.port, options, now);
    await heard.hears('InstrumentResolved');
    for (let n = 1; n <= 8; n++) heard.broker.send({ type: 'RequestReport', requestId: n });
    const limit = spec('exit', { side: 'SELL', type: 'LMT', limitTicks: 30_000 });
    for (let n = 1; n <= 45; n++) {
      const order = { ...limit, ref: `c-${n}-1:exit` as OrderRef };
      heard.broker.send({ type: 'PlaceOrder', order });
      if (n % 3 === 0) heard.broker.send({ type: 'CancelOrder', ref: order.ref });
    }
    await heard.hears('BrokerReported', (event) => event.report.requestId === 8);
    write.mockRestore();
    const inSecondFrom = (ms: number) => written.filter((atMs) => atMs >= ms && atMs < ms + 1_000).length;
    expect(written.length).toBeGreaterThan(100);
    expect(Math.max(...written.map(inSecondFrom))).toBeGreaterThan(40);
    expect(Math.max(...written.map(inSecondFrom))).toBeLessThanOrEqual(50);
  });
});
