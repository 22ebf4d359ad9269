/** A frozen price is not a price (26 December: one price for 2 h 42 min). Age in ms of host time. */
import { markTicks } from '../model/instrument';
import { type Guard, verdict } from './input';

export const quoteFresh: Guard = ({ state, quote, hostMs }) => {
  const ageMs = quote && markTicks(quote) !== null ? Math.max(0, hostMs - quote.hostMs) : null;
  return verdict(ageMs !== null && ageMs <= state.limits.maxQuoteAgeMs, {
    guard: 'Quote age',
    code: 'STALE_MARKET_DATA',
    observed: ageMs,
    relation: '≤',
    limit: state.limits.maxQuoteAgeMs,
    unit: 'ms',
  });
};
