// The traces of ib-protocol 3.2, one test each, with the setting under which a real gateway gave them.
import { describe, expect, it } from 'vitest';
import { Bench, lines } from './testing/bench';

function open(options: ConstructorParameters<typeof Bench>[0] = {}): Bench {
  const bench = new Bench(options);
  bench.trade(6850);
  return bench;
}

const MARKET = { orderId: 1, action: 'BUY', orderType: 'MKT' } as const;
const RESTING = { orderId: 1, action: 'BUY', orderType: 'LMT', lmtPrice: 6840 } as const;
const kinds = (said: string[]) => said.filter((line) => !line.startsWith('position'));

describe('the recorded sequence of', () => {
  it('a market order on CME and the order that closes it, realized P&L net of both commissions', () => {
    const bench = open();
    const micro = { contract: { conId: bench.contract('MES').conId } };
    bench.trade(7039.25, { symbol: 'MES' });
    expect(kinds(bench.place({ ...MARKET, ...micro }))).toEqual([
      ...['openOrder 1 PreSubmitted x1', 'orderStatus 1 PreSubmitted 0/1'],
      ...['execDetails 1 BOT 1 @7039.5', 'orderStatus 1 Filled 1/0', 'commissionReport 1 0.62 pnl unset'],
    ]);
    const closing = bench.place({ ...MARKET, ...micro, orderId: 2, action: 'SELL' });
    expect(closing).toContain('commissionReport 2 0.62 pnl -2.49');
  });

  it('a market order in shares: the order told as filled, and again with its commission', () => {
    const bench = open({ fillReporting: 'withOpenOrders' });
    expect(kinds(bench.place(MARKET))).toEqual([
      ...['openOrder 1 PreSubmitted x1', 'orderStatus 1 PreSubmitted 0/1', 'execDetails 1 BOT 1 @6850.25'],
      ...['openOrder 1 Filled x1', 'orderStatus 1 Filled 1/0', 'openOrder 1 Filled x1'],
      'commissionReport 1 2.25 pnl unset',
    ]);
    const records = bench.exchange.placeOrder({
      ...MARKET,
      ...{
        orderId: 2,
        clientId: 7,
        totalQuantity: 1,
        transmit: true,
        contract: { conId: bench.contract().conId },
      },
    });
    const told = records.flatMap((event) => (event.kind === 'openOrder' ? [event.order.commission] : []));
    expect(told).toEqual([undefined, undefined, 2.25]);
  });

  it('a limit made a market order: Filled before its execution', () => {
    const bench = open({ fillReporting: 'statusFirst' });
    bench.place(RESTING);
    expect(kinds(bench.place({ ...RESTING, orderType: 'MKT' }))).toEqual([
      ...['openOrder 1 Submitted x1', 'orderStatus 1 Submitted 0/1', 'orderStatus 1 Filled 1/0'],
      ...['execDetails 1 BOT 1 @6850.25', 'commissionReport 1 2.25 pnl unset'],
    ]);
  });

  it('a market order whose status never comes', () => {
    const said = open({ fillReporting: 'noStatus' }).place(MARKET);
    expect(kinds(said).slice(2)).toEqual([
      'execDetails 1 BOT 1 @6850.25',
      'commissionReport 1 2.25 pnl unset',
    ]);
  });

  it('a resting limit and its cancel, with and without PendingCancel', () => {
    const bench = open();
    expect(bench.place(RESTING)).toEqual([
      ...['openOrder 1 PreSubmitted x1', 'orderStatus 1 PreSubmitted 0/1'],
      ...['openOrder 1 Submitted x1', 'orderStatus 1 Submitted 0/1'],
    ]);
    expect(bench.cancel(1)).toEqual(['orderStatus 1 Cancelled 0/1', 'error 1 202']);
    const other = open({ pendingCancel: 'always' });
    other.place(RESTING);
    expect(other.cancel(1)).toEqual([
      ...['orderStatus 1 PendingCancel 0/1', 'orderStatus 1 Cancelled 0/1', 'error 1 202'],
    ]);
  });

  it('an order that is pending before it is taken', () => {
    expect(open({ acknowledgement: 'pendingSubmit' }).place(RESTING).slice(0, 3)).toEqual([
      ...['orderStatus 1 PendingSubmit 0/1', 'openOrder 1 PreSubmitted x1', 'orderStatus 1 PreSubmitted 0/1'],
    ]);
  });

  it('an immediate-or-cancel order that finds nothing', () => {
    expect(open().place({ ...RESTING, tif: 'IOC' })).toEqual([
      ...['openOrder 1 PreSubmitted x1', 'orderStatus 1 PendingCancel 0/1', 'orderStatus 1 Cancelled 0/1'],
    ]);
  });

  it('a fill-or-kill order that cannot be filled whole', () => {
    const bench = new Bench({ startingCash: 1_000_000 });
    bench.trade(6850, { size: 2 });
    const order = { ...RESTING, lmtPrice: 6850.5, totalQuantity: 5, tif: 'FOK' } as const;
    expect(bench.place(order)).toEqual(['openOrder 1 PreSubmitted x5', 'orderStatus 1 Inactive 0/5']);
    expect(bench.place({ ...order, orderId: 2, totalQuantity: 4 })).toContain('orderStatus 2 Filled 4/0');
  });

  it('a stop, told twice', () => {
    const stop = { orderId: 1, action: 'SELL', orderType: 'STP', auxPrice: 6845 } as const;
    expect(open({ duplicateReports: 1 }).place(stop)).toEqual([
      ...['openOrder 1 PreSubmitted x1', 'orderStatus 1 PreSubmitted 0/1 trigger'],
      ...['openOrder 1 PreSubmitted x1', 'orderStatus 1 PreSubmitted 0/1 trigger'],
    ]);
  });

  it('an order that is not transmitted: nothing, until the same id comes with transmit', () => {
    const bench = open();
    expect(bench.place({ ...RESTING, transmit: false })).toEqual([]);
    expect(bench.exchange.openOrders('all')).toEqual([]);
    expect(bench.place(RESTING)).toHaveLength(4);
  });

  it('a bracket while the exchange is closed, and the cancel of everything', () => {
    const saturday = Bench.saturday();
    const told = (id: number, whyHeld: string) => [
      ...[
        `openOrder ${id} PreSubmitted x1`,
        `orderStatus ${id} PreSubmitted 0/1${whyHeld}`,
        `error ${id} 399`,
      ],
      ...[`openOrder ${id} PreSubmitted x1`, `orderStatus ${id} PreSubmitted 0/1${whyHeld}`],
    ];
    expect(saturday.bracket()).toEqual([...told(1, ''), ...told(2, ' child'), ...told(3, ' child,trigger')]);
    expect(saturday.cancelAll()).toEqual([
      ...['orderStatus 1 Cancelled 0/1', 'error 1 202', 'orderStatus 2 Cancelled 0/1', 'error 2 202'],
      ...['orderStatus 3 Cancelled 0/1', 'error 3 202'],
    ]);
  });

  it('a cancel of everything that meets orders already ended: 161 for each, with its permId', () => {
    const bench = open();
    bench.place(MARKET);
    const [said] = bench.exchange.globalCancel(7);
    const permId = bench.exchange.completedOrders()[0]?.permId;
    const text = `Cancel attempted when order is not in a cancellable state.  Order permId =${permId}`;
    expect(said).toMatchObject({ kind: 'error', orderId: 1, code: 161, text });
  });

  it('a cancel from another client: seen in the list of all, refused with 10147', () => {
    const bench = open();
    bench.place(RESTING);
    expect(bench.exchange.openOrders('all')).toMatchObject([{ orderId: 1, clientId: 7 }]);
    const [said] = bench.exchange.cancelOrder(2, 1);
    expect(said).toMatchObject({ code: 10147, text: 'OrderId 1 that needs to be cancelled is not found.' });
    expect(lines(bench.exchange.cancelOrder(7, 1))).toContain('error 1 202');
  });
});

describe('market-with-protection', () => {
  it('fills a market order up to so many ticks from the touch, and lets the rest wait there', () => {
    const bench = new Bench({ startingCash: 1_000_000, marketProtectionTicks: 2 });
    bench.trade(6850, { size: 1 });
    const said = bench.place({ ...MARKET, totalQuantity: 5 });
    expect(said.filter((line) => line.startsWith('execDetails'))).toEqual([
      ...['execDetails 1 BOT 1 @6850.25', 'execDetails 1 BOT 1 @6850.5', 'execDetails 1 BOT 1 @6850.75'],
    ]);
    expect(bench.exchange.openOrders('all')).toMatchObject([
      { status: 'Submitted', filled: 3, remaining: 2 },
    ]);
    expect(bench.trade(6860)).toEqual([]);
    expect(bench.trade(6850.25)).toContain('execDetails 1 BOT 2 @6850.5');
  });

  it('protects a stop from the touch at which it was triggered', () => {
    const bench = open({ marketProtectionTicks: 2, startingCash: 1_000_000 });
    bench.place({ orderId: 1, action: 'SELL', orderType: 'STP', auxPrice: 6845, totalQuantity: 4 });
    const said = bench.trade(6840, { size: 1 });
    expect(said.filter((line) => line.startsWith('execDetails'))).toHaveLength(3);
    expect(bench.trade(6830)).toEqual([]);
  });
});
