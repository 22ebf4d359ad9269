/** What the trade loses when its stop fills at its price, before commissions; in micro-dollars. */
import { tickValueMicros } from '../model/instrument';
import { type Guard, skip, verdict } from './input';

export const lossAtStop: Guard = ({ state, cycle, instrument }) => {
  const measure = {
    guard: 'Loss at stop',
    code: 'MAX_LOSS_CAP',
    relation: '≤',
    limit: state.limits.maxLossPerTradeMicros,
    unit: 'usd',
  } as const;
  if (!cycle.plan) return skip(measure);
  const { entryTicks, stopTicks, quantity } = cycle.plan;
  const loss = Math.abs(entryTicks - stopTicks) * quantity * tickValueMicros(instrument);
  return verdict(loss <= state.limits.maxLossPerTradeMicros, { ...measure, observed: loss });
};
