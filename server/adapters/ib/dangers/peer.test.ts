/** A gateway that is there and is not: silent, half open, in crumbs; and numbers that mean two things (ib-protocol 4.2, 4.4, 4.6). */
import { EventName } from '@stoqey/ib';
import { afterEach, describe, expect, it } from 'vitest';
import { type Gateway, startGateway } from '../../../gateway/gateway';
import { crumblingLine } from '../../../gateway/testing/crumbling-line';
import { TAPE_START, tapeOf } from '../../../gateway/testing/market';
import type { IbBrokerOptions } from '../options';
import { type BareClient, bareClient, fedClient } from '../testing/bare-client';
import { handClock } from '../testing/hand-clock';
import { bracket, type Listener, listen } from '../testing/listener';
import { type Script, type ScriptedGateway, startScriptedGateway } from '../testing/scripted-gateway';
import { SPAN_MS } from '../turnstile';

let closing: (() => unknown)[] = [];

async function stage(script: Script = {}): Promise<ScriptedGateway> {
  const gateway = await startScriptedGateway(script);
  closing.push(() => gateway.close());
  return gateway;
}

function bare({ port }: { port: number }): BareClient {
  const client = bareClient(port);
  closing.push(() => client.api.disconnect());
  return client;
}

function ours(
  { port }: { port: number },
  options: Partial<IbBrokerOptions> = {},
  now?: { ts: number },
): Listener {
  const heard = listen(port, options, now);
  closing.push(() => heard.broker.stop());
  return heard;
}

afterEach(async () => {
  for (const close of closing.reverse()) await close();
  closing = [];
});

describe('a gateway that stops answering', () => {
  it('DANGER: stays connected for the client, which asks nothing by itself', async () => {
    const gateway = await stage();
    const client = bare(gateway);
    const ready = client.next(EventName.nextValidId);
    client.api.connect();
    await ready;
    gateway.fallSilent();
    client.api.reqCurrentTime();
    await expect.poll(() => gateway.received.some(([kind]) => kind === '49')).toBe(true);
    expect(client.api.isConnected).toBe(true);
    expect(client.all(EventName.disconnected)).toEqual([]);
  });

  it('is given up when a heartbeat is not answered in time', async () => {
    const gateway = await stage();
    const heard = ours(gateway, { silenceMs: 120 });
    await heard.hears('BrokerConnected');
    gateway.fallSilent();
    expect((await heard.hears('BrokerDisconnected')).why).toContain('has not answered for 120 ms');
  });
});

describe('a gateway that throws a message away because there were too many (100)', () => {
  it('is given a rest, and the heartbeat that it may have thrown away is asked again: the connection stays', async () => {
    let answering = true;
    const clock = handClock();
    const gateway = await stage({ answers: { '49': () => (answering ? [[49, 1, 1_765_550_700]] : []) } });
    const heard = ours(gateway, { clock, silenceMs: 1_500, heartbeatMs: 20 });
    await heard.hears('BrokerConnected');
    const beats = () => gateway.received.filter(([kind]) => kind === '49').length;
    const notice = (code: number, text: string) => {
      gateway.say(4, 2, -1, code, text, '');
      return heard.hears('BrokerNotice', (event) => event.code === code, heard.events.length);
    };
    await expect.poll(() => heard.broker.heartbeat()).not.toBeNull();
    answering = false;
    clock.pass(20);
    await expect.poll(beats).toBe(2);
    await notice(100, 'Max rate of messages per second has been exceeded:');
    answering = true;
    clock.pass(SPAN_MS - 1);
    for (let n = 0; n < 3; n += 1) await notice(2109, 'A notice that comes after what was sent.');
    expect(beats()).toBe(2);
    clock.pass(1);
    await expect.poll(beats).toBe(3);
    await expect.poll(() => heard.broker.heartbeat()?.atHostMs).toBe(clock.now().hostMs);
    clock.pass(1_000);
    await notice(2109, 'A notice that comes after what was sent.');
    expect(heard.all('BrokerDisconnected')).toEqual([]);
  });
});

describe('a socket that is half open', () => {
  it('DANGER: is waited for without end: the client sets no deadline to the handshake', async () => {
    const gateway = await stage({ mute: true });
    const client = bare(gateway);
    client.api.connect();
    await gateway.greeted();
    expect(client.heard).toEqual([]);
  });

  it('is given up after the deadline of the handshake, and tried again', async () => {
    const heard = ours(await stage({ mute: true }), { handshakeMs: 40 });
    expect((await heard.hears('BrokerDisconnected')).why).toContain('began no session');
    await heard.hears('BrokerConnecting', (event) => event.attempt === 3);
    expect(heard.all('BrokerConnected')).toEqual([]);
  });
});

describe('a line that delivers one byte at a time', () => {
  let gateway: Gateway;

  it('changes nothing: a bracket goes out, fills, and the account is reported', async () => {
    const now = { ts: TAPE_START };
    const market = tapeOf([6000, 6000, 6000, 6000], [6000, 6000, 6000, 6000]);
    gateway = await startGateway({ port: 0, market, startTs: TAPE_START, speed: 0, quoteIntervalMs: 1 });
    closing.push(() => gateway.close());
    const line = await crumblingLine(gateway.port);
    closing.push(() => line.close());
    const advance = (ms: number) => {
      now.ts += ms;
      gateway.advanceTo(now.ts);
    };
    advance(5_000);
    const heard = ours(line, {}, now);
    await heard.hears('InstrumentResolved');
    heard.broker.send(bracket({ target: 24_100, stop: 23_900 }));
    await heard.hears('ExecutionReported');
    heard.broker.send({ type: 'RequestReport', requestId: 1 });
    const { report } = await heard.hears('BrokerReported');
    expect(report.positions).toMatchObject([{ symbol: 'ES', quantity: 1 }]);
    expect(report.openOrders).toHaveLength(2);
    expect(heard.all('BrokerMessageLost')).toEqual([]);
  });
});

describe('a number that is that of an order and of a request', () => {
  it('DANGER: is one and the same for the client: an error of either looks alike', () => {
    const { hear, all } = fedClient();
    hear([4, 2, 7, 201, 'Order rejected', ''], [4, 2, 7, 200, 'No security definition', '']);
    expect(all(EventName.error).map(([, code, id]) => [code, id])).toEqual([
      [201, 7],
      [200, 7],
    ]);
  });

  it('does not occur: order ids grow from below, request ids fall from above', async () => {
    const gateway = await stage({ nextOrderId: 1_700_000_000 });
    const heard = ours(gateway);
    await heard.hears('InstrumentResolved');
    heard.broker.send(bracket({ target: 24_100, stop: 23_900 }));
    await expect.poll(() => gateway.received.filter(([kind]) => kind === '3')).toHaveLength(3);
    gateway.say(4, 2, 1_700_000_000, 201, 'Order rejected', '');
    expect((await heard.hears('OrderErrorReported')).orderRef).toBe('c-test-1:entry');
    const asked = () =>
      gateway.received.flatMap(([kind, first, second]) =>
        kind === '1' || kind === '9' ? [Number(second)] : kind === '20' ? [Number(first)] : [],
      );
    await expect.poll(() => asked().length).toBeGreaterThan(1);
    const requests = asked();
    expect(new Set(requests).size).toBe(requests.length);
    for (const id of requests) expect(id).toBeGreaterThan(2_147_000_000);
    for (const id of requests) expect(id).toBeLessThan(2_147_483_647);
  });
});
