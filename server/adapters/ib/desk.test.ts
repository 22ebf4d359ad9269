/** One connection in detail: the exact bytes that go out, and answers that a well-behaved gateway would not give. */
import { afterEach, describe, expect, it } from 'vitest';
import type { CycleId, OrderRef } from '../../engine/model/ids';
import type { IbBrokerOptions } from './options';
import { handClock } from './testing/hand-clock';
import { bracket, type Listener, listen, spec } from './testing/listener';
import {
  contractDetails,
  type Fields,
  type Script,
  type ScriptedGateway,
  startScriptedGateway,
} from './testing/scripted-gateway';

/** Positions of the fields of placeOrder at server version 178. */
const FIELD = {
  orderId: 1,
  conId: 2,
  action: 16,
  quantity: 17,
  type: 18,
  limit: 19,
  trigger: 20,
  tif: 21,
  ocaGroup: 22,
  account: 23,
  orderRef: 26,
  transmit: 27,
  parentId: 28,
  outsideRth: 33,
  ocaType: 46,
  miscOptions: 85,
} as const;
const FIELDS_AT_178 = 114;
const ESZ5 = 620731015;
const ESH6 = 649180695;

let gateway: ScriptedGateway;
let heard: Listener;

async function connect(script: Script = {}, options: Partial<IbBrokerOptions> = {}): Promise<void> {
  gateway = await startScriptedGateway(script);
  heard = listen(gateway.port, options);
}

afterEach(async () => {
  await heard.broker.stop();
  await gateway.close();
});

const sent = (kind: string) => gateway.received.filter(([first]) => first === kind);
const requestIdOf = (kind: string) => sent(kind)[0]?.[kind === '1' ? 2 : 1] ?? '';

function legs(): Record<keyof typeof FIELD, string>[] {
  return sent('3').map((message) => {
    const read = (name: keyof typeof FIELD) => message[FIELD[name]] ?? 'missing';
    return {
      orderId: read('orderId'),
      conId: read('conId'),
      action: read('action'),
      quantity: read('quantity'),
      type: read('type'),
      limit: read('limit'),
      trigger: read('trigger'),
      tif: read('tif'),
      ocaGroup: read('ocaGroup'),
      account: read('account'),
      orderRef: read('orderRef'),
      transmit: read('transmit'),
      parentId: read('parentId'),
      outsideRth: read('outsideRth'),
      ocaType: read('ocaType'),
      miscOptions: read('miscOptions'),
    };
  });
}

/** So many brackets in one turn, of the cycles c-0-1, c-1-1, ... */
function burst(count: number): void {
  const { entry, target, stop } = bracket({ limit: 24_000, target: 24_010, stop: 23_990 });
  const numbered = <S extends { ref: OrderRef }>(order: S, n: number): S => ({
    ...order,
    ref: `c-${n}-1:${order.ref.split(':')[1]}` as OrderRef,
  });
  for (let n = 0; n < count; n++) {
    heard.broker.send({
      type: 'PlaceBracket',
      entry: { ...numbered(entry, n), cycleId: `c-${n}-1` as CycleId },
      target: numbered(target, n),
      stop: numbered(stop, n),
    });
  }
}

describe('a bracket on the wire', () => {
  it('is parent, target, stop: consecutive ids, transmitted by the stop alone, one OCA group of type 1', async () => {
    await connect();
    await heard.hears('InstrumentResolved');
    heard.broker.send(bracket({ limit: 24_000, target: 24_010, stop: 23_990 }));
    await expect.poll(legs).toHaveLength(3);
    const common = {
      conId: String(ESH6),
      quantity: '1',
      account: 'DU1234567',
      outsideRth: '1',
      miscOptions: '',
    };
    const child = {
      ...common,
      action: 'SELL',
      tif: 'GTC',
      parentId: '100',
      ocaGroup: 'c-test-1:oca',
      ocaType: '1',
    };
    expect(legs()).toMatchObject([
      {
        ...common,
        orderId: '100',
        action: 'BUY',
        type: 'LMT',
        limit: '6000',
        trigger: '',
        parentId: '0',
        transmit: '0',
      },
      { ...child, orderId: '101', type: 'LMT', limit: '6002.5', trigger: '', transmit: '0' },
      { ...child, orderId: '102', type: 'STP', limit: '', trigger: '5997.5', transmit: '1' },
    ]);
    expect(legs().map((leg) => leg.orderRef)).toEqual(['c-test-1:entry', 'c-test-1:target', 'c-test-1:stop']);
    expect(sent('3').map((message) => message.length - 1)).toEqual([
      FIELDS_AT_178,
      FIELDS_AT_178,
      FIELDS_AT_178,
    ]);
  });

  it('keeps its order in a burst beyond the rate that IB allows, and none of it is lost', async () => {
    await connect();
    await heard.hears('InstrumentResolved');
    burst(15);
    await expect.poll(legs).toHaveLength(45);
    expect(legs().map((leg) => Number(leg.orderId))).toEqual(Array.from({ length: 45 }, (_, i) => 100 + i));
    expect(
      legs()
        .map((leg) => leg.transmit)
        .join(''),
    ).toBe('001'.repeat(15));
  });

  it('that IB’s limit holds back lets exits pass, and never leaves when it is cancelled meanwhile', async () => {
    await connect();
    await heard.hears('InstrumentResolved');
    burst(15);
    heard.broker.send({ type: 'CancelOrder', ref: 'c-14-1:entry' as OrderRef });
    heard.broker.send({ type: 'PlaceOrder', order: spec('exit', { side: 'SELL' }) });
    expect(await heard.hears('OrderNotSent')).toMatchObject({ orderRef: 'c-14-1:entry' });
    await expect.poll(legs).toHaveLength(43);
    const refs = legs().map((leg) => leg.orderRef);
    expect(refs.indexOf('c-test-1:exit')).toBeLessThan(refs.indexOf('c-13-1:entry'));
    expect(refs.filter((ref) => ref.startsWith('c-14-1'))).toEqual([]);
    expect(heard.all('OrderNotSent').map(({ orderRef }) => orderRef)).toEqual([
      'c-14-1:entry',
      'c-14-1:target',
      'c-14-1:stop',
    ]);
    expect(sent('4')).toEqual([]);
  });

  it('is not sent a second time under references that the broker already has', async () => {
    await connect();
    await heard.hears('InstrumentResolved');
    const placed = bracket({ target: 24_010, stop: 23_990 });
    heard.broker.send(placed);
    heard.broker.send(placed);
    heard.broker.send({ type: 'PlaceOrder', order: spec('exit', { side: 'SELL' }) });
    await heard.hears('BrokerNotice', (event) => event.code === 103);
    await expect.poll(legs).toHaveLength(4);
    expect(legs().map((leg) => leg.orderId)).toEqual(['100', '101', '102', '103']);
    expect(legs()[3]).toMatchObject({ orderRef: 'c-test-1:exit', parentId: '0', transmit: '1' });
  });

  it('never takes an order id that was used, even when a gateway was reset and offers a lower one', async () => {
    const script = { nextOrderId: 100 };
    await connect(script);
    await heard.hears('InstrumentResolved');
    heard.broker.send(bracket({ target: 24_010, stop: 23_990 }));
    await expect.poll(legs).toHaveLength(3);
    script.nextOrderId = 1;
    gateway.drop();
    await heard.hears('BrokerConnected', undefined, heard.events.length);
    heard.broker.send({ type: 'PlaceOrder', order: spec('exit', { side: 'SELL' }) });
    await expect.poll(legs).toHaveLength(4);
    expect(legs()[3]?.orderId).toBe('103');
  });

  it('is not sent for a symbol without a contract', async () => {
    await connect({
      answers: {
        '9': (request) => [[4, 2, request[2] ?? '', 200, 'No security definition has been found', '']],
      },
    });
    await heard.hears('BrokerNotice', (event) => event.code === 200);
    heard.broker.send(bracket({ target: 24_010, stop: 23_990 }));
    await heard.hears('OrderNotSent', (event) => event.orderRef === 'c-test-1:stop');
    expect(sent('3')).toEqual([]);
  });
});

describe('changing and cancelling', () => {
  it('changes under the same order id, standing alone (no parent), in the same OCA group', async () => {
    await connect();
    await heard.hears('InstrumentResolved');
    const placed = bracket({ target: 24_010, stop: 23_990 });
    heard.broker.send(placed);
    heard.broker.send({ type: 'ModifyOrder', order: { ...placed.stop, quantity: 2 } });
    await expect.poll(legs).toHaveLength(4);
    expect(legs()[3]).toMatchObject({
      orderId: '102',
      quantity: '2',
      parentId: '0',
      transmit: '1',
      ocaGroup: 'c-test-1:oca',
      ocaType: '1',
    });
  });

  it('answers a cancel of an unknown order as the broker would: 10147, outside the caller', async () => {
    await connect();
    await heard.hears('BrokerConnected');
    heard.broker.send({ type: 'CancelOrder', ref: spec('stop').ref });
    expect(heard.all('OrderErrorReported')).toEqual([]);
    expect(await heard.hears('OrderErrorReported')).toMatchObject({ orderRef: 'c-test-1:stop', code: 10147 });
    expect(sent('4')).toEqual([]);
  });

  it('leaves at once although market data is still being asked for', async () => {
    await connect({}, { symbols: ['ES', 'MES', 'NQ', 'MNQ'], questionMs: 100 });
    await heard.hears('InstrumentResolved');
    heard.broker.send(bracket({ target: 24_010, stop: 23_990 }));
    heard.broker.send({ type: 'CancelOrder', ref: spec('stop').ref });
    await expect.poll(() => sent('4')).toHaveLength(1);
    expect(sent('20').length).toBeLessThan(4);
  });
});

describe('contracts', () => {
  const position = (conId: number, quantity: number, account = 'DU1234567'): Fields[] => [
    [61, 3, account, conId, 'ES', 'FUT', '20251219', 0, '', '50', '', 'USD', 'ESZ5', 'ES', quantity, 300_000],
    [62, 1],
  ];

  it('are rolled eight days before the last trade', async () => {
    await connect();
    expect((await heard.hears('InstrumentResolved')).instrument.localSymbol).toBe('ESH6');
  });

  it('are not rolled away from a position that is still held', async () => {
    await connect({ answers: { '61': () => position(ESZ5, -1) } });
    expect((await heard.hears('InstrumentResolved')).instrument.localSymbol).toBe('ESZ5');
    await expect.poll(() => sent('64')).not.toEqual([]);
  });

  it('are asked for again when they could not be resolved', async () => {
    let refused = false;
    const answers: Script['answers'] = {
      '9': (request) => {
        if (refused) return contractDetails(request[2] ?? '', 'ES');
        refused = true;
        return [[4, 2, request[2] ?? '', 321, 'Error validating request', '']];
      },
    };
    await connect({ answers }, { resolveAgainMs: 20 });
    const notice = await heard.hears('BrokerNotice', (event) => event.code === 321);
    expect(notice.text).toBe('contracts of ES: Error validating request');
    await heard.hears('InstrumentResolved');
  });
});

describe('market data', () => {
  async function subscribed(options: Partial<IbBrokerOptions> = {}): Promise<string> {
    await connect({}, options);
    await expect.poll(() => sent('1')).not.toEqual([]);
    return requestIdOf('1');
  }

  it('tells what arrives together as one quote, at once, then the latest only, at a bounded rate', async () => {
    const id = await subscribed({ quoteMs: 60 });
    gateway.say(1, 6, id, 1, 6000, 3, 0);
    gateway.say(2, 6, id, 0, 7);
    gateway.say(1, 6, id, 2, 6000.25, 4, 0);
    gateway.say(1, 6, id, 4, 6000.25, 1, 0);
    const { quote } = await heard.hears('QuoteReceived', (event) => event.quote.lastTicks !== null);
    expect(quote).toEqual({
      symbol: 'ES',
      bidTicks: 24_000,
      askTicks: 24_001,
      lastTicks: 24_001,
      bidSize: 7,
      askSize: 4,
    });
    const told = heard.all('QuoteReceived').length;
    for (let i = 1; i <= 20; i++) gateway.say(1, 6, id, 4, 6000 + i, 1, 0);
    await heard.hears('QuoteReceived', (event) => event.quote.lastTicks === 24_080);
    expect(heard.all('QuoteReceived').length - told).toBeLessThanOrEqual(2);
  });

  it('knows no price on a side that IB marks -1, and keeps the last trade', async () => {
    const id = await subscribed({ quoteMs: 1 });
    gateway.say(1, 6, id, 1, 6000, 3, 0);
    gateway.say(1, 6, id, 4, 6000, 1, 0);
    await heard.hears('QuoteReceived', (event) => event.quote.bidTicks === 24_000);
    gateway.say(1, 6, id, 1, -1, 0, 0);
    gateway.say(1, 6, id, 4, -1, 0, 0);
    const from = heard.events.length;
    const { quote } = await heard.hears('QuoteReceived', (event) => event.quote.bidTicks === null, from);
    expect(quote.lastTicks).toBe(24_000);
  });

  it('does not take delayed prices for prices', async () => {
    const id = await subscribed({ quoteMs: 1 });
    gateway.say(1, 6, id, 66, 5000, 3, 0);
    gateway.say(1, 6, id, 1, 6000, 3, 0);
    const { quote } = await heard.hears('QuoteReceived');
    expect(quote.bidTicks).toBe(24_000);
    expect(heard.all('QuoteReceived')).toHaveLength(1);
  });

  it('loads the bars that are complete, then closes the forming one when the next begins', async () => {
    const minute = Date.parse('2025-12-12T14:40:00Z') / 1000;
    const bar = (n: number, close: number) => [minute + 60 * n, 6000, 6010, 5990, close, 12, 6000, 5];
    await connect({
      answers: {
        '20': (request) => [
          [17, request[1] ?? '', 'start', 'end', 3, ...bar(0, 6001), ...bar(1, 6001.1), ...bar(2, 6002)],
        ],
      },
    });
    const { bars } = await heard.hears('BarsLoaded');
    expect(bars).toEqual([
      {
        ts: minute * 1000,
        openTicks: 24_000,
        highTicks: 24_040,
        lowTicks: 23_960,
        closeTicks: 24_004,
        volume: 12,
      },
    ]);
    expect((await heard.hears('BrokerNotice', (event) => event.text.includes('6001.1'))).code).toBe(0);
    const id = requestIdOf('20');
    const update = (n: number, close: number) =>
      gateway.say(90, id, 6, minute + 60 * n, 6000, close, 6010, 5990, 6000, 20);
    update(2, 6003);
    update(3, 6004);
    const { bar: closed } = await heard.hears('BarClosed');
    expect(closed).toMatchObject({ ts: (minute + 120) * 1000, closeTicks: 24_012, volume: 20 });
  });
});

describe('callbacks', () => {
  const execution = (
    requestId: string | number,
    fields: { conId?: number; account?: string } = {},
  ): Fields => [
    ...[
      11,
      requestId,
      100,
      fields.conId ?? ESH6,
      'ES',
      'FUT',
      '20260320',
      0,
      '',
      '50',
      'CME',
      'USD',
      'ESH6',
      'ES',
    ],
    ...[
      '0001.01.01',
      '20251212 08:46:00 US/Central',
      fields.account ?? 'DU1234567',
      'CME',
      'BOT',
      2,
      6000.25,
    ],
    ...[9001, 17, 0, 2, 6000.25, 'c-test-1:entry', '', '', '', 2, 0],
  ];

  it('of a live execution become ticks and ms, twice when told twice', async () => {
    await connect();
    await heard.hears('InstrumentResolved');
    gateway.say(...execution(-1));
    gateway.say(...execution(-1));
    gateway.say(59, 1, '0001.01.01', 4.5, 'USD', 1.7976931348623157e308, 1.7976931348623157e308, '');
    await heard.hears('CommissionReported');
    const told = {
      execId: '0001.01.01',
      orderRef: 'c-test-1:entry',
      permId: 9001,
      orderId: 100,
      symbol: 'ES',
      side: 'BUY',
      quantity: 2,
      priceTicks: 24_001,
      ts: Date.parse('2025-12-12T14:46:00Z'),
    };
    expect(heard.all('ExecutionReported').map((event) => event.execution)).toEqual([told, told]);
    expect(heard.all('CommissionReported')[0]?.commission).toEqual({
      execId: '0001.01.01',
      micros: 4_500_000,
    });
  });

  it('of a commission that IB does not know yet are not passed on', async () => {
    await connect();
    await heard.hears('InstrumentResolved');
    gateway.say(59, 1, 'a', -1, 'USD', '', '', '');
    gateway.say(59, 1, 'b', 1.7976931348623157e308, 'USD', '', '', '');
    gateway.say(59, 1, 'c', 0.62, 'USD', '', '', '');
    await heard.hears('CommissionReported');
    expect(heard.all('CommissionReported').map((event) => event.commission.execId)).toEqual(['c']);
  });

  it('of another month or another account are not counted as ours, and say so', async () => {
    await connect();
    await heard.hears('InstrumentResolved');
    gateway.say(...execution(-1, { conId: ESZ5 }));
    gateway.say(...execution(-1, { account: 'DU9' }));
    await expect
      .poll(() => heard.all('BrokerNotice').filter((event) => event.text.includes('is not counted')))
      .toHaveLength(2);
    expect(heard.all('ExecutionReported')).toEqual([]);
  });

  it('of a foreign order have an empty reference, even when another client uses the same order id', async () => {
    await connect();
    await heard.hears('InstrumentResolved');
    heard.broker.send({ type: 'PlaceOrder', order: spec('exit', { side: 'SELL' }) });
    gateway.say(3, 100, 'Submitted', 0, 1, 0, 555, 0, 0, 99, '', 0);
    gateway.say(3, 100, 'PreSubmitted', 0, 1, 0, 556, 0, 0, 17, 'trigger', 0);
    await heard.hears('OrderStatusReported', (event) => event.permId === 556);
    expect(heard.all('OrderStatusReported').map(({ orderRef, whyHeld }) => ({ orderRef, whyHeld }))).toEqual([
      { orderRef: '', whyHeld: '' },
      { orderRef: 'c-test-1:exit', whyHeld: 'trigger' },
    ]);
  });

  it('of an error name the order; of a warning they are a notice and the order lives on', async () => {
    await connect();
    await heard.hears('InstrumentResolved');
    heard.broker.send({ type: 'PlaceOrder', order: spec('exit', { side: 'SELL' }) });
    for (const code of [399, 2109, 10349]) gateway.say(4, 2, 100, code, `warning ${code}`, '');
    gateway.say(4, 2, 100, 201, 'Order rejected - reason:margin', '');
    expect(await heard.hears('OrderErrorReported')).toEqual({
      type: 'OrderErrorReported',
      orderRef: 'c-test-1:exit',
      orderId: 100,
      code: 201,
      text: 'Order rejected - reason:margin',
    });
    expect(heard.all('BrokerNotice').map((event) => event.code)).toEqual([399, 2109, 10349]);
    expect(heard.all('OrderErrorReported')).toHaveLength(1);
  });
});

describe('a report', () => {
  it('is not made when a page is missing: nothing there and nothing heard are not the same', async () => {
    let asked = 0;
    const clock = handClock();
    await connect({ answers: { '99': () => (asked++ === 0 ? [] : [[102]]) } }, { clock, answerMs: 300 });
    await heard.hears('InstrumentResolved');
    heard.broker.send({ type: 'RequestReport', requestId: 1 });
    await expect.poll(() => asked).toBe(1);
    clock.pass(300);
    heard.broker.send({ type: 'RequestReport', requestId: 2 });
    await heard.hears('BrokerReported', (event) => event.report.requestId === 2);
    expect(heard.all('BrokerReported')).toHaveLength(1);
  });

  it('leaves out what is not watched, with one notice each', async () => {
    const apple: Fields = [
      61,
      3,
      'DU1234567',
      265598,
      'AAPL',
      'STK',
      '',
      0,
      '',
      '',
      '',
      'USD',
      'AAPL',
      'NMS',
      100,
      200,
    ];
    await connect({ answers: { '61': () => [apple, [62, 1]] } });
    await heard.hears('InstrumentResolved');
    heard.broker.send({ type: 'RequestReport', requestId: 1 });
    const { report } = await heard.hears('BrokerReported');
    expect(report.positions).toEqual([]);
    expect(heard.all('BrokerNotice').map((event) => event.text)).toEqual([
      'The account holds or trades AAPL, which is not watched here: left out of the report.',
    ]);
  });

  it('is not made while a position is held in a symbol whose contract is not known', async () => {
    const es: Fields = [
      61,
      3,
      'DU1234567',
      ESH6,
      'ES',
      'FUT',
      '20260320',
      0,
      '',
      '50',
      '',
      'USD',
      'ESH6',
      'ES',
      1,
      300_000,
    ];
    let asked = 0;
    await connect(
      {
        answers: {
          '61': () => [es, [62, 1]],
          '9': (request) =>
            asked++ === 0
              ? [[4, 2, request[2] ?? '', 200, 'No security definition', '']]
              : contractDetails(request[2] ?? '', 'ES'),
        },
      },
      { resolveAgainMs: 400 },
    );
    await heard.hears('BrokerNotice', (event) => event.code === 200);
    heard.broker.send({ type: 'RequestReport', requestId: 1 });
    await heard.hears('InstrumentResolved');
    heard.broker.send({ type: 'RequestReport', requestId: 2 });
    await heard.hears('BrokerReported');
    expect(heard.all('BrokerReported').map((event) => event.report.requestId)).toEqual([2]);
  });
});
