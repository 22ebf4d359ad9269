/** The line is lost and comes back, in each way in which a gateway does it: the real adapter on a real socket against our paper gateway. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Gateway, startGateway } from '../../gateway/gateway';
import { MINUTE, TAPE_START, tapeOf } from '../../gateway/testing/market';
import type { IbBrokerOptions } from './options';
import { bracket, type EventOf, type Listener, listen, spec } from './testing/listener';
import { type MeddlingLine, meddlingLine } from './testing/meddling-line';

const PLACE_ORDER = '3';
const OURS = 17;
const flat = [6000, 6000, 6000, 6000] as const;
const LOST = 'Connectivity between IBKR and Trader Workstation has been lost.';

let gateway: Gateway;
let line: MeddlingLine;
let listeners: Listener[] = [];
let now: { ts: number };

function start(port = 0): Promise<Gateway> {
  const market = tapeOf(flat, [6000, 6003, 6000, 6003], flat, flat);
  return startGateway({ port, market, startTs: TAPE_START, speed: 0, quoteIntervalMs: 1 });
}

function advance(ms: number): void {
  now.ts += ms;
  gateway.advanceTo(now.ts);
}

async function trader(options: Partial<IbBrokerOptions> = {}, port = line.port): Promise<Listener> {
  const heard = listen(port, options, now);
  listeners.push(heard);
  await heard.hears('InstrumentResolved');
  return heard;
}

let asked = 0;
async function report({ broker, hears }: Listener): Promise<EventOf<'BrokerReported'>['report']> {
  const requestId = ++asked;
  broker.send({ type: 'RequestReport', requestId });
  return (await hears('BrokerReported', (event) => event.report.requestId === requestId)).report;
}

const refsOf = (orders: readonly { orderRef: string }[]) => orders.map(({ orderRef }) => orderRef).sort();
const reconnected = ({ hears, events }: Listener) => hears('BrokerConnected', undefined, events.length);
const ordersSent = () => line.passed.filter((kind) => kind === PLACE_ORDER).length;

const RESTING = bracket({ limit: 23_000, target: 24_100, stop: 22_900 });
const AT_MARKET = bracket({ target: 24_010, stop: 23_980 });

beforeEach(async () => {
  now = { ts: TAPE_START };
  gateway = await start();
  line = await meddlingLine(gateway.port);
  advance(5_000);
});

afterEach(async () => {
  await Promise.all(listeners.map(({ broker }) => broker.stop()));
  listeners = [];
  line.close();
  await gateway.close();
});

describe('back under the same client id', () => {
  it('hears of its live orders before the session begins, can change and cancel them, and sends none of them again', async () => {
    const heard = await trader();
    heard.broker.send(RESTING);
    await heard.hears('OrderStatusReported', (event) => event.orderRef === RESTING.stop.ref);
    const lostAt = heard.events.length;
    gateway.dropClients();
    await reconnected(heard);
    const back = heard.events.slice(lostAt).map(({ type }) => type);
    expect(back.indexOf('OrderStatusReported')).toBeLessThan(back.indexOf('BrokerConnected'));
    expect(ordersSent()).toBe(3);
    heard.broker.send({ type: 'CancelOrder', ref: RESTING.entry.ref });
    await heard.hears(
      'OrderStatusReported',
      (event) => event.orderRef === RESTING.entry.ref && event.status === 'Cancelled',
    );
  });

  it('learns of what filled meanwhile from the report: executions, charges, the position, the end of the others', async () => {
    const heard = await trader();
    heard.broker.send(AT_MARKET);
    await heard.hears('ExecutionReported');
    gateway.dropClients();
    await heard.hears('BrokerDisconnected');
    advance(2 * MINUTE);
    await reconnected(heard);
    const { executions, commissions, completedOrders, positions, openOrders } = await report(heard);
    expect(refsOf(executions)).toEqual([AT_MARKET.entry.ref, AT_MARKET.target.ref]);
    expect(commissions).toHaveLength(2);
    expect(completedOrders.find(({ orderRef }) => orderRef === AT_MARKET.stop.ref)?.status).toBe('Cancelled');
    expect([...positions, ...openOrders]).toEqual([]);
  });
});

describe('back under another client id', () => {
  it('sees the old orders as those of that id, and is told that it cannot cancel them', async () => {
    const before = await trader();
    before.broker.send(RESTING);
    await before.hears('OrderStatusReported', (event) => event.orderRef === RESTING.stop.ref);
    await before.broker.stop();
    const after = await trader({ clientId: 18 });
    const { openOrders } = await report(after);
    expect(refsOf(openOrders)).toEqual(
      refsOf([RESTING.entry, RESTING.target, RESTING.stop].map(({ ref }) => ({ orderRef: ref }))),
    );
    expect(new Set(openOrders.map(({ clientId }) => clientId))).toEqual(new Set([OURS]));
    after.broker.send({ type: 'CancelOrder', ref: RESTING.entry.ref });
    expect((await after.hears('OrderErrorReported')).code).toBe(10147);
    expect(gateway.exchange.openOrders(OURS)).toHaveLength(3);
  });
});

describe('a client id that is in use', () => {
  it('is refused in plain words while the first goes on, and is let in when the first has gone', async () => {
    const first = await trader();
    const second = listen(line.port, {}, now);
    listeners.push(second);
    expect((await second.hears('BrokerDisconnected')).why).toContain('Client id 17 is already in use');
    first.broker.send(RESTING);
    await first.hears('OrderStatusReported', (event) => event.orderRef === RESTING.stop.ref);
    expect(first.all('BrokerDisconnected')).toEqual([]);
    await first.broker.stop();
    await second.hears('BrokerConnected');
    expect((await report(second)).openOrders).toHaveLength(3);
  });
});

describe('IB’s servers lost behind the gateway (1100)', () => {
  it.each([
    [1101, 'data lost', 'subscribes all anew', 2],
    [1102, 'data maintained', 'keeps its subscriptions', 1],
  ])(
    'and back with %i, %s: it %s, and nothing was sent meanwhile',
    async (code, text, _what, subscriptions) => {
      const heard = await trader();
      await expect.poll(() => line.passed.filter((kind) => kind === '1')).toHaveLength(1);
      line.say(4, 2, -1, 1100, LOST, '');
      line.say(4, 2, -1, 1100, LOST, '');
      await heard.hears('BrokerDisconnected');
      heard.broker.send(RESTING);
      await heard.hears('OrderNotSent', (event) => event.orderRef === RESTING.stop.ref);
      const from = heard.events.length;
      line.say(4, 2, -1, code, `Connectivity has been restored - ${text}.`, '');
      await heard.hears('BrokerConnected', undefined, from);
      await report(heard);
      await expect.poll(() => line.passed.filter((kind) => kind === '1')).toHaveLength(subscriptions);
      expect(heard.all('BrokerDisconnected')).toHaveLength(1);
      expect(ordersSent()).toBe(0);
      expect(line.passed.filter((kind) => kind === '71')).toHaveLength(1);
    },
  );
});

describe('a gateway that restarts', () => {
  it('is found again, and order ids go on above those of before although it counts from one (F24)', async () => {
    const heard = await trader();
    heard.broker.send(RESTING);
    await heard.hears('OrderStatusReported', (event) => event.orderRef === RESTING.stop.ref);
    const { port } = gateway;
    await gateway.close();
    expect((await heard.hears('BrokerDisconnected')).why).toContain('closed the connection');
    gateway = await start(port);
    advance(0);
    await reconnected(heard);
    expect((await report(heard)).openOrders).toEqual([]);
    expect(ordersSent()).toBe(3);
    heard.broker.send({
      type: 'PlaceOrder',
      order: spec('exit', { side: 'SELL', type: 'LMT', limitTicks: 25_000 }),
    });
    const { orderId } = await heard.hears(
      'OrderStatusReported',
      (event) => event.orderRef === 'c-test-1:exit',
    );
    expect(orderId).toBe(4);
  });
});

describe('a line that is cut in the middle of a bracket', () => {
  it.each([
    [1, 'nothing'],
    [2, 'the entry alone'],
    [3, 'entry and target without the stop'],
  ])('before leg %i: %s arrived, nothing works at the broker, and nothing is sent again', async (leg) => {
    const heard = await trader();
    line.cutBefore(PLACE_ORDER, leg);
    heard.broker.send(AT_MARKET);
    await heard.hears('BrokerDisconnected');
    await reconnected(heard);
    advance(2 * MINUTE);
    const { openOrders, executions, positions } = await report(heard);
    expect([...openOrders, ...executions, ...positions]).toEqual([]);
    expect(ordersSent()).toBe(leg - 1);
    expect(gateway.exchange.openOrders(OURS)).toEqual([]);
  });

  it('after its last leg: it works, filled while nobody heard, and the report tells', async () => {
    const heard = await trader();
    line.cutBefore('4', 1);
    heard.broker.send(AT_MARKET);
    heard.broker.send({ type: 'CancelOrder', ref: AT_MARKET.entry.ref });
    await heard.hears('BrokerDisconnected');
    advance(1_000);
    await reconnected(heard);
    const { openOrders, executions, positions } = await report(heard);
    expect(refsOf(executions)).toEqual([AT_MARKET.entry.ref]);
    expect(refsOf(openOrders)).toEqual([AT_MARKET.stop.ref, AT_MARKET.target.ref]);
    expect(positions).toMatchObject([{ symbol: 'ES', quantity: 1 }]);
    expect(ordersSent()).toBe(3);
  });
});
