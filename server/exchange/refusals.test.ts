// Every refusal of new orders, changes and cancels: the error of IB, and that nothing else happens.
import { describe, expect, it } from 'vitest';
import { Bench } from './testing/bench';

const LIMIT = { orderId: 1, action: 'BUY', orderType: 'LMT', lmtPrice: 6840, tif: 'GTC' } as const;
const MARKET = { orderId: 1, action: 'BUY', orderType: 'MKT' } as const;

function open(options = {}): Bench {
  const bench = new Bench(options);
  bench.trade(6850);
  return bench;
}

describe('a new order is refused', () => {
  it.each([
    ['an unknown contract', { contract: { symbol: 'CL', exchange: 'NYMEX' } }, 200],
    ['an ambiguous contract', { contract: { symbol: 'ES', secType: 'FUT', exchange: 'CME' } }, 200],
    ['a size of zero', { totalQuantity: 0 }, 434],
    ['a negative size', { totalQuantity: -1 }, 434],
    ['a size that is no number', { totalQuantity: Number.NaN }, 434],
    ['half a contract', { totalQuantity: 0.5 }, 10243],
    ['a limit off the tick grid', { lmtPrice: 6840.1 }, 110],
    ['a limit that is no number', { lmtPrice: Number.NaN }, 110],
    ['a negative limit', { lmtPrice: -0.25 }, 110],
    ['a limit order without a limit', { lmtPrice: undefined }, 321],
    ['a stop order without a trigger', { orderType: 'STP' }, 321],
    ['a stop off the tick grid', { orderType: 'STP', auxPrice: 6840.13 }, 110],
    ['another account', { account: 'U7654321' }, 321],
    ['a parent that was never sent', { parentId: 99 }, 10006],
    ['an order id of zero', { orderId: 0 }, 103],
  ] as const)('for %s', (_, change, code) => {
    const bench = open();
    expect(bench.place({ ...LIMIT, ...change })).toEqual([`error ${'orderId' in change ? 0 : 1} ${code}`]);
    expect(bench.exchange.openOrders('all')).toEqual([]);
  });

  it('for an id at or below one that this client used, but not one of another client', () => {
    const bench = open();
    bench.place({ ...LIMIT, orderId: 5 });
    expect(bench.place({ ...LIMIT, orderId: 4 })).toEqual(['error 4 103']);
    expect(bench.place({ ...LIMIT, orderId: 4, clientId: 8 })).toHaveLength(4);
    expect([7, 8, 9].map((clientId) => bench.exchange.nextValidId(clientId))).toEqual([6, 5, 1]);
  });

  it('for a parent that has ended, a child of another contract, and a child of a child', () => {
    const bench = open();
    bench.place(MARKET);
    const child = { orderId: 9, action: 'SELL', orderType: 'STP', auxPrice: 6845 } as const;
    expect(bench.place({ ...child, parentId: 1 })).toEqual(['error 9 135']);
    bench.place({ ...LIMIT, orderId: 2 });
    const conId = bench.contract('NQ').conId;
    expect(bench.place({ ...child, parentId: 2, contract: { conId } })).toEqual(['error 9 321']);
    bench.place({ ...child, orderId: 3, parentId: 2 });
    expect(bench.place({ ...child, parentId: 3 })).toEqual(['error 9 321']);
  });

  it('with a 201 once the margin is short, the status first', () => {
    const bench = open({ startingCash: 30_000 });
    expect(bench.place({ ...MARKET, totalQuantity: 2 })).toEqual([
      'openOrder 1 Inactive x2',
      'orderStatus 1 Inactive 0/2',
      'error 1 201',
    ]);
  });

  it.each([
    ['errorFirst', ['error 1 201', 'openOrder 1 Inactive x2', 'orderStatus 1 Inactive 0/2']],
    ['errorOnly', ['error 1 201']],
  ] as const)('in the manner of %s when so configured', (rejectionReporting, said) => {
    const bench = open({ startingCash: 30_000, rejectionReporting });
    expect(bench.place({ ...MARKET, totalQuantity: 2 })).toEqual(said);
  });

  it('with a 383 beyond the size of the precautions, without a status', () => {
    const bench = open({ orderSizeMax: 2 });
    expect(bench.place({ ...LIMIT, totalQuantity: 3 })).toEqual(['error 1 383']);
    expect(bench.place({ ...LIMIT, totalQuantity: 2 })).toContain('orderStatus 1 Submitted 0/2');
  });

  it('with a 382 beyond the value of the precautions: at its price, and without one at the last', () => {
    const bench = open({ orderValueMax: 342_500 });
    expect(bench.place({ ...LIMIT, lmtPrice: 6850 })).toContain('orderStatus 1 Submitted 0/1');
    expect(bench.place({ ...LIMIT, orderId: 2, lmtPrice: 6850.25 })).toEqual(['error 2 382']);
    expect(bench.place({ ...MARKET, orderId: 3, totalQuantity: 2 })).toEqual(['error 3 382']);
  });

  it('never for margin when it reduces the position', () => {
    const bench = open({ startingCash: 21_000 });
    bench.place(MARKET);
    bench.trade(6820);
    expect(bench.place({ ...MARKET, orderId: 2, action: 'SELL' })).toContain('orderStatus 2 Filled 1/0');
  });

  it('as the twenty-first active one on its side of a contract', () => {
    const bench = open();
    for (let orderId = 1; orderId <= 20; orderId += 1) bench.place({ ...LIMIT, orderId });
    expect(bench.place({ ...LIMIT, orderId: 21 })).toContain('error 21 201');
    const other = { ...LIMIT, orderId: 22, action: 'SELL', lmtPrice: 6860 } as const;
    expect(bench.place(other)).toContain('orderStatus 22 Submitted 0/1');
  });

  it('as a child whose parent was cancelled while it was parked', () => {
    const bench = open();
    bench.place(LIMIT);
    const child = { orderId: 2, action: 'SELL', orderType: 'LMT', lmtPrice: 6860, parentId: 1 } as const;
    bench.place({ ...child, transmit: false });
    bench.cancel(1);
    expect(bench.place({ ...child, parentId: 0 })).toContain('error 2 201');
  });
});

describe('a parked child that is transmitted late', () => {
  const child = { orderId: 2, action: 'SELL', orderType: 'LMT', lmtPrice: 6860, totalQuantity: 3 } as const;

  it('is rejected when its parent was cancelled half filled: it would close more than was opened', () => {
    const bench = open({ startingCash: 1_000_000 });
    bench.place({ ...LIMIT, totalQuantity: 3 });
    bench.place({ ...child, parentId: 1, transmit: false });
    bench.trade(6840, { size: 1 });
    bench.cancel(1);
    expect(bench.place(child)).toContain('error 2 201');
  });

  it('works at once for what its parent has filled meanwhile', () => {
    const bench = open({ startingCash: 1_000_000 });
    bench.place({ ...LIMIT, totalQuantity: 3 });
    bench.place({ ...child, parentId: 1, transmit: false });
    bench.trade(6840, { size: 2 });
    expect(bench.place({ ...child, parentId: 1 })).toContain('orderStatus 2 Submitted 0/3');
    expect(bench.trade(6860)).toContain('execDetails 2 SLD 2 @6860');
  });
});

describe('a change of a live order', () => {
  it('of a child may go beyond its parent once that has filled', () => {
    const bench = open({ startingCash: 1_000_000 });
    bench.bracket({ entry: 'market' });
    const target = { orderId: 2, action: 'SELL', orderType: 'LMT', lmtPrice: 6852, tif: 'GTC' } as const;
    bench.place({ ...target, totalQuantity: 3 });
    expect(bench.trade(6852)).toContain('orderStatus 2 Filled 3/0');
  });

  it('takes price and size, keeps the permId, and is reported anew', () => {
    const bench = open();
    bench.place(LIMIT);
    const before = bench.exchange.openOrders('all')[0]?.permId;
    expect(bench.place({ ...LIMIT, lmtPrice: 6845, totalQuantity: 2 })).toEqual([
      'openOrder 1 Submitted x2',
      'orderStatus 1 Submitted 0/2',
    ]);
    expect(bench.exchange.openOrders('all')).toMatchObject([{ permId: before, lmtPrice: 6845 }]);
  });

  it('may make a limit marketable, or a market order of it', () => {
    const bench = open();
    bench.place(LIMIT);
    expect(bench.place({ ...LIMIT, lmtPrice: 6851 })).toContain('execDetails 1 BOT 1 @6850.25');
    bench.place({ ...LIMIT, orderId: 2 });
    expect(bench.place({ ...MARKET, orderId: 2 })).toContain('execDetails 2 BOT 1 @6850.25');
  });

  it.each([
    ['side', { action: 'SELL' }, 105],
    ['contract', { contract: { symbol: 'NQ' } }, 105],
    ['type', { orderType: 'STP', auxPrice: 6860 }, 329],
    ['parent', { parentId: 99 }, 10341],
    ['OCA group', { ocaGroup: 'other' }, 10326],
    ['price to one off the grid', { lmtPrice: 6840.1 }, 110],
  ] as const)('is refused when it changes the %s', (_, change, code) => {
    const bench = open();
    bench.place({ ...LIMIT, ocaGroup: 'mine' });
    expect(bench.place({ ...LIMIT, ...change })).toEqual([`error 1 ${code}`]);
    expect(bench.exchange.openOrders('all')).toMatchObject([{ lmtPrice: 6840, action: 'BUY' }]);
  });

  it('is refused when it changes the OCA type', () => {
    const bench = open();
    bench.place({ ...LIMIT, ocaGroup: 'mine', ocaType: 1 });
    expect(bench.place({ ...LIMIT, ocaGroup: 'mine', ocaType: 2 })).toEqual(['error 1 10327']);
  });

  it('is refused with 104 once filled, and with 103 once cancelled', () => {
    const bench = open();
    bench.place(MARKET);
    expect(bench.place(MARKET)).toEqual(['error 1 104']);
    bench.place({ ...LIMIT, orderId: 2 });
    bench.cancel(2);
    expect(bench.place({ ...LIMIT, orderId: 2 })).toEqual(['error 2 103']);
  });

  it('is refused when it asks for no more than has filled already', () => {
    const bench = open({ startingCash: 1_000_000 });
    bench.place({ ...LIMIT, totalQuantity: 5 });
    bench.trade(6840, { size: 2 });
    expect(bench.place({ ...LIMIT, totalQuantity: 2 })).toEqual(['error 1 105']);
  });

  it('of a child is refused with 135 while it names its filled parent, and taken with parentId 0', () => {
    const bench = open();
    bench.bracket({ entry: 'market' });
    const target = { orderId: 2, action: 'SELL', orderType: 'LMT', lmtPrice: 6856, tif: 'GTC' } as const;
    expect(bench.place({ ...target, parentId: 1 })).toEqual(['error 2 135']);
    expect(bench.place(target)).toEqual(['openOrder 2 Submitted x1', 'orderStatus 2 Submitted 0/1']);
  });

  it('that is not transmitted changes nothing', () => {
    const bench = open();
    bench.place(LIMIT);
    expect(bench.place({ ...LIMIT, lmtPrice: 6845, transmit: false })).toEqual([]);
    expect(bench.exchange.openOrders('all')).toMatchObject([{ lmtPrice: 6840 }]);
  });
});

describe('a cancel is refused', () => {
  it('with 10147 for an unknown id and for the order of another client', () => {
    const bench = open();
    bench.place(LIMIT);
    expect(bench.cancel(99)).toEqual(['error 99 10147']);
    expect(bench.cancel(1, 8)).toEqual(['error 1 10147']);
  });

  it('with 10148 and the state for an ended order, and with 10147 after midnight', () => {
    const bench = open();
    bench.place(MARKET);
    const [refused] = bench.exchange.cancelOrder(7, 1);
    expect(refused).toMatchObject({
      code: 10148,
      text: 'OrderId 1 that needs to be cancelled cannot be cancelled, state: Filled.',
    });
    bench.until(bench.exchange.now + 24 * 3600 * 1000);
    expect(bench.cancel(1)).toEqual(['error 1 10147']);
    expect(bench.place(MARKET)).toEqual(['error 1 103']);
  });
});

describe('with a latency', () => {
  it('an order is acknowledged at once and trades when it arrives', () => {
    const bench = open({ latencyMs: 200 });
    expect(bench.place(MARKET)).toHaveLength(2);
    expect(bench.exchange.nextEventTs()).toBe(bench.exchange.now + 200);
    expect(bench.until(bench.exchange.now + 199)).toEqual([]);
    expect(bench.until(bench.exchange.now + 1)).toContain('orderStatus 1 Filled 1/0');
  });

  it('a cancel is PendingCancel first, and loses to a fill that is faster', () => {
    const bench = open({ latencyMs: 1_500 });
    bench.place(LIMIT);
    bench.trade(6850);
    bench.trade(6850);
    expect(bench.cancel(1)).toEqual(['orderStatus 1 PendingCancel 0/1']);
    expect(bench.cancel(1)).toEqual([]);
    expect(bench.trade(6839)).toContain('orderStatus 1 Filled 1/0');
    expect(bench.trade(6839)).toEqual(['error 1 10148']);
  });

  it('a change arrives late, and finds the order filled at its old price', () => {
    const bench = open({ latencyMs: 1_500 });
    bench.place(LIMIT);
    bench.trade(6850);
    bench.trade(6850);
    expect(bench.place({ ...LIMIT, lmtPrice: 6830 })).toEqual([]);
    expect(bench.trade(6840)).toContain('execDetails 1 BOT 1 @6840');
    expect(bench.trade(6840)).toEqual(['error 1 104']);
  });

  it.each([
    ['queued', [], 6842],
    ['refused', ['error 1 2102'], 6841],
  ] as const)('a change that meets another on its way is %s', (changeInFlight, said, lmtPrice) => {
    const bench = open({ latencyMs: 200, changeInFlight });
    bench.place(LIMIT);
    bench.until(bench.exchange.now + 200);
    expect(bench.place({ ...LIMIT, lmtPrice: 6841 })).toEqual([]);
    expect(bench.place({ ...LIMIT, lmtPrice: 6842 })).toEqual(said);
    bench.until(bench.exchange.now + 200);
    expect(bench.exchange.openOrders(7)).toMatchObject([{ lmtPrice }]);
  });
});
