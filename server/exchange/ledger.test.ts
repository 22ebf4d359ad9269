// Money, checked against sums done by hand. ES is $50 a point and $2.25 a contract and side, MES $5 and $0.62.
import { describe, expect, it } from 'vitest';
import { Bench } from './testing/bench';

const BUY = { action: 'BUY', orderType: 'MKT' } as const;
const SELL = { action: 'SELL', orderType: 'MKT' } as const;

function micro(bench: Bench): { contract: { conId: number } } {
  return { contract: { conId: bench.contract('MES').conId } };
}

describe('realized P&L', () => {
  it('of the recorded MES round trip is -2.49: (7039.25 - 7039.50) x 5 - 0.62 - 0.62', () => {
    const bench = new Bench();
    bench.trade(7039.25, { symbol: 'MES' });
    expect(bench.place({ ...BUY, ...micro(bench), orderId: 1 })[4]).toBe('commissionReport 1 0.62 pnl unset');
    expect(bench.place({ ...SELL, ...micro(bench), orderId: 2 })[4]).toBe(
      'commissionReport 2 0.62 pnl -2.49',
    );
  });

  it('of a short is what was sold less what was bought: (6850 - 6844.25) x 50 - 4.50 = 283', () => {
    const bench = new Bench();
    bench.trade(6850);
    bench.place({ ...SELL, orderId: 1 });
    bench.trade(6844);
    expect(bench.place({ ...BUY, orderId: 2 })[4]).toBe('commissionReport 2 2.25 pnl 283');
  });

  it('of a part is against the average cost, and the parts sum to the whole', () => {
    const bench = new Bench({ startingCash: 1_000_000 });
    bench.trade(6850);
    bench.place({ ...BUY, orderId: 1 });
    bench.trade(6850.5);
    bench.place({ ...BUY, orderId: 2, totalQuantity: 2 });
    bench.trade(6852);
    const first = bench.place({ ...SELL, orderId: 3 })[4];
    const rest = bench.place({ ...SELL, orderId: 4, totalQuantity: 2 })[4];
    // Cost 6850.25 + 2 x 6850.75 points and 3 commissions = 1,027,594.25; a third of it is 342,531.416667.
    expect(first).toBe('commissionReport 3 2.25 pnl 66.333333');
    expect(rest).toBe('commissionReport 4 4.5 pnl 132.666667');
    expect(bench.exchange.pnl().realized).toBe(199);
  });

  it('of a fill through flat splits its commission between what it closes and what it opens', () => {
    const bench = new Bench({ startingCash: 1_000_000 });
    bench.trade(6850);
    bench.place({ ...BUY, orderId: 1 });
    bench.trade(6851.25);
    // Closes 1: (6851.25 - 6850.25) x 50 - 2.25 - 2.25 = 45.50. Opens 2 short: 6851.25 x 50 - 2.25 each.
    expect(bench.place({ ...SELL, orderId: 2, totalQuantity: 3 })[4]).toBe(
      'commissionReport 2 6.75 pnl 45.5',
    );
    expect(bench.exchange.positions()).toMatchObject([{ position: -2, avgCost: 342_560.25 }]);
  });
});

describe('a position', () => {
  it('costs price x multiplier plus the commission of a contract, as in the recorded 315114.75', () => {
    const bench = new Bench();
    bench.trade(6302);
    bench.place({ ...BUY, orderId: 1 });
    expect(bench.exchange.positions()).toMatchObject([{ position: 1, avgCost: 315_114.75 }]);
  });

  it('is marked at the last price', () => {
    const bench = new Bench();
    bench.trade(6850);
    bench.place({ ...BUY, orderId: 1 });
    bench.trade(6852);
    expect(bench.exchange.positions()).toMatchObject([
      { marketPrice: 6852, marketValue: 342_600, unrealizedPNL: 85.25, realizedPNL: 0 },
    ]);
  });

  it('is reported once as 0 when it is closed, and then listed no more', () => {
    const bench = new Bench();
    bench.trade(6850);
    bench.place({ ...BUY, orderId: 1 });
    const events = bench.exchange.placeOrder({
      ...SELL,
      clientId: 7,
      orderId: 2,
      contract: { localSymbol: 'ESZ5' },
      totalQuantity: 1,
      transmit: true,
    });
    expect(events.at(-1)).toMatchObject({
      kind: 'position',
      position: { position: 0, avgCost: 0, unrealizedPNL: 0, realizedPNL: -17 },
    });
    expect(bench.exchange.positions()).toEqual([]);
  });
});

describe('the account', () => {
  it('has its cash, margin and open P&L in IB keys', () => {
    const bench = new Bench();
    bench.trade(6850);
    bench.place({ ...BUY, orderId: 1 });
    bench.trade(6852);
    expect(bench.exchange.accountValues()).toEqual({
      account: 'DU1234567',
      NetLiquidation: 100_085.25,
      TotalCashValue: 100_000,
      EquityWithLoanValue: 100_085.25,
      InitMarginReq: 20_000,
      MaintMarginReq: 20_000,
      AvailableFunds: 80_085.25,
      ExcessLiquidity: 80_085.25,
      BuyingPower: 80_085.25,
      GrossPositionValue: 342_600,
      UnrealizedPnL: 85.25,
      RealizedPnL: 0,
    });
  });

  it('takes other commissions when told to', () => {
    const bench = new Bench({ commissions: { ES: 1.4 } });
    bench.trade(6850);
    expect(bench.place({ ...BUY, orderId: 1 })[4]).toBe('commissionReport 1 1.4 pnl unset');
  });
});

describe('executions', () => {
  function twoClients(): Bench {
    const bench = new Bench();
    bench.trade(6850);
    bench.place({ ...BUY, orderId: 1, orderRef: 'cycle-1:entry' });
    bench.trade(7039.25, { symbol: 'MES' });
    bench.place({ ...SELL, ...micro(bench), orderId: 1, clientId: 8 });
    return bench;
  }

  it('are told with their commission reports, each with an id of its own', () => {
    const [first, second] = twoClients().exchange.executions();
    expect(first?.execution).toMatchObject({ side: 'BOT', shares: 1, cumQty: 1, orderRef: 'cycle-1:entry' });
    expect(first?.commissionReport.execId).toBe(first?.execution.execId);
    expect(first?.execution.execId).toMatch(/^[0-9a-f]{8}\.[0-9a-f]{8}\.01\.01$/);
    expect(first?.execution.execId).not.toBe(second?.execution.execId);
  });

  it('have other ids in another run of the same market', () => {
    const ids = [1, 2].map((run) => {
      const bench = new Bench({ run });
      bench.trade(6850);
      bench.place({ ...BUY, orderId: 1 });
      const [reported] = bench.exchange.executions();
      return [reported?.execution.execId, reported?.execution.permId];
    });
    expect(ids[0]?.[0]).not.toBe(ids[1]?.[0]);
    expect(ids[0]?.[1]).not.toBe(ids[1]?.[1]);
  });

  it.each([
    [{ clientId: 8 }, ['MES']],
    [{ symbol: 'ES' }, ['ES']],
    [{ side: 'SELL' }, ['MES']],
    [{ sinceTs: 1_762_959_602_000 }, ['MES']],
    [{}, ['ES', 'MES']],
  ] as const)('answer the filter %j', (filter, symbols) => {
    const found = twoClients().exchange.executions(filter);
    expect(found.map(({ execution }) => execution.contract.symbol)).toEqual(symbols);
  });

  it('and realized P&L begin anew at midnight in Chicago, positions stay', () => {
    const bench = twoClients();
    bench.until(Bench.SESSION_END + 8 * 3600 * 1000 - 1);
    expect(bench.exchange.executions()).toHaveLength(2);
    bench.until(bench.exchange.now + 1);
    expect(bench.exchange.executions()).toEqual([]);
    expect(bench.exchange.pnl()).toMatchObject({ daily: 0, realized: 0 });
    expect(bench.exchange.positions()).toHaveLength(2);
  });
});
