// The invented market: seamless history, quotes that make sense, sessions kept or not, and enough life in it.
import { describe, expect, it } from 'vitest';
import { Exchange } from './exchange';
import { type SyntheticOptions, syntheticMarket } from './synthetic';
import type { ExchangeEvent, Quote } from './words';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Saturday 2025-11-15, 09:00 in Chicago, and some seconds. */
const SATURDAY = 1_763_218_800_000 + 17_000;

function exchange(seed: number, options: SyntheticOptions = {}, startTs = SATURDAY): Exchange {
  return new Exchange({ seed, startTs, market: syntheticMarket(options) });
}

function quotes(events: readonly ExchangeEvent[]): Quote[] {
  return events.flatMap((event) => (event.kind === 'quote' ? [event.quote] : []));
}

describe('the invented market', () => {
  it('says in its description that it never closes, and trades at a weekend', () => {
    const weekend = exchange(1, { historyBars: 0 });
    expect(weekend.description).toContain('around the clock');
    const traded = quotes(weekend.advanceTo(SATURDAY + MINUTE));
    expect(new Set(traded.map(({ conId }) => conId)).size).toBe(4);
    expect(traded.length).toBeGreaterThan(4 * 60 * 2);
  });

  it('keeps the CME sessions when told to', () => {
    const weekend = exchange(1, { historyBars: 0, day: 'globex', meanIntervalMs: 10_000 });
    const sunday = SATURDAY - 17_000 + 32 * HOUR;
    expect(weekend.advanceTo(sunday)).toEqual([]);
    const monday = quotes(weekend.advanceTo(sunday + 24 * HOUR));
    const closes = monday.filter(({ last }) => last === undefined);
    expect(closes.map(({ ts }) => ts)).toEqual(Array(8).fill(sunday + 23 * HOUR));
  });

  it('has 240 bars of history that its first trade joins', () => {
    const fresh = exchange(1);
    for (const { contract } of fresh.contracts({ lastTradeDateOrContractMonth: '202512' })) {
      const bars = fresh.bars(contract.conId, { endTs: SATURDAY, durationMs: 1000 * HOUR, barMs: MINUTE });
      expect(bars.length).toBeGreaterThanOrEqual(240);
      const first = quotes(fresh.advanceTo(fresh.now + MINUTE)).find(({ conId }) => conId === contract.conId);
      expect(Math.abs((first?.last ?? 0) - (bars.at(-1)?.close ?? 0))).toBeLessThan(20);
    }
  });

  it('has each minute once, the one in which it started too', () => {
    const running = exchange(1);
    running.advanceTo(SATURDAY + 3 * MINUTE);
    const { conId } = running.contracts({ localSymbol: 'ESZ5' })[0]?.contract ?? { conId: 0 };
    const bars = running.bars(conId, { endTs: running.now, durationMs: 10 * MINUTE, barMs: MINUTE });
    const first = bars[0]?.ts ?? 0;
    expect(bars.map(({ ts }) => ts)).toEqual(bars.map((_, i) => first + i * MINUTE));
  });

  it('finds the history of a Saturday in the week before', () => {
    const weekend = exchange(1, { day: 'globex' });
    const { conId } = weekend.contracts({ localSymbol: 'ESZ5' })[0]?.contract ?? { conId: 0 };
    const bars = weekend.bars(conId, { endTs: SATURDAY, durationMs: 1000 * HOUR, barMs: MINUTE });
    expect(bars).toHaveLength(240);
    expect(bars.at(-1)?.ts).toBe(SATURDAY - 17_000 - 17 * HOUR - MINUTE);
  });

  it.each([1, 2, 3])(
    'keeps bid, last and ask in order a tick apart, with sizes, in time order (seed %i)',
    (seed) => {
      const traded = quotes(exchange(seed, { historyBars: 0 }).advanceTo(SATURDAY + 10 * MINUTE));
      const wrong = traded.filter((quote, i) => {
        const { bid = 0, ask = 0, last, bidSize, askSize, lastSize, ts } = quote;
        const ordered = ask - bid === 0.25 && (last === bid || last === ask);
        const sized = Math.min(bidSize, askSize, lastSize) > 0;
        return !ordered || !sized || ts < (traded[i - 1]?.ts ?? 0);
      });
      expect(traded.length).toBeGreaterThan(1000);
      expect(wrong).toEqual([]);
    },
  );

  it('moves twenty ticks within five minutes, as a rule', () => {
    const within = Array.from({ length: 40 }, (_, seed) => {
      const running = exchange(seed, { historyBars: 0 });
      const { conId } = running.contracts({ localSymbol: 'ESZ5' })[0]?.contract ?? { conId: 0 };
      const prices = quotes(running.advanceTo(SATURDAY + 5 * MINUTE))
        .filter((quote) => quote.conId === conId)
        .map((quote) => quote.last ?? 0);
      return prices.some((price) => Math.abs(price - (prices[0] ?? 0)) >= 5);
    });
    expect(within.filter(Boolean).length).toBeGreaterThan(30);
  });

  it('keeps the micro beside its big brother', () => {
    const running = exchange(3, { historyBars: 0 });
    running.advanceTo(SATURDAY + HOUR);
    const [big, micro] = ['ESZ5', 'MESZ5'].map((localSymbol) => {
      const [details] = running.contracts({ localSymbol });
      return running.quote(details?.contract.conId ?? 0)?.last ?? 0;
    });
    expect(Math.abs((big ?? 0) - (micro ?? 0))).toBeLessThan(3);
  });

  it('refuses a start price off the tick grid', () => {
    expect(() => exchange(1, { prices: { ES: 6850.1 } })).toThrow('ES cannot start at 6850.1');
  });
});
