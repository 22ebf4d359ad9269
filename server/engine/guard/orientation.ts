/** BUY: stop < entry < target. SELL: target < entry < stop. */
import { priceOf } from '../model/money';
import { type Guard, skip, verdict } from './input';

export const orientation: Guard = ({ cycle, instrument }) => {
  const buy = cycle.side === 'BUY';
  const measure = {
    guard: 'Bracket orientation',
    code: 'INVALID_BRACKET',
    relation: '=',
    limit: buy ? 'stop < entry < target' : 'target < entry < stop',
    unit: 'price',
  } as const;
  if (cycle.orderType === 'LMT' && cycle.asked.entryPrice === null)
    return verdict(false, { ...measure, observed: 'no entry price' });
  if (!cycle.plan) return skip(measure);
  const { stopTicks, entryTicks, targetTicks } = cycle.plan;
  const ordered = buy ? [stopTicks, entryTicks, targetTicks] : [targetTicks, entryTicks, stopTicks];
  const [low = 0, middle = 0, high = 0] = ordered;
  const right = low < middle && middle < high;
  const shown = ordered.map((ticks) => priceOf(ticks, instrument.tickSize)).join(right ? ' < ' : ' / ');
  return verdict(right, { ...measure, observed: shown });
};
