/** The price at which an order fills now, if anybody is there: the bid for a sale, the ask for a purchase. */
import { isFresh } from '../model/instrument';
import type { Side } from '../model/order';
import type { EngineState } from '../model/state';

/** @returns ticks; null without a fresh quote of that side, and then only the market will do. */
export function touchTicks(
  state: EngineState,
  { symbol, side }: { symbol: string; side: Side },
  hostMs: number,
): number | null {
  const quote = state.market.quotes[symbol];
  if (!isFresh(quote, hostMs, state.limits.maxQuoteAgeMs)) return null;
  return side === 'SELL' ? quote.bidTicks : quote.askTicks;
}
