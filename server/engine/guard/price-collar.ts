/** An entry far from the market is a wrong price, not an opportunity. */
import { markTicks } from '../model/instrument';
import { type Guard, skip, verdict } from './input';

export const priceCollar: Guard = ({ state, cycle, quote }) => {
  const measure = {
    guard: 'Entry away from market',
    code: 'PRICE_COLLAR',
    relation: '≤',
    limit: state.limits.priceCollarTicks,
    unit: 'ticks',
  } as const;
  const mark = markTicks(quote);
  if (!cycle.plan || mark === null) return skip(measure);
  const away = Math.abs(cycle.plan.entryTicks - mark);
  return verdict(away <= state.limits.priceCollarTicks, { ...measure, observed: away });
};
