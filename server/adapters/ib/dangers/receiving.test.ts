/** What the bare client makes of what it receives, and what arrives here (ib-protocol 4.2 and 4.3). README.md lists them all. */
import { type ContractDetails, EventName } from '@stoqey/ib';
import { afterEach, describe, expect, it } from 'vitest';
import { completedOrder } from '../../../gateway/answer/completed-order';
import { readAlone } from '../client';
import type { IbBrokerOptions } from '../options';
import { fedClient } from '../testing/bare-client';
import { bracket, type Listener, listen, spec } from '../testing/listener';
import { fieldsOf, record } from '../testing/record';
import {
  contractDetails,
  type Fields,
  type Script,
  type ScriptedGateway,
  startScriptedGateway,
} from '../testing/scripted-gateway';
import { BARS_MAX } from '../translate/bar';
import { instrumentOf } from '../translate/instrument';
import { endOfExchangeDay } from '../translate/time';

const DBL_MAX = '1.7976931348623157E308';

let gateway: ScriptedGateway | undefined;
let listener: Listener | undefined;

async function connect(
  script: Script = {},
  options: Partial<IbBrokerOptions> = {},
): Promise<{ gateway: ScriptedGateway; heard: Listener }> {
  const started = await startScriptedGateway(script);
  gateway = started;
  const heard = listen(started.port, { quoteMs: 1, ...options });
  listener = heard;
  return { gateway: started, heard };
}

afterEach(async () => {
  await listener?.broker.stop();
  await gateway?.close();
});

const FILLED = record({ status: 'Filled', completedStatus: 'Filled', filled: 1, remaining: 0 });

const status = (orderId: number, word: string): Fields => [3, orderId, word, 0, 1, 0, 9001, 0, 0, 17, '', 0];
/** As the journal of the last worker knows it, before the gateway has described it. */
const JOURNALED: ContractDetails = {
  contract: {
    conId: 649180695,
    symbol: 'ES',
    localSymbol: 'ESH6',
    exchange: 'CME',
    currency: 'USD',
    multiplier: 50,
    lastTradeDateOrContractMonth: '20260320',
  },
  minTick: 0.25,
};

const time: Fields = [49, 1, 1_765_550_700];
const received = (kind: string) => gateway?.received.filter(([first]) => first === kind) ?? [];

describe('a message about the connection', () => {
  it('DANGER: comes as an info, not as an error: a client id that is in use, IB lost, a farm broken', () => {
    const { hear, all } = fedClient();
    for (const code of [326, 1100, 1101, 1102, 1300, 2103, 2110]) hear([4, 2, -1, code, 'text', '']);
    expect(all(EventName.error)).toEqual([]);
    expect(all(EventName.info).map(([, code]) => code)).toEqual([326, 1100, 1101, 1102, 1300, 2103, 2110]);
  });

  it('is heard as what it is: a port that moves is the reason of the loss that follows', async () => {
    const { gateway, heard } = await connect();
    await heard.hears('BrokerConnected');
    gateway.say(4, 2, -1, 1300, 'TWS socket port has been reset to 4003.', '');
    gateway.drop();
    const { why } = await heard.hears('BrokerDisconnected');
    expect(why).toContain('TWS socket port has been reset to 4003.');
    expect(why).toContain('INTERLOCK_GATEWAY_PORT');
  });
});

describe('a listener that throws', () => {
  it('DANGER: throws into the socket, and the messages behind it wait for the next bytes', () => {
    const { api, hear, all } = fedClient();
    api.on(EventName.orderStatus, () => {
      throw new Error('a listener failed');
    });
    expect(() => hear(status(100, 'Submitted'), time)).toThrow('a listener failed');
    expect(all(EventName.currentTime)).toEqual([]);
  });

  it('stays alone: what came behind it in the same bytes is heard', async () => {
    const { gateway, heard } = await connect();
    await heard.hears('BrokerConnected');
    const push = heard.events.push.bind(heard.events);
    heard.events.push = (event) => {
      heard.events.push = push;
      throw new Error(`the worker cannot take ${event?.type}`);
    };
    gateway.sayAtOnce(status(100, 'Submitted'), status(101, 'Submitted'));
    expect(await heard.hears('OrderStatusReported')).toMatchObject({ orderId: 101 });
    expect(heard.all('BrokerMessageLost')).toEqual([]);
  });
});

describe('a reject with JSON that is none', () => {
  const reject: Fields = [4, 2, 100, 201, 'Order rejected - reason:margin', '{"advanced": '];

  it('DANGER: throws in the decoder, is lost, and takes the next message with it', () => {
    const { hear, all } = fedClient();
    expect(() => hear(reject)).toThrow(SyntaxError);
    hear(status(101, 'Cancelled'));
    hear(time);
    expect(all(EventName.error).map(([, code]) => code)).toEqual([505]);
    expect(all(EventName.orderStatus)).toEqual([]);
    expect(all(EventName.currentTime)).toHaveLength(1);
  });

  it('is told with its order and its text, and so is the next message', async () => {
    const { gateway, heard } = await connect();
    await heard.hears('InstrumentResolved');
    heard.broker.send(bracket({ target: 24_100, stop: 23_900 }));
    await expect.poll(() => received('3')).toHaveLength(3);
    gateway.sayAtOnce(reject, status(101, 'Cancelled'));
    expect(await heard.hears('OrderErrorReported')).toEqual({
      type: 'OrderErrorReported',
      orderRef: 'c-test-1:entry',
      orderId: 100,
      code: 201,
      text: 'Order rejected - reason:margin',
    });
    await heard.hears('OrderStatusReported', (event) => event.orderRef === 'c-test-1:target');
    expect(heard.all('BrokerMessageLost')).toEqual([]);
  });
});

describe('a message that cannot be decoded', () => {
  const cutOff: Fields = [11, -1, 100, 649180695, 'ES'];

  it('DANGER: is dropped with an error of no order (505): an execution may be missing and nobody asks', () => {
    const { hear, all } = fedClient();
    hear(cutOff);
    expect(all(EventName.execDetails)).toEqual([]);
    expect(all(EventName.error).map(([, code, id]) => [code, id])).toEqual([[505, -1]]);
  });

  it('is told as lost, so that the engine asks for a report', async () => {
    const { gateway, heard } = await connect();
    await heard.hears('BrokerConnected');
    gateway.say(...cutOff);
    const { text } = await heard.hears('BrokerMessageLost');
    expect(text).toContain('EXECUTION_DATA');
  });

  it('fails the report that is being made: the missing row would read as "nothing there"', async () => {
    let silent = true;
    const { heard, gateway } = await connect({ answers: { '16': () => (silent ? [] : [[53, 1]]) } });
    await heard.hears('InstrumentResolved');
    const asked = received('61').length;
    heard.broker.send({ type: 'RequestReport', requestId: 1 });
    await expect.poll(() => received('61')).toHaveLength(asked + 1);
    gateway.say(5, 100, 649180695, 'ES');
    gateway.say(53, 1);
    await heard.hears('BrokerMessageLost');
    silent = false;
    heard.broker.send({ type: 'RequestReport', requestId: 2 });
    const { report } = await heard.hears('BrokerReported');
    expect(report.requestId).toBe(2);
  });

  it('is thrown away alone, whatever the decoder throws', () => {
    const broken = () => {
      const client = fedClient();
      const { decoder } = (
        client.api as unknown as { controller: { decoder: { decodeMsg_ORDER_STATUS(): void } } }
      ).controller;
      decoder.decodeMsg_ORDER_STATUS = () => {
        throw new RangeError('what nobody thought of');
      };
      return client;
    };
    const bare = broken();
    expect(() => bare.hear(status(100, 'Submitted'), time)).toThrow(RangeError);
    const { api, hear, all } = broken();
    const lost: string[] = [];
    expect(readAlone(api, (why) => lost.push(why))).toBe(true);
    // what is left of it begins with its order id, which would be read as the number of a message: 49 is the time
    hear(status(49, 'Submitted'), time);
    expect(lost).toEqual(['RangeError: what nobody thought of']);
    expect(all(EventName.currentTime)).toHaveLength(1);
  });
});

describe('a connection that is not a session yet', () => {
  it('DANGER: counts as connected for the client before its first order id has come', () => {
    const { api } = fedClient();
    expect(api.isConnected).toBe(true);
  });

  it('takes no order here before the next order id and the accounts have arrived', async () => {
    const instrument = instrumentOf(JOURNALED);
    if (instrument === null) throw new Error('no instrument');
    const { gateway, heard } = await connect({ nextOrderId: null }, { instruments: [instrument] });
    await expect.poll(() => received('71')).toHaveLength(1);
    heard.broker.send({ type: 'PlaceOrder', order: spec('exit', { side: 'SELL' }) });
    expect((await heard.hears('OrderNotSent')).why).toContain('Not connected');
    gateway.say(9, 1, 100);
    heard.broker.send({ type: 'RequestReport', requestId: 1 });
    await heard.hears('InstrumentResolved');
    expect(received('3')).toEqual([]);
  });

  it('is listened to from its first byte: the own orders that come before the session are known', async () => {
    const { heard } = await connect({ greeting: [status(77, 'PreSubmitted')] });
    const first = await heard.hears('OrderStatusReported');
    expect(heard.events.indexOf(first)).toBeLessThan(
      heard.events.indexOf(await heard.hears('BrokerConnected')),
    );
  });
});

describe('a number that means "unset"', () => {
  it('DANGER: is 0 where it was empty, undefined where it was the largest double, by field', () => {
    const { hear, all } = fedClient();
    hear([61, 3, 'DU1', 1, 'ES', 'FUT', '', 0, '', '50', '', 'USD', 'ESZ5', 'ES', 1, DBL_MAX]);
    hear([61, 3, 'DU1', 1, 'ES', 'FUT', '', 0, '', '50', '', 'USD', 'ESZ5', 'ES', 1, '']);
    expect(all(EventName.position).map((args) => args[3])).toEqual([undefined, 0]);
  });

  it('is no price, no charge and no size here', async () => {
    const { gateway, heard } = await connect();
    await expect.poll(() => received('1')).toHaveLength(1);
    const id = received('1')[0]?.[2] ?? '';
    gateway.say(59, 1, '0001.01.01', DBL_MAX, 'USD', DBL_MAX, DBL_MAX, '');
    gateway.say(1, 6, id, 1, DBL_MAX, 3, 0);
    gateway.say(1, 6, id, 2, '', 3, 0);
    gateway.say(2, 6, id, 3, DBL_MAX);
    gateway.say(1, 6, id, 4, 6000, 1, 0);
    const { quote } = await heard.hears('QuoteReceived', (event) => event.quote.lastTicks !== null);
    expect(quote).toMatchObject({ bidTicks: null, askTicks: null, bidSize: 0, askSize: 0 });
    expect(heard.all('CommissionReported')).toEqual([]);
  });
});

describe('the size of the bid', () => {
  it('DANGER: is dropped from a price tick, while that of the ask is told', () => {
    const { hear, all } = fedClient();
    hear([1, 6, 5, 1, 6000, 7, 0], [1, 6, 5, 2, 6000.25, 4, 0]);
    expect(all(EventName.tickSize)).toEqual([[5, 3, 4]]);
  });

  it('is taken from the size tick that IB sends beside it', async () => {
    const { gateway, heard } = await connect();
    await expect.poll(() => received('1')).toHaveLength(1);
    const id = received('1')[0]?.[2] ?? '';
    gateway.say(1, 6, id, 1, 6000, 7, 0);
    gateway.say(2, 6, id, 0, 7);
    const { quote } = await heard.hears('QuoteReceived', (event) => event.quote.bidSize > 0);
    expect(quote).toMatchObject({ bidTicks: 24_000, bidSize: 7 });
  });
});

describe('the tick of a contract', () => {
  it('DANGER: is read as an integer from the parameters of its quotes: 0 for 0.25', () => {
    const { hear, all } = fedClient();
    hear([81, 5, 0.25, 'exchange', 3]);
    expect(all(EventName.tickReqParams)[0]?.[1]).toBe(0);
  });

  it('is taken from the contract details, whatever the quotes say', async () => {
    const { gateway, heard } = await connect();
    await expect.poll(() => received('1')).toHaveLength(1);
    gateway.say(81, received('1')[0]?.[2] ?? '', 0.25, 'exchange', 3);
    expect((await heard.hears('InstrumentResolved')).instrument.tickSize).toBe(0.25);
    expect(heard.all('InstrumentResolved')).toHaveLength(1);
  });
});

describe('the last trade of a contract', () => {
  it('DANGER: is not split: day, time and zone come in one text', () => {
    const { hear, all } = fedClient();
    hear(...contractDetails('5', 'ES'));
    expect(all(EventName.contractDetails)[0]?.[1]).toMatchObject({
      contract: { lastTradeDateOrContractMonth: '20251219 08:30 US/Central' },
    });
  });

  it('is the day, whatever follows it', async () => {
    const { heard } = await connect();
    const { instrument } = await heard.hears('InstrumentResolved');
    expect(instrument.lastTradeTs).toBe(endOfExchangeDay('20260320'));
  });
});

describe('a gateway below server version 177', () => {
  /** At 176 the message still has the profile of an advisor, behind group, method and percentage. */
  function completed(version: number): Fields {
    const message = fieldsOf(completedOrder(FILLED, version));
    const profileAt = message.indexOf(FILLED.permId) + 1 + 4 + 3;
    return version < 177 ? message.toSpliced(profileAt, 0, '') : message;
  }

  it('DANGER: its completed orders are misread', () => {
    const [old, today] = [fedClient(176), fedClient(178)];
    old.hear(completed(176));
    today.hear(completed(178));
    expect(today.all(EventName.completedOrder)).toMatchObject([
      [{ conId: FILLED.contract.conId }, { permId: FILLED.permId }, { status: 'Filled' }],
    ]);
    expect(today.all(EventName.error)).toEqual([]);
    expect(old.all(EventName.completedOrder)).not.toEqual(today.all(EventName.completedOrder));
    expect(old.all(EventName.error).map(([, code]) => code)).toEqual([505]);
  });

  it('is refused before anything is asked, says what to do, and is tried again', async () => {
    const { heard } = await connect({ version: 176 });
    const { why } = await heard.hears('BrokerDisconnected');
    expect(why).toContain('Update TWS or IB Gateway');
    expect(heard.all('BrokerConnected')).toEqual([]);
    await heard.hears('BrokerConnecting', (event) => event.attempt === 2);
  });

  it.each([177, 178, 193])('is not one of version %i', async (version) => {
    const { heard } = await connect({ version });
    expect((await heard.hears('BrokerConnected')).serverVersion).toBe(version);
  });
});

describe('a long answer', () => {
  it('is never asked for: the client blocks the process for seconds beyond 5,000 bars', async () => {
    await connect();
    await expect.poll(() => received('20')).toHaveLength(1);
    const [, , , , , , , , , , , , , , , , barSize, duration] = received('20')[0] ?? [];
    expect(barSize).toBe('1 min');
    const seconds = /^(\d+) S$/.exec(duration ?? '');
    expect(Number(seconds?.[1]) / 60).toBeGreaterThan(60);
    expect(Number(seconds?.[1]) / 60).toBeLessThanOrEqual(BARS_MAX);
  });
});
