/** Whatever a strategy asks for: what goes out is exactly what it asked, or nothing, and what it can lose is bounded in contracts and dollars. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../model/limits';
import { microsOf } from '../model/money';
import { openDesk } from '../testing/desk';
import { ticks } from '../testing/instruments';

const MARK = 6890.5;
const TICK_MICROS = { ES: microsOf(12.5), MES: microsOf(1.25) } as const;

const wish = fc.record({
  symbol: fc.constantFrom('ES' as const, 'MES' as const),
  action: fc.constantFrom('BUY' as const, 'SELL' as const),
  quantity: fc.integer({ min: 1, max: 8 }),
  stopTicks: fc.integer({ min: -5, max: 60 }),
  targetTicks: fc.integer({ min: -5, max: 60 }),
});

it('any entry goes out in the size that was asked for, within the limits of size and loss, or not at all', () => {
  const seen = { sent: 0, denied: 0 };
  fc.assert(
    fc.property(wish, ({ symbol, action, quantity, stopTicks, targetTicks }) => {
      const away = (count: number) => MARK + (action === 'BUY' ? count : -count) * 0.25;
      const desk = openDesk().market(symbol, MARK);
      const prices = { entryPrice: MARK, stopPrice: away(-stopTicks), targetPrice: away(targetTicks) };
      desk.signal({ symbol, action, quantity, ...prices });
      const lossMicros = stopTicks * quantity * TICK_MICROS[symbol];
      const { maxLossPerTradeMicros, maxPositionContracts, minDistanceTicks } = DEFAULT_LIMITS;
      const allowed =
        Math.min(stopTicks, targetTicks) >= minDistanceTicks &&
        quantity <= maxPositionContracts &&
        lossMicros <= maxLossPerTradeMicros;
      seen[allowed ? 'sent' : 'denied'] += 1;
      const stop = { quantity, triggerTicks: ticks(prices.stopPrice), reduceOnly: true };
      const target = { quantity, limitTicks: ticks(prices.targetPrice), reduceOnly: true };
      const bracket = { type: 'PlaceBracket', entry: { side: action, quantity }, stop, target };
      expect(desk.sent).toMatchObject(allowed ? [bracket] : []);
      expect(desk.sent).toHaveLength(allowed ? 1 : 0);
    }),
    { numRuns: 60, seed: 20_251_212 },
  );
  expect(Math.min(seen.sent, seen.denied)).toBeGreaterThan(5);
});
