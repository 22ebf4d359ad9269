/** How far the market went against a trade (MAE) and for it (MFE), in ticks per contract from the average entry. */
import { holderOf, withCycle } from '../model/book';
import { markTicks } from '../model/instrument';
import { signOf } from '../model/order';
import type { EngineState } from '../model/state';

export function trackExcursion(state: EngineState, symbol: string): EngineState {
  const cycle = holderOf(state, symbol);
  const mark = markTicks(state.market.quotes[symbol]);
  if (!cycle || mark === null || cycle.entryQuantity === 0) return state;
  const excursion = (mark - cycle.entryCostTicks / cycle.entryQuantity) * signOf(cycle.side);
  if (excursion >= cycle.maeTicks && excursion <= cycle.mfeTicks) return state;
  return withCycle(state, {
    ...cycle,
    maeTicks: Math.min(cycle.maeTicks, excursion),
    mfeTicks: Math.max(cycle.mfeTicks, excursion),
  });
}
