/** The line to the gateway on a bad day: absent, silent, cut, taken, live. Over a real socket, against a gateway that follows a script. */
import { Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { hostAfter } from '../clock/host';
import type { IbBrokerOptions } from './options';
import { bracket, type Listener, listen, spec } from './testing/listener';
import { type Script, type ScriptedGateway, startScriptedGateway } from './testing/scripted-gateway';

const PLACE_ORDER = '3';

let gateway: ScriptedGateway | undefined;
let listener: Listener | undefined;

async function connect(script: Script = {}, options: Partial<IbBrokerOptions> = {}) {
  const started = await startScriptedGateway(script);
  gateway = started;
  const heard = listen(started.port, options);
  listener = heard;
  return { gateway: started, heard };
}

afterEach(async () => {
  await listener?.broker.stop();
  await gateway?.close();
  vi.restoreAllMocks();
});

describe('connecting', () => {
  it('is connected when both the next order id and the account have arrived, and says which account', async () => {
    const { heard } = await connect({ accounts: 'DU7654321' });
    expect(await heard.hears('BrokerConnected')).toEqual({
      type: 'BrokerConnected',
      account: 'DU7654321',
      clientId: 17,
      serverVersion: 178,
      paper: true,
    });
    expect(heard.events[0]).toEqual({ type: 'BrokerConnecting', attempt: 1, why: 'first start' });
  });

  it('sends every leg of a bracket without waiting for an acknowledgement (no Nagle)', async () => {
    const setNoDelay = vi.spyOn(Socket.prototype, 'setNoDelay');
    const { heard } = await connect();
    await heard.hears('BrokerConnected');
    expect(setNoDelay.mock.calls.length).toBeGreaterThanOrEqual(2);
    expect(new Set(setNoDelay.mock.instances).size).toBe(2);
  });

  it('says in plain words that nothing listens, and keeps trying with growing attempts', async () => {
    const absent = await startScriptedGateway();
    await absent.close();
    listener = listen(absent.port);
    const { why } = await listener.hears('BrokerDisconnected');
    expect(why).toContain(`Nothing listens at 127.0.0.1:${absent.port}`);
    expect(why).toContain('Start the paper gateway');
    await listener.hears('BrokerConnecting', (event) => event.attempt === 4);
  });

  it('says that the client id is taken, and tries again', async () => {
    const taken = 'Unable to connect as the client id is already in use.';
    const { heard } = await connect({ refusal: [4, 2, -1, 326, taken, ''] });
    const { why } = await heard.hears('BrokerDisconnected');
    expect(why).toContain('Client id 17 is already in use');
    expect(why).toContain('INTERLOCK_CLIENT_ID');
    await heard.hears('BrokerConnecting', (event) => event.attempt === 2);
  });

  it('gives up a connection on which no session begins', async () => {
    const { heard, gateway } = await connect({}, { handshakeMs: 60 });
    await heard.hears('BrokerConnected');
    gateway.fallSilent();
    gateway.drop();
    const { why } = await heard.hears('BrokerDisconnected', (event) =>
      event.why.includes('began no session'),
    );
    expect(why).toContain('is it logged in?');
  });
});

describe('the live guard', () => {
  it('refuses a live account that is not armed, says how to arm it, and does not come back', async () => {
    const { heard, gateway } = await connect({ accounts: 'U1234567' });
    const { why } = await heard.hears('BrokerDisconnected');
    expect(why).toContain('U1234567 is a live account and is not armed');
    expect(why).toContain('INTERLOCK_ARM_LIVE_ACCOUNT=U1234567');
    heard.broker.send({ type: 'PlaceOrder', order: spec('entry') });
    await heard.hears('OrderNotSent');
    expect(heard.all('BrokerConnected')).toEqual([]);
    expect(heard.all('BrokerConnecting')).toHaveLength(1);
    expect(gateway.received.map(([kind]) => kind)).toEqual(['71']);
  });

  it('trades a live account that was armed by its name, and does not call it paper', async () => {
    const { heard } = await connect({ accounts: 'U1234567' }, { armedLiveAccount: 'U1234567' });
    expect(await heard.hears('BrokerConnected')).toMatchObject({ account: 'U1234567', paper: false });
  });

  it('does not even connect to a live port while no account is armed', async () => {
    listener = listen(4001);
    const { why } = await listener.hears('BrokerDisconnected');
    expect(why).toContain('Port 4001 is a live trading port');
    expect(listener.all('BrokerConnecting')).toEqual([]);
  });
});

describe('losing the connection', () => {
  it('notices a peer that is connected and silent, and connects anew', async () => {
    const { heard, gateway } = await connect({}, { silenceMs: 150 });
    await heard.hears('BrokerConnected');
    gateway.fallSilent();
    const { why } = await heard.hears('BrokerDisconnected');
    expect(why).toContain('has not answered for 150 ms');
    await heard.hears('BrokerConnecting', (event) => event.attempt === 1, heard.events.length - 1);
  });

  it('reports the loss at once, long before a silence would tell, and connects again', async () => {
    const { heard, gateway } = await connect({}, { silenceMs: 600_000 });
    await heard.hears('BrokerConnected');
    gateway.drop();
    await heard.hears('BrokerDisconnected');
    await heard.hears('BrokerConnected', undefined, heard.events.length);
  });

  it('waits longer each time when sessions begin and end at once, and starts anew after one that lasted', async () => {
    const waits: number[] = [];
    const host = { ms: 0 };
    const clock = {
      now: () => ({ ts: Date.parse('2025-12-12T14:45:00Z'), hostMs: host.ms }),
      after: (ms: number, run: () => void) => {
        if (ms >= 100 && ms <= 800) waits.push(ms);
        return hostAfter(ms <= 800 ? 1 : ms, run);
      },
      sync: () => undefined,
    };
    const wait = { backoffFirstMs: 100, backoffMostMs: 800, chance: () => 1 };
    const { heard, gateway } = await connect({}, { clock, ...wait, heartbeatMs: 60_000 });
    for (let n = 1; n <= 5; n++) {
      await heard.hears(
        'BrokerConnected',
        undefined,
        heard.events.length - (n === 1 ? heard.events.length : 0),
      );
      if (n === 5) host.ms += 800;
      gateway.drop();
      await heard.hears('BrokerDisconnected', () => heard.all('BrokerDisconnected').length === n);
    }
    expect(waits).toEqual([100, 200, 400, 800, 100]);
  });

  it('gives back what is sent while disconnected, outside the caller, and sends none of it later', async () => {
    const { heard, gateway } = await connect({}, { backoffFirstMs: 100, backoffMostMs: 100 });
    await heard.hears('InstrumentResolved');
    gateway.drop();
    await heard.hears('BrokerDisconnected');
    const before = heard.events.length;
    heard.broker.send(bracket({ target: 24_100, stop: 23_900 }));
    heard.broker.send({ type: 'CancelOrder', ref: spec('stop').ref });
    expect(heard.events).toHaveLength(before);
    await heard.hears('OrderErrorReported', (event) => event.code === 504);
    expect(heard.all('OrderNotSent').map((event) => event.orderRef)).toEqual([
      'c-test-1:entry',
      'c-test-1:target',
      'c-test-1:stop',
    ]);
    const from = heard.events.length;
    await heard.hears('BrokerConnected', undefined, from);
    heard.broker.send({ type: 'RequestReport', requestId: 1 });
    await heard.hears('BrokerReported');
    expect(gateway.received.filter(([kind]) => kind === PLACE_ORDER)).toEqual([]);
  });

  it('treats 1100 as a disconnect although the socket stands, and 1102 as the way back', async () => {
    const { heard, gateway } = await connect();
    await heard.hears('InstrumentResolved');
    gateway.say(4, 2, -1, 1100, 'Connectivity between IBKR and Trader Workstation has been lost.', '');
    gateway.say(4, 2, -1, 1100, 'Connectivity between IBKR and Trader Workstation has been lost.', '');
    const { why } = await heard.hears('BrokerDisconnected');
    expect(why).toContain('1100');
    heard.broker.send({ type: 'PlaceOrder', order: spec('entry') });
    await heard.hears('OrderNotSent');
    const from = heard.events.length;
    gateway.say(4, 2, -1, 1102, 'Connectivity has been restored - data maintained.', '');
    await heard.hears('BrokerConnected', undefined, from);
    expect(heard.all('BrokerDisconnected')).toHaveLength(1);
    expect(gateway.received.filter(([kind]) => kind === '71')).toHaveLength(1);
    expect(gateway.received.filter(([kind]) => kind === PLACE_ORDER)).toEqual([]);
  });

  it('subscribes anew when IB is back with data lost (1101)', async () => {
    const { heard, gateway } = await connect();
    await heard.hears('InstrumentResolved');
    const from = heard.events.length;
    gateway.say(4, 2, -1, 1101, 'Connectivity has been restored - data lost.', '');
    await heard.hears('InstrumentResolved', undefined, from);
    await expect
      .poll(() => gateway.received.filter(([kind]) => kind === '1').length)
      .toBeGreaterThanOrEqual(2);
  });

  it('says nothing more after stop', async () => {
    const { heard, gateway } = await connect();
    await heard.hears('BrokerConnected');
    await heard.broker.stop();
    const told = heard.events.length;
    gateway.say(4, 2, -1, 2104, 'Market data farm connection is OK:usfuture', '');
    gateway.drop();
    heard.broker.send({ type: 'PlaceOrder', order: spec('entry') });
    await new Promise((resolve) => setImmediate(resolve));
    expect(heard.events).toHaveLength(told);
  });
});

describe('the heartbeat', () => {
  it('feeds the clock with the time of the gateway and measures the round trip', async () => {
    const sync = vi.fn();
    const clock = {
      now: () => ({ ts: Date.parse('2025-12-12T14:45:00Z'), hostMs: 5_000 }),
      after: hostAfter,
      sync,
    };
    const { heard } = await connect({ answers: { '49': () => [[49, 1, 1_765_550_700]] } }, { clock });
    await expect.poll(() => sync.mock.calls.length).toBeGreaterThanOrEqual(2);
    expect(sync).toHaveBeenCalledWith(1_765_550_700_000, 0);
    expect(heard.broker.heartbeat()?.atHostMs).toBe(5_000);
    expect(heard.broker.heartbeat()?.roundTripMs).toBeGreaterThan(0);
  });
});
