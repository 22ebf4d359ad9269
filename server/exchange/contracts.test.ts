// Quarterly contracts: names, dates, the roll, and how a client's description finds them.
import { describe, expect, it } from 'vitest';
import { frontContract, listedFrom, matches, PRODUCTS, SYMBOLS } from './contracts';
import { Bench } from './testing/bench';

const DAY = 24 * 3600 * 1000;
/** Noon in Chicago on Wednesday 2025-12-10. */
const BEFORE_ROLL = 1_765_389_600_000;

describe('the front contract', () => {
  it('is the nearest quarterly until eight days before its third Friday', () => {
    expect(frontContract('ES', BEFORE_ROLL)).toMatchObject({
      localSymbol: 'ESZ5',
      lastTradeDate: '20251219',
    });
    expect(frontContract('ES', BEFORE_ROLL + DAY)).toMatchObject({
      localSymbol: 'ESH6',
      lastTradeDate: '20260320',
    });
  });

  it('is followed by the next quarter, through the turn of the year', () => {
    const names = SYMBOLS.map((symbol) =>
      listedFrom(frontContract(symbol, BEFORE_ROLL)).map((contract) => contract.localSymbol),
    );
    expect(names).toEqual([
      ['ESZ5', 'ESH6'],
      ['MESZ5', 'MESH6'],
      ['NQZ5', 'NQH6'],
      ['MNQZ5', 'MNQH6'],
    ]);
  });

  it('has the tick, the multiplier and the commission of the real one', () => {
    const facts = SYMBOLS.map((symbol) => {
      const { minTick, multiplier, exchange, currency } = frontContract(symbol, BEFORE_ROLL);
      return [minTick, multiplier, exchange, currency, PRODUCTS[symbol].commission];
    });
    expect(facts).toEqual([
      [0.25, 50, 'CME', 'USD', 2.25],
      [0.25, 5, 'CME', 'USD', 0.62],
      [0.25, 20, 'CME', 'USD', 2.25],
      [0.25, 2, 'CME', 'USD', 0.62],
    ]);
  });

  it('has an id that is its own and the same every day', () => {
    const ids = [0, 1].flatMap((day) => SYMBOLS.map((s) => frontContract(s, BEFORE_ROLL - day * DAY).conId));
    expect(new Set(ids).size).toBe(SYMBOLS.length);
  });
});

describe('a description', () => {
  const contract = frontContract('MES', BEFORE_ROLL);

  it.each([
    [{ conId: contract.conId, exchange: 'CME' }, true],
    [{ symbol: 'MES', lastTradeDateOrContractMonth: '202512' }, true],
    [{ symbol: 'MES', lastTradeDateOrContractMonth: '20251219', conId: 0, localSymbol: '' }, true],
    [{ localSymbol: 'MESZ5', secType: 'FUT', currency: 'USD', multiplier: '5' }, true],
    [{ symbol: 'ES' }, false],
    [{ symbol: 'MES', lastTradeDateOrContractMonth: '202603' }, false],
    [{ symbol: 'MES', exchange: 'SMART' }, false],
    [{ symbol: 'MES', secType: 'CONTFUT' }, false],
  ])('%j fits: %s', (query, fits) => {
    expect(matches(contract, query)).toBe(fits);
  });

  it('is answered with the hours of its contract', () => {
    const details = new Bench().exchange.contracts({ symbol: 'NQ', lastTradeDateOrContractMonth: '202512' });
    expect(details).toMatchObject([
      {
        contract: { localSymbol: 'NQZ5' },
        longName: 'E-mini NASDAQ 100',
        timeZoneId: 'US/Central',
        tradingHours: expect.stringMatching(/^20251111:1700-20251112:1600;/),
        liquidHours: expect.stringMatching(/^20251112:0830-20251112:1600;/),
      },
    ]);
  });
});
