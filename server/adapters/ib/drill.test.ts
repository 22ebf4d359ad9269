/**
 * A bad night, as the gateway's fault desk gives it: the adapter on a real socket, the paper gateway with its own faults, no stage directions.
 * The line between them only counts what passed.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { spoil } from '../../gateway/fault/testing/drill';
import { type Gateway, startGateway } from '../../gateway/gateway';
import { MINUTE, TAPE_START, tapeOf } from '../../gateway/testing/market';
import type { IbBrokerOptions } from './options';
import { bracket, type EventOf, type Listener, listen, spec } from './testing/listener';
import { type MeddlingLine, meddlingLine } from './testing/meddling-line';

const START_API = '71';
const PLACE_ORDER = '3';
const REQ_MKT_DATA = '1';
const OURS = 17;

/** The second minute trades up to 6003: past the target, and past a limit at 6002. */
const market = tapeOf(
  [6000, 6000, 6000, 6000],
  [6000, 6003, 6000, 6003],
  ...Array.from({ length: 8 }, () => [6003, 6003, 6003, 6003] as const),
);
const RESTING = bracket({ limit: 23_000, target: 24_100, stop: 22_900 });
const AT_MARKET = bracket({ target: 24_010, stop: 23_980 });

let gateway: Gateway;
let line: MeddlingLine;
let listeners: Listener[];
let now: { ts: number };

beforeEach(async () => {
  now = { ts: TAPE_START };
  listeners = [];
  gateway = await startGateway({ port: 0, market, startTs: TAPE_START, speed: 0, quoteIntervalMs: 1 });
  line = await meddlingLine(gateway.port);
  advance(5_000);
});

afterEach(async () => {
  await Promise.all(listeners.map(({ broker }) => broker.stop()));
  line.close();
  await gateway.close();
});

function advance(ms: number): void {
  now.ts += ms;
  gateway.advanceTo(now.ts);
}

/** Connected, with a price. */
async function trader(options: Partial<IbBrokerOptions> = {}): Promise<Listener> {
  const heard = listen(line.port, { subscribeAgainMs: 100, quoteMs: 1, questionMs: 1, ...options }, now);
  listeners.push(heard);
  await heard.hears('QuoteReceived', ({ quote }) => quote.lastTicks !== null);
  return heard;
}

/** Its three orders work at the exchange. */
async function resting(heard: Listener): Promise<void> {
  heard.broker.send(RESTING);
  await heard.hears('OrderStatusReported', ({ orderRef }) => orderRef === RESTING.stop.ref);
}

let asked = 0;
async function report({ broker, hears }: Listener): Promise<EventOf<'BrokerReported'>['report']> {
  const requestId = ++asked;
  broker.send({ type: 'RequestReport', requestId });
  return (await hears('BrokerReported', (event) => event.report.requestId === requestId)).report;
}

const passed = (kind: string) => line.passed.filter((other) => other === kind).length;
const refsOf = (orders: readonly { orderRef: string }[]) => orders.map(({ orderRef }) => orderRef).sort();
const ALL_OF = ({ entry, target, stop }: typeof RESTING) =>
  [entry, target, stop].map(({ ref }) => ref).sort();

/** A quote of what the market does from now on. */
async function quotesGoOn({ hears, events }: Listener): Promise<void> {
  const from = events.length;
  advance(2 * MINUTE);
  await hears('QuoteReceived', ({ quote }) => quote.lastTicks === 24_012, from);
}

describe('IB lost behind the gateway (1100)', () => {
  it.each([
    ['1100->1101', 'subscribes anew', 2],
    ['1100->1102', 'keeps its subscriptions', 1],
  ])('%s: nothing is sent meanwhile; then it %s, and quotes go on', async (fault, _what, subscriptions) => {
    const heard = await trader();
    await resting(heard);
    const lost = spoil(gateway, fault);
    expect((await heard.hears('BrokerDisconnected')).why).toContain('(1100)');
    heard.broker.send({ type: 'CancelOrder', ref: RESTING.entry.ref });
    heard.broker.send(AT_MARKET);
    await heard.hears('OrderNotSent', ({ orderRef }) => orderRef === AT_MARKET.entry.ref);
    const from = heard.events.length;
    gateway.faults.lift(lost);
    await heard.hears('BrokerConnected', undefined, from);
    expect(refsOf((await report(heard)).openOrders)).toEqual(ALL_OF(RESTING));
    await expect.poll(() => passed(REQ_MKT_DATA)).toBe(subscriptions);
    await quotesGoOn(heard);
    expect([passed(PLACE_ORDER), passed(START_API)]).toEqual([3, 1]);
  });

  it('what fills while IB is away is not heard, and is in the report when it is back', async () => {
    const heard = await trader();
    heard.broker.send(AT_MARKET);
    await heard.hears('ExecutionReported');
    const lost = spoil(gateway, '1100->1102');
    await heard.hears('BrokerDisconnected');
    advance(2 * MINUTE);
    gateway.faults.lift(lost);
    await heard.hears('BrokerConnected', undefined, heard.events.length);
    expect(heard.all('ExecutionReported')).toHaveLength(1);
    const { executions, positions, openOrders } = await report(heard);
    expect(refsOf(executions)).toEqual([AT_MARKET.entry.ref, AT_MARKET.target.ref]);
    expect([...positions, ...openOrders]).toEqual([]);
  });

  it('while it is away a new connection is told so at its beginning, and is ready when IB is back', async () => {
    const heard = await trader();
    const lost = spoil(gateway, '1100->1102');
    await heard.hears('BrokerDisconnected');
    const from = heard.events.length;
    spoil(gateway, 'dropTcp');
    await heard.hears('BrokerDisconnected', ({ why }) => why.includes('(1100)'), from + 1);
    expect(heard.all('BrokerConnected')).toHaveLength(1);
    gateway.faults.lift(lost);
    await heard.hears('BrokerConnected', undefined, from);
    await quotesGoOn(heard);
  });
});

describe('a gateway that restarts', () => {
  it('with its orders: they are told before the session, and none is sent again', async () => {
    const heard = await trader();
    await resting(heard);
    const from = heard.events.length;
    spoil(gateway, 'restart downMs=30');
    await heard.hears('BrokerConnected', undefined, from);
    const back = heard.events.slice(from).map(({ type }) => type);
    expect(back.indexOf('OrderStatusReported')).toBeGreaterThan(-1);
    expect(back.indexOf('OrderStatusReported')).toBeLessThan(back.indexOf('BrokerConnected'));
    expect(refsOf((await report(heard)).openOrders)).toEqual(ALL_OF(RESTING));
    expect(passed(PLACE_ORDER)).toBe(3);
    await quotesGoOn(heard);
  });

  it('without them: the report is empty, and what is missing is not placed anew by the adapter', async () => {
    const heard = await trader();
    await resting(heard);
    const from = heard.events.length;
    spoil(gateway, 'restart keepOrders=false downMs=0');
    await heard.hears('BrokerConnected', undefined, from);
    expect((await report(heard)).openOrders).toEqual([]);
    expect(gateway.exchange.openOrders(OURS)).toEqual([]);
    expect(passed(PLACE_ORDER)).toBe(3);
  });

  it('at night: 1100, the restart, IB back; positions stay, the executions of the day are gone, orders go on', async () => {
    const heard = await trader();
    heard.broker.send(AT_MARKET);
    await heard.hears('ExecutionReported');
    const from = heard.events.length;
    const lost = spoil(gateway, '1100->1101');
    await heard.hears('BrokerDisconnected', ({ why }) => why.includes('(1100)'));
    spoil(gateway, 'midnightRollover', 'restart downMs=30');
    await heard.hears('BrokerDisconnected', ({ why }) => why.includes('closed the connection'));
    gateway.faults.lift(lost);
    await heard.hears('BrokerConnected', undefined, from);
    const { executions, positions, openOrders } = await report(heard);
    expect(executions).toEqual([]);
    expect(positions).toMatchObject([{ symbol: 'ES', quantity: 1 }]);
    expect(refsOf(openOrders)).toEqual([AT_MARKET.stop.ref, AT_MARKET.target.ref].sort());
    heard.broker.send({ type: 'CancelOrder', ref: AT_MARKET.target.ref });
    await heard.hears(
      'OrderStatusReported',
      ({ orderRef, status }) => orderRef === AT_MARKET.target.ref && status === 'Cancelled',
    );
  });
});

describe('another session of the login (10197)', () => {
  it('takes the quotes: said once; they are back by themselves when it ends, and orders go out all the while', async () => {
    const heard = await trader();
    const other = spoil(gateway, 'competingSession');
    expect(await heard.hears('QuotesRefused')).toMatchObject({ symbol: 'ES', code: 10197, competing: true });
    await resting(heard);
    gateway.faults.lift(other);
    advance(2 * MINUTE);
    await heard.hears('QuotesResumed');
    await heard.hears('QuoteReceived', ({ quote }) => quote.lastTicks === 24_012);
    expect(heard.all('QuotesRefused')).toHaveLength(1);
    expect(heard.all('BrokerDisconnected')).toEqual([]);
  });
});

describe('the rest of a bad night', () => {
  it('a client id that is in use is let in when it is free', async () => {
    const taken = spoil(gateway, 'clientIdInUse');
    const heard = listen(line.port, {}, now);
    listeners.push(heard);
    expect((await heard.hears('BrokerDisconnected')).why).toContain('Client id 17 is already in use');
    gateway.faults.lift(taken);
    await heard.hears('BrokerConnected');
  });

  it('a next valid id that is too low is not used: ids go on above those of before (F24)', async () => {
    const heard = await trader();
    await resting(heard);
    spoil(gateway, 'lowNextValidId 3');
    const from = heard.events.length;
    spoil(gateway, 'dropTcp');
    await heard.hears('BrokerConnected', undefined, from);
    const exit = spec('exit', { side: 'SELL', type: 'LMT', limitTicks: 25_000 });
    heard.broker.send({ type: 'PlaceOrder', order: exit });
    const { orderId } = await heard.hears('OrderStatusReported', ({ orderRef }) => orderRef === exit.ref);
    expect(orderId).toBe(4);
  });

  it('a half-open socket is given up, and the next connection is a whole one', async () => {
    const heard = await trader({ silenceMs: 300 });
    const silent = spoil(gateway, 'halfOpen');
    await heard.hears('BrokerDisconnected', ({ why }) => why.includes('has not answered'));
    const from = heard.events.length;
    gateway.faults.lift(silent);
    await heard.hears('BrokerConnected', undefined, from);
  });

  it('a charge that IB does not know yet (-1) is not one: what it is in the end is told, once', async () => {
    const heard = await trader();
    spoil(gateway, 'pendingCommissions withinMs=20');
    heard.broker.send(AT_MARKET);
    const { commission } = await heard.hears('CommissionReported');
    expect(commission.micros).toBe(2_250_000);
    expect(heard.all('CommissionReported')).toHaveLength(1);
  });

  it('farms that are broken are told by name, and quotes are back with them', async () => {
    const heard = await trader();
    const broken = spoil(gateway, 'farmsBroken');
    await heard.hears('FarmReported', ({ farm, state }) => farm === 'usfuture' && state === 'broken');
    gateway.faults.lift(broken);
    await heard.hears(
      'FarmReported',
      ({ farm, state }) => farm === 'usfuture' && state === 'ok',
      heard.events.length,
    );
    await quotesGoOn(heard);
  });
});
