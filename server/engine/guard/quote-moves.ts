/** A price that is sent again and again and never changes is frozen (F39, I13: one price for 2 h 42 min). Ms of host time since any field changed. */
import { type Guard, skip, verdict } from './input';

export const quoteMoves: Guard = ({ state, quote, hostMs }) => {
  const measure = {
    guard: 'Quote unchanged',
    code: 'STALE_MARKET_DATA',
    relation: '≤',
    limit: state.limits.maxQuoteUnchangedMs,
    unit: 'ms',
  } as const;
  if (!quote) return skip(measure);
  const observed = Math.max(0, hostMs - quote.changedHostMs);
  return verdict(observed <= measure.limit, { ...measure, observed });
};
