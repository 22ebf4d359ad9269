// The callback sequences that real gateways were recorded to send (ib-protocol 3.2), event for event.
import { describe, expect, it } from 'vitest';
import { Bench } from './testing/bench';

describe('a market order on CME', () => {
  it('is PreSubmitted, then executed, Filled, charged, and a position', () => {
    const bench = new Bench();
    bench.trade(6850);
    expect(bench.place({ orderId: 1, action: 'BUY', orderType: 'MKT' })).toEqual([
      'openOrder 1 PreSubmitted x1',
      'orderStatus 1 PreSubmitted 0/1',
      'execDetails 1 BOT 1 @6850.25',
      'orderStatus 1 Filled 1/0',
      'commissionReport 1 2.25 pnl unset',
      'position ESZ5 1',
    ]);
  });

  it('may be reported Filled before its execution, when so configured', () => {
    const bench = new Bench({ fillReporting: 'statusFirst' });
    bench.trade(6850);
    expect(bench.place({ orderId: 1, action: 'SELL', orderType: 'MKT' }).slice(2, 4)).toEqual([
      'orderStatus 1 Filled 1/0',
      'execDetails 1 SLD 1 @6850',
    ]);
  });

  it('walks level by level when it is larger than the touch, and gives up after five until the next trade', () => {
    const bench = new Bench({ startingCash: 1_000_000 });
    bench.trade(6850, { size: 2 });
    const said = bench.place({ orderId: 1, action: 'BUY', orderType: 'MKT', totalQuantity: 11 });
    expect(said.filter((line) => line.startsWith('execDetails'))).toEqual([
      'execDetails 1 BOT 2 @6850.25',
      'execDetails 1 BOT 2 @6850.5',
      'execDetails 1 BOT 2 @6850.75',
      'execDetails 1 BOT 2 @6851',
      'execDetails 1 BOT 2 @6851.25',
    ]);
    expect(said.at(-3)).toBe('orderStatus 1 Submitted 10/1');
    expect(bench.trade(6860)).toContain('orderStatus 1 Filled 11/0');
  });

  it('waits for the first trade when there is no quote yet', () => {
    const bench = new Bench();
    expect(bench.place({ orderId: 1, action: 'BUY', orderType: 'MKT' })).toEqual([
      'openOrder 1 PreSubmitted x1',
      'orderStatus 1 PreSubmitted 0/1',
    ]);
    expect(bench.trade(6850)).toContain('execDetails 1 BOT 1 @6850.25');
  });
});

describe('a limit order', () => {
  it('rests as Submitted, and is Cancelled with a 202 after the status', () => {
    const bench = new Bench();
    bench.trade(6850);
    expect(bench.place({ orderId: 1, action: 'BUY', orderType: 'LMT', lmtPrice: 6840 })).toEqual([
      'openOrder 1 PreSubmitted x1',
      'orderStatus 1 PreSubmitted 0/1',
      'openOrder 1 Submitted x1',
      'orderStatus 1 Submitted 0/1',
    ]);
    expect(bench.cancel(1)).toEqual(['orderStatus 1 Cancelled 0/1', 'error 1 202']);
  });

  it('fills at its limit when the market trades at it', () => {
    const bench = new Bench();
    bench.trade(6850);
    bench.place({ orderId: 1, action: 'SELL', orderType: 'LMT', lmtPrice: 6851 });
    expect(bench.trade(6850.75)).toEqual([]);
    expect(bench.trade(6851.5)).toContain('execDetails 1 SLD 1 @6851');
  });

  it('takes the touch, and no worse than its limit, when it is marketable', () => {
    const bench = new Bench();
    bench.trade(6850, { size: 1 });
    const order = { orderId: 1, action: 'BUY', orderType: 'LMT', lmtPrice: 6850.5 } as const;
    const said = bench.place({ ...order, totalQuantity: 3 });
    expect(said.filter((line) => line.startsWith('execDetails'))).toEqual([
      'execDetails 1 BOT 1 @6850.25',
      'execDetails 1 BOT 1 @6850.5',
    ]);
    expect(bench.exchange.openOrders('all')[0]).toMatchObject({
      status: 'Submitted',
      filled: 2,
      remaining: 1,
    });
  });

  it('fills piece by piece when each trade offers less than it wants', () => {
    const bench = new Bench({ startingCash: 1_000_000 });
    bench.trade(6850);
    bench.place({ orderId: 1, action: 'BUY', orderType: 'LMT', lmtPrice: 6849, totalQuantity: 5 });
    expect(bench.trade(6849, { size: 3 })).toEqual([
      'execDetails 1 BOT 3 @6849',
      'orderStatus 1 Submitted 3/2',
      'commissionReport 1 6.75 pnl unset',
      'position ESZ5 3',
    ]);
    expect(bench.trade(6848, { size: 3 })).toContain('orderStatus 1 Filled 5/0');
  });
});

describe('a stop order', () => {
  it('stays PreSubmitted while IB holds it, then is Submitted and filled at the touch', () => {
    const bench = new Bench();
    bench.trade(6850);
    expect(bench.place({ orderId: 1, action: 'SELL', orderType: 'STP', auxPrice: 6845 })).toEqual([
      'openOrder 1 PreSubmitted x1',
      'orderStatus 1 PreSubmitted 0/1 trigger',
    ]);
    expect(bench.trade(6845.25)).toEqual([]);
    expect(bench.trade(6844.5)).toEqual([
      'openOrder 1 Submitted x1',
      'orderStatus 1 Submitted 0/1',
      'execDetails 1 SLD 1 @6844.5',
      'orderStatus 1 Filled 1/0',
      'commissionReport 1 2.25 pnl unset',
      'position ESZ5 -1',
    ]);
  });

  it('triggers at once when the market is already beyond it', () => {
    const bench = new Bench();
    bench.trade(6850);
    const said = bench.place({ orderId: 1, action: 'BUY', orderType: 'STP', auxPrice: 6849 });
    expect(said).toContain('execDetails 1 BOT 1 @6850.25');
  });

  it('with a limit becomes that limit, and a gap through it leaves it unfilled', () => {
    const bench = new Bench();
    bench.trade(6850);
    const order = {
      orderId: 1,
      action: 'SELL',
      orderType: 'STP LMT',
      auxPrice: 6845,
      lmtPrice: 6844,
    } as const;
    bench.place(order);
    expect(bench.trade(6840)).toEqual(['openOrder 1 Submitted x1', 'orderStatus 1 Submitted 0/1']);
    expect(bench.trade(6844)).toContain('execDetails 1 SLD 1 @6844');
  });

  it('without outsideRth does not trigger outside liquid hours', () => {
    const evening = Bench.evening();
    evening.trade(6850);
    evening.place({ orderId: 1, action: 'SELL', orderType: 'STP', auxPrice: 6845 });
    evening.place({ orderId: 2, action: 'SELL', orderType: 'STP', auxPrice: 6844, outsideRth: true });
    expect(evening.trade(6840)).toContain('execDetails 2 SLD 1 @6840');
    expect(evening.exchange.openOrders('all')).toMatchObject([{ orderId: 1, whyHeld: 'trigger' }]);
  });

  it('triggers outside liquid hours when the rule is switched off', () => {
    const evening = Bench.evening({ stopsWaitForLiquidHours: false });
    evening.trade(6850);
    evening.place({ orderId: 1, action: 'SELL', orderType: 'STP', auxPrice: 6845 });
    expect(evening.trade(6840)).toContain('execDetails 1 SLD 1 @6840');
  });
});

describe('an order while the market is closed', () => {
  it('waits PreSubmitted with a 399, and trades when the market opens', () => {
    const saturday = Bench.saturday();
    const events = saturday.exchange.placeOrder({
      clientId: 7,
      orderId: 1,
      contract: { conId: saturday.contract().conId },
      action: 'BUY',
      totalQuantity: 1,
      orderType: 'MKT',
      transmit: true,
    });
    expect(events.map((event) => event.kind)).toEqual([
      'openOrder',
      'orderStatus',
      'error',
      'openOrder',
      'orderStatus',
    ]);
    expect(events[2]).toMatchObject({
      code: 399,
      text: 'Order Message:\nBUY 1 ESZ5 CME\nWarning: Your order will not be placed at the exchange until 2025-11-16 17:00:00 US/Central.',
    });
    saturday.until(Bench.SUNDAY_OPEN);
    expect(saturday.trade(6850)).toContain('execDetails 1 BOT 1 @6850.25');
  });

  it('is told the same at a gap, and takes no price from before it', () => {
    const bench = new Bench();
    bench.trade(6850);
    bench.close();
    expect(bench.exchange.quote(bench.contract().conId)).toMatchObject({ bid: undefined, last: undefined });
    expect(bench.place({ orderId: 1, action: 'BUY', orderType: 'MKT' })).toContain('error 1 399');
    expect(bench.trade(6900)).toContain('execDetails 1 BOT 1 @6900.25');
  });
});

describe('time in force', () => {
  it('ends a DAY order with its session and keeps a GTC order', () => {
    const bench = new Bench();
    bench.trade(6850);
    bench.place({ orderId: 1, action: 'BUY', orderType: 'LMT', lmtPrice: 6800 });
    bench.place({ orderId: 2, action: 'BUY', orderType: 'LMT', lmtPrice: 6800, tif: 'GTC' });
    expect(bench.until(Bench.SESSION_END - 1)).toEqual([]);
    expect(bench.until(Bench.SESSION_END)).toEqual(['orderStatus 1 Cancelled 0/1', 'error 1 202']);
    expect(bench.exchange.openOrders('all')).toMatchObject([{ orderId: 2, status: 'Submitted' }]);
  });
});
