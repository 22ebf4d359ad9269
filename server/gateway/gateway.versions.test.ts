/**
 * Server versions 177 to 193, each walked with a real client: what it decodes is, property for property, what version 177 gives, but for
 * the properties that came later; and a frame has as many fields as ib-protocol 2 counts.
 */
import { type Contract, EventName, type Order, OrderAction, OrderType, TimeInForce } from '@stoqey/ib';
import { beforeAll, describe, expect, it } from 'vitest';
import { ES } from './testing/market';
import { stage } from './testing/stage';
import { bracket, buyMarket } from './testing/tickets';
import { VERSION_MAX, VERSION_MIN } from './wire/version';

const { open, terminal, raw } = stage();
const VERSIONS = Array.from({ length: VERSION_MAX - VERSION_MIN + 1 }, (_, i) => VERSION_MIN + i);

/** Every property of an order that the exchange knows. */
const TICKET: Order = {
  ...{
    action: OrderAction.SELL,
    totalQuantity: 2,
    orderType: OrderType.STP_LMT,
    auxPrice: 5980,
    lmtPrice: 5979.25,
  },
  ...{ tif: TimeInForce.GTC, ocaGroup: 'exits', ocaType: 1, orderRef: 'c1:stop', outsideRth: true },
  ...{ account: 'DU1234567', transmit: true },
};

/** What came with a later version, by the first version that has it. */
const LATER: Readonly<Record<string, number>> = {
  ...{ pendingPriceRevision: 178, lastTradeDate: 182, customerAccount: 183, professionalCustomer: 184 },
  ...{ bondAccruedInterest: 185, ineligibilityReasonList: 186, includeOvernight: 189, extOperator: 193 },
};

type Records = Record<string, unknown[]>;

/** A day of trading at that version: all that the client decoded, by callback. */
async function decodedAt(versionCeiling: number): Promise<Records> {
  const client = await terminal(await open({ versionCeiling, rules: { pacing: 'none' } }), 1);
  await client.hears(EventName.server, versionCeiling);
  client.api.reqContractDetails(100, ES);
  client.api.placeOrder(1, ES, buyMarket({ orderRef: 'c1:entry' }));
  client.api.placeOrder(2, ES, TICKET);
  for (const [id, order] of bracket(3, { target: 6010, stop: 5990 })) client.api.placeOrder(id, ES, order);
  client.api.cancelOrder(2);
  client.api.placeOrder(6, ES, buyMarket({ totalQuantity: 2, whatIf: true }));
  client.api.reqAllOpenOrders();
  client.api.reqExecutions(102, {});
  client.api.reqCompletedOrders(false);
  client.api.reqPositions();
  client.api.reqCurrentTime();
  await client.hears(EventName.currentTime);
  const records: Records = {};
  for (const [name, ...args] of client.heard) {
    if (name !== EventName.server && name !== EventName.connected)
      records[name] = [...(records[name] ?? []), args];
  }
  return records;
}

/** The same records without what came after version 177. */
function asOf177(records: Records): unknown {
  return JSON.parse(
    JSON.stringify(records, (name, value: unknown) => {
      if (name in LATER || name === 'manualOrderIndicator') return undefined;
      return value;
    }),
  );
}

describe('at every version', () => {
  let first: Records = {};
  beforeAll(async () => {
    first = await decodedAt(VERSION_MIN);
  });

  it('the first of which says all that was ordered and all that came of it', () => {
    expect(first[EventName.error]).toEqual([[expect.any(Error), 202, 2, undefined]]);
    expect(first[EventName.openOrder]?.find((args) => Array.isArray(args) && args[0] === 2)).toMatchObject([
      2,
      { localSymbol: 'ESZ5', exchange: 'CME', multiplier: 50, secType: 'FUT' },
      { ...withoutTransmit(TICKET), clientId: 1, orderId: 2, parentId: 0, permId: expect.any(Number) },
      { status: 'PreSubmitted' },
    ]);
    expect(first[EventName.orderStatus]).toContainEqual([
      ...[4, 'PreSubmitted', 0, 1, 0, expect.any(Number), 3, 0, 1, 'child', 0],
    ]);
    expect(first[EventName.execDetails]).toMatchObject([
      [-1, {}, { orderId: 1, side: 'BOT', shares: 1, price: 6000.25, cumQty: 1, orderRef: 'c1:entry' }],
      [-1, {}, { orderId: 3, side: 'BOT', shares: 1, price: 6000.25, cumQty: 1 }],
      [102, {}, { orderId: 1, time: '20251112 08:45:00 US/Central' }],
      [102, {}, { orderId: 3 }],
    ]);
    expect(first[EventName.contractDetails]).toMatchObject([
      [
        100,
        { contract: { localSymbol: 'ESZ5' }, minTick: 0.25, marketRuleIds: '67', suggestedSizeIncrement: 1 },
      ],
    ]);
    expect(first[EventName.completedOrder]).toMatchObject([
      [{}, { orderType: 'MKT', filledQuantity: 1 }, { status: 'Filled', completedStatus: 'Filled Size: 1' }],
      [{}, { orderType: 'MKT', filledQuantity: 1 }, { status: 'Filled' }],
      [
        {},
        { orderType: 'STP LMT', auxPrice: 5980, lmtPrice: 5979.25, ocaGroup: 'exits', tif: 'GTC' },
        { status: 'Cancelled', completedTime: '20251112 08:45:00 US/Central' },
      ],
    ]);
  });

  it.each(VERSIONS)('%i decodes to the same records, and to what is new in it', async (version) => {
    const records = await decodedAt(version);
    expect(asOf177(records)).toEqual(asOf177(first));
    const text = JSON.stringify(records);
    const told = [
      'customerAccount',
      'professionalCustomer',
      'bondAccruedInterest',
      'includeOvernight',
      'extOperator',
    ];
    for (const name of told)
      expect([name, text.includes(`"${name}"`)]).toEqual([name, version >= (LATER[name] ?? 0)]);
  });
});

describe('the fields of a frame', () => {
  it.each([
    [177, { openOrder: 135, execDetails: 31, completedOrder: 100, contractData: 40 }],
    [178, { openOrder: 135, execDetails: 32, completedOrder: 100, contractData: 40 }],
    [193, { openOrder: 141, execDetails: 32, completedOrder: 102, contractData: 42 }],
  ])('at version %i are as many as were counted', async (version, counts) => {
    const client = await raw(await open());
    await client.start(1, `v${version}`);
    const contract: Contract = ES;
    const said: Record<number, string | number> = {
      ...{ 0: 3, 1: 1, 3: `${contract.symbol}`, 4: 'FUT', 5: '202512', 9: 'CME', 11: 'USD' },
      ...{ 16: 'BUY', 17: 1, 18: 'MKT', 27: 1 },
    };
    client.send(...Array.from({ length: 114 }, (_, i) => said[i] ?? ''));
    client.send(9, 8, 2, 0, 'ES', 'FUT', '202512', 0, '', '', 'CME', '', 'USD', '', '', 0, '', '', '');
    client.send(99, 0);
    const frames = await client.until('102');
    const length = (messageId: string) => frames.find(([id]) => id === messageId)?.length;
    expect({
      openOrder: length('5'),
      execDetails: length('11'),
      completedOrder: length('101'),
      contractData: length('10'),
    }).toEqual(counts);
  });
});

function withoutTransmit({ transmit: _transmit, ...rest }: Order): Order {
  return rest;
}
