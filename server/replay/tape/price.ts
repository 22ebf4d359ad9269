/** What a tape tells of an order that has no price of its own: the last one before it. */
import type { TickBar } from '../../exchange/market';
import { toPoints } from '../../exchange/units';
import { PRICE_FRESH_MS } from '../judge/told';
import type { OrderCase } from '../model/order-case';

const MINUTE_MS = 60_000;

/**
 * Gives each order without any price the close of the last bar that had ended when it was placed, if that was within the minute.
 * A tape names no instrument: it prices orders of one alone.
 * @param bars of one minute, ascending, by their beginning.
 */
export function pricedBy(bars: readonly TickBar[], orders: readonly OrderCase[]): OrderCase[] {
  if (new Set(orders.map(({ symbol }) => symbol)).size > 1) return [...orders];
  return orders.map((order) =>
    order.market === null ? { ...order, market: lastBefore(bars, order.ts) } : order,
  );
}

function lastBefore(bars: readonly TickBar[], ts: number): OrderCase['market'] {
  const bar = bars[endedBy(bars, ts) - 1];
  const endTs = bar ? bar.ts + MINUTE_MS : 0;
  return bar && ts - endTs <= PRICE_FRESH_MS ? { ts: endTs, price: toPoints(bar.close), by: 'tape' } : null;
}

/** How many bars had ended: they ascend, so halves are enough. */
function endedBy(bars: readonly TickBar[], ts: number): number {
  let [low, high] = [0, bars.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bars[middle]?.ts ?? 0) + MINUTE_MS <= ts) low = middle + 1;
    else high = middle;
  }
  return low;
}
