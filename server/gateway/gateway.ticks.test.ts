/** Ticks one by one, live and past, as a real client hears them; and what is there to look up beside them. */
import { type Contract, EventName, SecType, TickByTickDataType } from '@stoqey/ib';
import { describe, expect, it } from 'vitest';
import { ES, MINUTE, TAPE_START, tapeOf } from './testing/market';
import { stage } from './testing/stage';

const { open, terminal } = stage();
const { Last: LAST, AllLast: ALL_LAST, BidAsk: BID_ASK, MidPoint: MID_POINT } = TickByTickDataType;
const flat = (price: number) => [price, price, price, price] as const;
const MARKET = tapeOf(flat(6000), [6000, 6001, 6000, 6001]);

/** A gateway at 08:45:30 and a client that has done what `ask` says. */
async function asked(ask: (api: Awaited<ReturnType<typeof terminal>>['api']) => void, rules = {}) {
  const gateway = await open({ market: MARKET, rules });
  gateway.advanceTo(TAPE_START + MINUTE / 2);
  const client = await terminal(gateway, 1);
  ask(client.api);
  client.api.reqCurrentTime();
  await client.hears(EventName.currentTime);
  return { gateway, client };
}

describe('tick by tick', () => {
  it('of trades tells each one, none left out, with price, size and exchange', async () => {
    const { gateway, client } = await asked((api) => api.reqTickByTickData(5, ES, LAST, 0, false));
    expect(client.all(EventName.tickByTickAllLast)).toEqual([]);
    gateway.advanceTo(TAPE_START + 2 * MINUTE - 1);
    await client.hears(EventName.tickByTickAllLast, 5, 1, undefined, 6001);
    const trades = gateway.exchange
      .trades(gateway.exchange.contracts({ symbol: 'ES' })[0]?.contract.conId ?? 0)
      .filter(({ ts }) => ts > TAPE_START + MINUTE / 2);
    await client.hears(
      EventName.tickByTickAllLast,
      5,
      1,
      String(Math.floor((trades.at(-1)?.ts ?? 0) / 1000)),
    );
    expect(client.all(EventName.tickByTickAllLast)).toEqual(
      trades.map(({ ts, last, lastSize }) => [
        ...[5, 1, String(Math.floor(ts / 1000)), last, lastSize],
        ...[{ pastLimit: false, unreported: false }, 'CME', ''],
      ]),
    );
  });

  it('of quotes begins with the present one and tells changes only; of their middle likewise', async () => {
    const { gateway, client } = await asked((api) => {
      api.reqTickByTickData(5, ES, BID_ASK, 0, true);
      api.reqTickByTickData(6, ES, MID_POINT, 0, false);
    });
    expect(client.all(EventName.tickByTickBidAsk)).toEqual([
      [5, String(TAPE_START / 1000), 6000, 6000.25, 20, 20, { askPastHigh: false, bidPastLow: false }],
    ]);
    expect(client.all(EventName.tickByTickMidPoint)).toEqual([[6, String(TAPE_START / 1000), 6000.125]]);
    gateway.advanceTo(TAPE_START + 2 * MINUTE - 1);
    await client.hears(EventName.tickByTickMidPoint, 6, undefined, 6000.875);
    const quotes = client.all(EventName.tickByTickBidAsk).map(([, , bid, ask]) => `${bid} ${ask}`);
    expect(quotes.filter((quote, i) => quote === quotes[i - 1])).toEqual([]);
  });

  it('gives ticks of the past first when it is asked to', async () => {
    const { client } = await asked((api) => api.reqTickByTickData(5, ES, ALL_LAST, 1, false));
    expect(client.all(EventName.historicalTicksLast)).toMatchObject([[5, [{ price: 6000 }], true]]);
  });

  it('ends with a cancel (300 for the second), and knows duplicates (102), unknown types (10189) and haste (420)', async () => {
    const { gateway, client } = await asked((api) => {
      api.reqTickByTickData(5, ES, LAST, 0, false);
      api.reqTickByTickData(5, ES, LAST, 0, false);
      api.cancelTickByTickData(5);
      api.cancelTickByTickData(5);
      api.reqTickByTickData(6, ES, 'Everything' as TickByTickDataType, 0, false);
      api.reqTickByTickData(7, ES, LAST, 0, false);
    });
    expect(client.all(EventName.error).map(([, code, id]) => [code, id])).toEqual([
      [102, 5],
      [300, 5],
      [10189, 6],
      [420, 7],
    ]);
    gateway.advanceTo(TAPE_START + 2 * MINUTE - 1);
    client.api.reqMarketRule(67);
    await client.hears(EventName.marketRule);
    expect(client.all(EventName.tickByTickAllLast)).toEqual([]);
  });

  it.each([
    [100, 5],
    [40, 3],
  ])('of an account with %i lines is %i streams; one more is 10190', async (marketDataLines, streams) => {
    const { client } = await asked(
      (api) => {
        for (let id = 1; id <= streams + 1; id += 1) api.reqTickByTickData(id, ES, LAST, 0, false);
      },
      { marketDataLines, pacing: 'none', historyPacing: 'none' },
    );
    expect(client.all(EventName.error).map(([, code, id]) => [code, id])).toEqual([[10190, streams + 1]]);
  });
});

describe('historical ticks', () => {
  it('are the last before an end, or the first from a start on, of each kind', async () => {
    const gateway = await open({ market: MARKET });
    gateway.advanceTo(TAPE_START + 2 * MINUTE);
    const client = await terminal(gateway, 1);
    client.api.reqHistoricalTicks(4, ES, '', '20251112 08:47:00 US/Central', 2, 'TRADES', 0, false);
    client.api.reqHistoricalTicks(5, ES, '20251112-14:45:00', '', 1, 'BID_ASK', 1, false);
    client.api.reqHistoricalTicks(6, ES, '20251112-14:45:00', '', 1, 'MIDPOINT', 0, false);
    await client.hears(EventName.historicalTicks, 6);
    const [, trades, done] = client.all(EventName.historicalTicksLast)[0] ?? [];
    expect([trades, done]).toMatchObject([[{ exchange: 'CME' }, { price: 6001, exchange: 'CME' }], true]);
    expect(client.all(EventName.historicalTicksBidAsk)).toMatchObject([
      [5, [{ time: TAPE_START / 1000, priceBid: 6000, priceAsk: 6000.25 }], true],
    ]);
    expect(client.all(EventName.historicalTicks)).toMatchObject([[6, [{ price: 6000.125 }], true]]);
  });

  it.each([
    ['neither start nor end', { end: '' }],
    ['both', { start: '20251112-14:45:00' }],
    ['an end that is no time', { end: 'noon' }],
    ['more than a thousand', { count: 1001 }],
    ['another kind', { what: 'ADJUSTED_LAST' as const }],
  ])('for %s are refused with 321', async (_what, fault) => {
    const query = { start: '', end: '20251112-14:46:00', count: 10, what: 'TRADES' as const, ...fault };
    const { client } = await asked((api) =>
      api.reqHistoricalTicks(4, ES, query.start, query.end, query.count, query.what, 0, false),
    );
    expect(client.all(EventName.error).map(([, code, id]) => [code, id])).toEqual([[321, 4]]);
  });
});

describe('the depth of the book', () => {
  it('is not subscribed (10092), so that there is nothing to cancel (310)', async () => {
    const { client } = await asked((api) => {
      api.reqMktDepth(5, ES, 5, false);
      api.cancelMktDepth(5, false);
    });
    expect(client.all(EventName.error).map(([, code, id]) => [code, id])).toEqual([
      [10092, 5],
      [310, 5],
    ]);
  });
});

describe('a symbol search', () => {
  it('finds the index by the beginning of its symbol or a part of its name, and says that it has futures', async () => {
    const { client } = await asked((api) => {
      api.reqMatchingSymbols(5, 'es');
      api.reqMatchingSymbols(6, 'S&P');
      api.reqMatchingSymbols(7, 'gold');
    });
    const es = {
      symbol: 'ES',
      secType: 'IND',
      primaryExch: 'CME',
      currency: 'USD',
      description: 'E-mini S&P 500',
    };
    expect(client.all(EventName.symbolSamples)).toMatchObject([
      [5, [{ contract: es, derivativeSecTypes: ['FUT'] }]],
      [6, [{ contract: es }]],
      [7, []],
    ]);
  });

  it('of an option chain finds that there is none', async () => {
    const { client } = await asked((api) => api.reqSecDefOptParams(5, 'ES', 'CME', SecType.IND, 1));
    expect(client.all(EventName.securityDefinitionOptionParameterEnd)).toEqual([[5]]);
  });
});

describe('market data', () => {
  it('is of as many tickers as the account has lines; one more is 101', async () => {
    const { client } = await asked(
      (api) => {
        for (let id = 1; id <= 3; id += 1) api.reqMktData(id, ES as Contract, '', false, false);
      },
      { marketDataLines: 2, pacing: 'none' },
    );
    expect(client.all(EventName.error).map(([, code, id]) => [code, id])).toEqual([[101, 3]]);
  });
});

describe('market data that is not subscribed', () => {
  const market = tapeOf(...Array.from({ length: 20 }, (_, i) => flat(6000 + i)));

  it('is refused with 354, its streams with 10189 and 420', async () => {
    const { client } = await asked(
      (api) => {
        api.reqMktData(5, ES, '', false, false);
        api.reqTickByTickData(6, ES, LAST, 0, false);
        api.reqRealTimeBars(7, ES, 5, 'TRADES', false);
      },
      { marketData: 'none' },
    );
    expect(client.all(EventName.error).map(([, code, id]) => [code, id])).toEqual([
      [354, 5],
      [10189, 6],
      [420, 7],
    ]);
    expect(client.all(EventName.tickPrice)).toEqual([]);
  });

  it.each([
    ['delayed', 10089],
    ['none', 10186],
  ] as const)(
    'is refused for its reason where the gateway is set to: %s with %i',
    async (marketData, code) => {
      const rules = { marketData, marketDataRefusal: 'specific' } as const;
      const client = await terminal(await open({ market, rules }), 1);
      client.api.reqMktData(4, ES, '', false, false);
      await client.hears(EventName.error, undefined, code, 4);
    },
  );

  it('comes ten minutes late, under numbers of its own, to who asks for delayed data', async () => {
    const gateway = await open({ market, rules: { marketData: 'delayed' } });
    gateway.advanceTo(TAPE_START + 15 * MINUTE - 1);
    const client = await terminal(gateway, 1);
    client.api.reqMktData(4, ES, '', false, false);
    await client.hears(EventName.error, undefined, 354, 4);
    client.api.reqMarketDataType(3);
    client.api.reqMktData(5, ES, '', false, false);
    await client.hears(EventName.error, undefined, 10167, 5);
    await client.hears(EventName.marketDataType, 5, 3);
    await client.hears(EventName.tickPrice, 5, 68, 6004);
    expect(client.all(EventName.tickPrice).map(([, type]) => type)).toEqual([66, 67, 68]);
  });
});
