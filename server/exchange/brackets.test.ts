// Parents and children as ib-protocol 3.3 describes them.
import { describe, expect, it } from 'vitest';
import { Bench } from './testing/bench';

const RICH = { startingCash: 1_000_000 };

function atMarket(options = {}): Bench {
  const bench = new Bench(options);
  bench.trade(6850);
  return bench;
}

describe('a bracket', () => {
  it('says nothing until its last order is transmitted, then reports all three before any of them trades', () => {
    const bench = atMarket();
    const parked = { orderId: 1, action: 'BUY', orderType: 'LMT', lmtPrice: 6849, transmit: false } as const;
    expect(bench.place(parked)).toEqual([]);
    expect(bench.exchange.openOrders('all')).toEqual([]);
    const child = { action: 'SELL', parentId: 1 } as const;
    expect(bench.place({ ...child, orderId: 2, orderType: 'LMT', lmtPrice: 6855, transmit: false })).toEqual(
      [],
    );
    expect(bench.place({ ...child, orderId: 3, orderType: 'STP', auxPrice: 6845 })).toEqual([
      'openOrder 1 PreSubmitted x1',
      'orderStatus 1 PreSubmitted 0/1',
      'openOrder 2 PreSubmitted x1',
      'orderStatus 2 PreSubmitted 0/1 child',
      'openOrder 3 PreSubmitted x1',
      'orderStatus 3 PreSubmitted 0/1 child,trigger',
      'openOrder 1 Submitted x1',
      'orderStatus 1 Submitted 0/1',
    ]);
  });

  it('puts its children to work once the parent has filled: the target Submitted, the stop held for its trigger', () => {
    const bench = atMarket();
    expect(bench.bracket({ entry: 'market' }).slice(6)).toEqual([
      'execDetails 1 BOT 1 @6850.25',
      'orderStatus 1 Filled 1/0',
      'commissionReport 1 2.25 pnl unset',
      'position ESZ5 1',
      'openOrder 2 Submitted x1',
      'orderStatus 2 Submitted 0/1',
      'openOrder 3 PreSubmitted x1',
      'orderStatus 3 PreSubmitted 0/1 trigger',
    ]);
  });

  it('gets one OCA group of type 3 named by the parent permId when it brings none', () => {
    const bench = atMarket();
    bench.bracket({ entry: 6840 });
    const [parent, target, stop] = bench.exchange.openOrders('all');
    expect(parent).toMatchObject({ ocaGroup: '', parentId: 0, parentPermId: 0 });
    const inGroup = {
      ocaGroup: String(parent?.permId),
      ocaType: 3,
      parentId: 1,
      parentPermId: parent?.permId,
    };
    expect([target, stop]).toMatchObject([inGroup, inGroup]);
  });

  it('keeps the OCA group and type that it brings', () => {
    const bench = atMarket();
    bench.bracket({ ocaGroup: 'cycle-1', ocaType: 1 });
    const children = bench.exchange.openOrders('all').filter((order) => order.parentId === 1);
    const inGroup = { ocaGroup: 'cycle-1', ocaType: 1 };
    expect(children).toMatchObject([inGroup, inGroup]);
  });

  it('never lets a child trade before its parent', () => {
    const bench = atMarket();
    bench.bracket({ entry: 6840 });
    expect([...bench.trade(6856), ...bench.trade(6844)]).toEqual([]);
  });

  it('that ends at its target leaves neither position nor order', () => {
    const bench = atMarket();
    bench.bracket({ entry: 'market' });
    expect(bench.trade(6855)).toEqual([
      'execDetails 2 SLD 1 @6855',
      'orderStatus 2 Filled 1/0',
      'commissionReport 2 2.25 pnl 233',
      'position ESZ5 0',
      'orderStatus 3 Cancelled 0/1',
      'error 3 202',
    ]);
    expect([bench.exchange.positions(), bench.exchange.openOrders('all')]).toEqual([[], []]);
  });
});

describe('a parent that fills in parts', () => {
  it('releases its children for what it has filled, and no more', () => {
    const bench = atMarket(RICH);
    bench.bracket({ quantity: 3, entry: 6849 });
    expect(bench.trade(6849, { size: 2 }).slice(4)).toEqual([
      'openOrder 2 Submitted x3',
      'orderStatus 2 Submitted 0/3',
      'openOrder 3 PreSubmitted x3',
      'orderStatus 3 PreSubmitted 0/3 trigger',
    ]);
    expect(bench.trade(6855)).toContain('execDetails 2 SLD 2 @6855');
    expect(bench.position()).toBe(0);
  });

  it('that is then cancelled leaves its children reduced to the fill', () => {
    const bench = atMarket(RICH);
    bench.bracket({ quantity: 3, entry: 6849 });
    bench.trade(6849, { size: 2 });
    expect(bench.cancel(1)).toEqual([
      'orderStatus 1 Cancelled 2/1',
      'error 1 202',
      'openOrder 2 Submitted x2',
      'orderStatus 2 Submitted 0/2',
      'openOrder 3 PreSubmitted x2',
      'orderStatus 3 PreSubmitted 0/2 trigger',
    ]);
    expect(bench.trade(6844)).toContain('orderStatus 3 Filled 2/0');
    expect(bench.position()).toBe(0);
  });

  it('keeps its children back until it is full, when so configured', () => {
    const bench = atMarket({ ...RICH, childActivation: 'onFullFill' });
    bench.bracket({ quantity: 3, entry: 6849 });
    expect(bench.trade(6849, { size: 2 })).toHaveLength(4);
    expect(bench.trade(6844, { size: 20 })).toContain('orderStatus 3 Filled 3/0');
    expect(bench.position()).toBe(0);
  });

  it('goes on protecting the rest when a part was closed before it filled', () => {
    const bench = atMarket(RICH);
    bench.bracket({ quantity: 2, entry: 6849 });
    bench.trade(6849, { size: 1 });
    bench.trade(6855);
    bench.trade(6849, { size: 1 });
    expect(bench.position()).toBe(1);
    bench.trade(6844);
    expect(bench.position()).toBe(0);
    expect(bench.exchange.openOrders('all')).toEqual([]);
  });
});

describe('a stop whose target has filled a part', () => {
  it('covers what is still open, and not what the target closed', () => {
    const bench = atMarket(RICH);
    bench.bracket({ quantity: 10, entry: 6849 });
    bench.trade(6849, { size: 1 });
    bench.trade(6855);
    expect(bench.position()).toBe(0);
    const said = bench.trade(6844, { size: 1 });
    expect(said.filter((line) => line.startsWith('execDetails'))).toEqual([
      'execDetails 1 BOT 1 @6849',
      'execDetails 3 SLD 1 @6844',
    ]);
    expect(bench.position()).toBe(0);
  });
});

describe('cancelling in a bracket', () => {
  it('of a parent without a fill takes the children along', () => {
    const bench = atMarket();
    bench.bracket({ entry: 6840 });
    expect(bench.cancel(1)).toEqual([
      'orderStatus 1 Cancelled 0/1',
      'error 1 202',
      'orderStatus 2 Cancelled 0/1',
      'error 2 202',
      'orderStatus 3 Cancelled 0/1',
      'error 3 202',
    ]);
  });

  it('of the target takes the stop with it and leaves the position naked', () => {
    const bench = atMarket();
    bench.bracket({ entry: 'market' });
    expect(bench.cancel(2)).toEqual([
      'orderStatus 2 Cancelled 0/1',
      'error 2 202',
      'orderStatus 3 Cancelled 0/1',
      'error 3 202',
    ]);
    expect(bench.position()).toBe(1);
  });

  it('of a parent that was never transmitted ends the family as ApiCancelled', () => {
    const bench = atMarket();
    bench.place({ orderId: 1, action: 'BUY', orderType: 'MKT', transmit: false });
    bench.place({
      orderId: 2,
      action: 'SELL',
      orderType: 'STP',
      auxPrice: 6845,
      parentId: 1,
      transmit: false,
    });
    expect(bench.cancel(1)).toEqual([
      'orderStatus 1 ApiCancelled 0/1',
      'error 1 202',
      'orderStatus 2 ApiCancelled 0/1',
      'error 2 202',
    ]);
    expect(bench.exchange.completedOrders()).toEqual([]);
  });

  it('globally goes parent, target, stop, and answers ended orders with 161', () => {
    const bench = atMarket();
    bench.bracket({ entry: 6840 });
    bench.place({ orderId: 4, action: 'BUY', orderType: 'MKT' });
    expect(bench.cancelAll()).toEqual([
      'orderStatus 1 Cancelled 0/1',
      'error 1 202',
      'orderStatus 2 Cancelled 0/1',
      'error 2 202',
      'orderStatus 3 Cancelled 0/1',
      'error 3 202',
      'error 4 161',
    ]);
  });
});

describe('a child that is refused', () => {
  it('is refused alone: the rest of the bracket goes out, without a stop', () => {
    const bench = atMarket();
    bench.place({ orderId: 1, action: 'BUY', orderType: 'MKT', transmit: false });
    const said = bench.place({ orderId: 2, action: 'SELL', orderType: 'STP', auxPrice: 6845.1, parentId: 1 });
    expect(said[0]).toBe('error 2 110');
    expect(said).toContain('orderStatus 1 Filled 1/0');
    expect([bench.position(), bench.exchange.openOrders('all')]).toEqual([1, []]);
  });

  it('because its parent was rejected for margin is cancelled', () => {
    const bench = atMarket({ startingCash: 1_000 });
    expect(bench.bracket({ entry: 'market' })).toEqual([
      'openOrder 1 Inactive x1',
      'orderStatus 1 Inactive 0/1',
      'error 1 201',
      'orderStatus 2 Cancelled 0/1',
      'error 2 202',
      'orderStatus 3 Cancelled 0/1',
      'error 3 202',
    ]);
  });
});
