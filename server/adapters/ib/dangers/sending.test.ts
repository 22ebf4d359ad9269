/** What the bare client does with what it is given to send, and what becomes of it here (ib-protocol 4.1). README.md lists them all. */
import { Socket } from 'node:net';
import { type Contract, EventName, IBApi, type Order, OrderAction, OrderType } from '@stoqey/ib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CycleId, OrderRef } from '../../../engine/model/ids';
import { type IbBrokerOptions, REAL_OUTSIDE } from '../options';
import { type BareClient, bareClient, fedClient } from '../testing/bare-client';
import { bracket, type Listener, listen } from '../testing/listener';
import { type Script, type ScriptedGateway, startScriptedGateway } from '../testing/scripted-gateway';
import { MESSAGES } from '../turnstile';

const START_API = '71';
const PLACE_ORDER = '3';
const TRANSMIT = 27;
const FIELDS_AT_178 = 114;

const ES: Contract = { conId: 649180695, exchange: 'CME' };
const BUY: Order = { action: OrderAction.BUY, orderType: OrderType.MKT, totalQuantity: 1, transmit: true };

let gateway: ScriptedGateway | undefined;
let bare: BareClient | undefined;
let heard: Listener | undefined;

async function stage(script: Script = {}): Promise<ScriptedGateway> {
  gateway = await startScriptedGateway(script);
  return gateway;
}

function ours(options: Partial<IbBrokerOptions> = {}): Listener {
  heard = listen(gateway?.port ?? 0, options);
  return heard;
}

async function bareSession(): Promise<BareClient> {
  bare = bareClient(gateway?.port ?? 0);
  const ready = bare.next(EventName.nextValidId);
  bare.api.connect();
  await ready;
  return bare;
}

afterEach(async () => {
  if (bare?.api.isConnected) bare.api.disconnect();
  await heard?.broker.stop();
  await gateway?.close();
  gateway = bare = heard = undefined;
  vi.restoreAllMocks();
});

const orders = () => gateway?.received.filter(([kind]) => kind === PLACE_ORDER) ?? [];
const ordersOfSession = (session: number) => {
  const kinds = gateway?.received.map(([kind]) => kind) ?? [];
  const starts = kinds.flatMap((kind, at) => (kind === START_API ? [at] : []));
  return kinds.slice(starts[session], starts[session + 1]).filter((kind) => kind === PLACE_ORDER).length;
};

/** So many brackets of three orders in one turn. */
function burst({ broker }: Listener, count: number): void {
  const { entry, target, stop } = bracket({ limit: 24_000, target: 24_010, stop: 23_990 });
  const numbered = <S extends { ref: OrderRef }>(order: S, n: number): S => ({
    ...order,
    ref: `c-${n}-1:${order.ref.split(':')[1]}` as OrderRef,
    cycleId: `c-${n}-1` as CycleId,
  });
  for (let n = 0; n < count; n++) {
    const [parent, profit, loss] = [numbered(entry, n), numbered(target, n), numbered(stop, n)];
    broker.send({ type: 'PlaceBracket', entry: parent, target: profit, stop: loss });
  }
}

describe('an order that is placed while disconnected', () => {
  it('DANGER: is queued by the client without a word, and sent when it is connected again', async () => {
    const { drop } = await stage();
    const { api, next } = await bareSession();
    const lost = next(EventName.disconnected);
    drop();
    await lost;
    api.placeOrder(100, ES, BUY);
    const ready = next(EventName.nextValidId);
    api.connect();
    await ready;
    await expect.poll(orders).toHaveLength(1);
  });

  it('comes back at once, and is never sent: each connection is a fresh client', async () => {
    const { drop } = await stage();
    const listener = ours({ backoffFirstMs: 60, backoffMostMs: 60 });
    await listener.hears('InstrumentResolved');
    drop();
    await listener.hears('BrokerDisconnected');
    listener.broker.send(bracket({ target: 24_100, stop: 23_900 }));
    await listener.hears('OrderNotSent', (event) => event.orderRef === 'c-test-1:stop');
    await listener.hears('BrokerConnected', undefined, listener.events.length);
    listener.broker.send({ type: 'RequestReport', requestId: 1 });
    await listener.hears('BrokerReported');
    expect(orders()).toEqual([]);
  });
});

describe('orders that wait for the rate limit when the connection is lost', () => {
  it('DANGER: are kept in the limiter of the client, and sent on the next connection', async () => {
    const { drop } = await stage();
    const { api, next } = await bareSession();
    for (let n = 0; n < 30; n++) api.placeOrder(100 + n, ES, BUY);
    await expect.poll(() => orders().length).toBeGreaterThan(0);
    const lost = next(EventName.disconnected);
    drop();
    await lost;
    const ready = next(EventName.nextValidId);
    api.connect();
    await ready;
    await expect.poll(() => ordersOfSession(1)).toBeGreaterThan(0);
  });

  it('end with it', async () => {
    const { drop } = await stage();
    const listener = ours();
    await listener.hears('InstrumentResolved');
    burst(listener, 20);
    await expect.poll(() => orders().length).toBeGreaterThan(0);
    drop();
    await listener.hears('BrokerConnected', undefined, listener.events.length);
    listener.broker.send({ type: 'RequestReport', requestId: 1 });
    await listener.hears('BrokerReported');
    expect(ordersOfSession(0)).toBeGreaterThan(0);
    expect(ordersOfSession(1)).toBe(0);
  });
});

describe('a burst of messages', () => {
  function sentAtOnce(api: IBApi, count: number): number {
    let sent = 0;
    api.on(EventName.sent, () => {
      sent += 1;
    });
    for (let n = 0; n < count; n++) api.cancelOrder(n + 1);
    return sent;
  }

  it('DANGER: leaves the client in portions of four, first in first out: a cancel stands behind entries', () => {
    const { api, hear } = fedClient();
    hear([9, 1, 100]);
    expect(sentAtOnce(api, MESSAGES)).toBe(4);
  });

  it('leaves ours at once, as far as IB allows: its limiter is set so wide that only our turnstile limits', () => {
    const api = REAL_OUTSIDE.newClient({ host: '127.0.0.1', port: 0, clientId: 17 });
    if (!(api instanceof IBApi)) throw new Error('the real client is IB’s');
    api.emit(EventName.nextValidId, 100);
    const { controller } = api as unknown as { controller: { resume(): void } };
    controller.resume();
    expect(sentAtOnce(api, MESSAGES)).toBe(MESSAGES);
  });
});

describe('the second leg of a bracket', () => {
  it('DANGER: is held back by Nagle’s algorithm: the client does not switch it off', async () => {
    await stage();
    const setNoDelay = vi.spyOn(Socket.prototype, 'setNoDelay');
    await bareSession();
    expect(new Set(setNoDelay.mock.instances).size).toBe(1);
  });

  it('leaves at once: it is switched off for each connection', async () => {
    const { drop } = await stage();
    const setNoDelay = vi.spyOn(Socket.prototype, 'setNoDelay');
    const listener = ours();
    await listener.hears('BrokerConnected');
    expect(new Set(setNoDelay.mock.instances).size).toBe(2);
    drop();
    await listener.hears('BrokerConnected', undefined, listener.events.length);
    expect(new Set(setNoDelay.mock.instances).size).toBe(4);
  });
});

describe('what an order does not say', () => {
  function messageOf(order: Order): unknown[] {
    const { api, hear } = fedClient();
    hear([9, 1, 100]);
    let message: unknown[] = [];
    api.on(EventName.sent, (tokens: unknown[]) => {
      message = tokens;
    });
    api.placeOrder(100, ES, order);
    return message;
  }

  it('DANGER: is sent as nothing: an order without `transmit` is parked at the gateway and never works', () => {
    const { transmit: _, ...silent } = BUY;
    expect(messageOf(silent)[TRANSMIT]).toBeUndefined();
    expect(messageOf(BUY)[TRANSMIT]).toBe(1);
  });

  it('DANGER: an empty list of `orderMiscOptions` drops a field and shifts all that follow', () => {
    expect(messageOf(BUY)).toHaveLength(FIELDS_AT_178);
    expect(messageOf({ ...BUY, orderMiscOptions: [] })).toHaveLength(FIELDS_AT_178 - 1);
  });

  it('is always said here: `transmit` by each leg, and no field is missing', async () => {
    await stage();
    const listener = ours();
    await listener.hears('InstrumentResolved');
    listener.broker.send(bracket({ target: 24_100, stop: 23_900 }));
    await expect.poll(orders).toHaveLength(3);
    expect(orders().map((message) => message[TRANSMIT])).toEqual(['0', '0', '1']);
    // the split leaves an empty text behind the last NUL
    expect(new Set(orders().map((message) => message.length - 1))).toEqual(new Set([FIELDS_AT_178]));
  });
});

describe('an address that is not given', () => {
  it('DANGER: is read from a file that the package does not bring along, and connecting throws', () => {
    expect(() => new IBApi().connect()).toThrow(/host|port|path/);
  });

  it('is always given here, with port and client id', () => {
    const { options } = (
      REAL_OUTSIDE.newClient({ host: 'gateway.local', port: 4002, clientId: 17 }) as unknown as {
        controller: { options: object };
      }
    ).controller;
    expect(options).toMatchObject({ host: 'gateway.local', port: 4002, clientId: 17 });
  });
});

describe('disconnecting twice', () => {
  it('DANGER: is told as an info (504), and an error-only listener would wait for ever', () => {
    const { api, all } = bareClient(0);
    api.disconnect();
    expect(all(EventName.info)).toEqual([['Cannot disconnect if already disconnected.', 504]]);
    expect(all(EventName.disconnected)).toEqual([]);
  });

  it('ends all the same here, and so does stopping what never connected or has just been lost', async () => {
    const { drop } = await stage();
    const listener = ours({ backoffFirstMs: 5_000, backoffMostMs: 5_000 });
    await listener.hears('BrokerConnected');
    drop();
    await listener.hears('BrokerDisconnected');
    await listener.broker.stop();
    await listener.broker.stop();
    const never = listen(gateway?.port ?? 0);
    await never.broker.stop();
    expect(listener.all('BrokerConnected')).toHaveLength(1);
  });
});
