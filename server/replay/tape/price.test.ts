import { expect, it } from 'vitest';
import type { TickBar } from '../../exchange/market';
import { judgeAlone } from '../judge/judge';
import { DEFAULT_SETTING } from '../judge/setting';
import type { OrderCase } from '../model/order-case';
import { orderCase, soundOrder } from '../testing/orders';
import { pricedBy } from './price';

const MINUTE = 60_000;
const AT = Date.UTC(2025, 10, 10, 14, 37, 16);
const bar = (minute: number, close: number): TickBar => {
  const ticks = close * 4;
  const ts = Date.UTC(2025, 10, 10, 14, minute);
  return { ts, open: ticks, high: ticks, low: ticks, close: ticks, volume: 100 };
};
/** An order of the database: SELL 2 at the market with its stop below the market, from prices that were ten minutes old. */
const LATE = orderCase({
  orderId: 340,
  ts: AT,
  side: 'SELL',
  quantity: 2,
  type: 'MKT',
  asked: { entryPrice: null, stopPrice: 6820, targetPrice: 6812.5, protection: 'known' },
  market: null,
  held: null,
  advice: null,
  signal: null,
});
const priced = (bars: TickBar[], ...orders: OrderCase[]) =>
  pricedBy(bars, orders).map(({ market }) => market);

it('an order without a price has the last close before it, and is judged by it', () => {
  const bars = [bar(35, 6826.25), bar(36, 6827.25), bar(37, 6828.25)];
  expect(priced(bars, LATE)).toEqual([{ ts: Date.UTC(2025, 10, 10, 14, 37), price: 6827.25, by: 'tape' }]);
  const [order] = pricedBy(bars, [LATE]);
  expect(judgeAlone(order as OrderCase, DEFAULT_SETTING).reasons).toEqual(['INVALID_BRACKET']);
});

it.each([
  ['ended more than a minute before', [bar(34, 6826)]],
  ['has not ended', [bar(37, 6826)]],
  ['is none', []],
])('a bar that %s tells nothing', (_, bars) => {
  expect(priced(bars, LATE)).toEqual([null]);
});

it('what the order tells itself stays, and a tape prices no two instruments', () => {
  const bars = [bar(36, 6827.25)];
  const own = soundOrder({ ts: AT });
  expect(priced(bars, own)).toEqual([own.market]);
  expect(priced(bars, LATE, { ...own, symbol: 'MES' })).toEqual([null, own.market]);
  expect(priced([bar(36, 6827.25), bar(37, 6828)], { ...LATE, ts: AT + MINUTE })).toEqual([
    { ts: Date.UTC(2025, 10, 10, 14, 38), price: 6828, by: 'tape' },
  ]);
});
