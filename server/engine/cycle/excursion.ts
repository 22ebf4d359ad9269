/** How far the market went against a trade (MAE) and for it (MFE), in ticks per contract from the average entry. */
import { holderOf, withCycle } from '../model/book';
import type { Cycle } from '../model/cycle';
import { markTicks } from '../model/instrument';
import { signOf } from '../model/order';
import { cycleWith } from '../model/shape';
import type { EngineState } from '../model/state';

export function trackExcursion(state: EngineState, symbol: string): EngineState {
  const cycle = holderOf(state, symbol);
  const mark = markTicks(state.market.quotes[symbol]);
  if (!cycle || mark === null) return state;
  const tracked = withExcursion(cycle, mark);
  return tracked === cycle ? state : withCycle(state, tracked);
}

/** @param priceTicks at which the market traded while the cycle held contracts: a quote, or a fill of its exit. */
export function withExcursion(cycle: Cycle, priceTicks: number): Cycle {
  if (cycle.entryQuantity === 0) return cycle;
  // the sum makes minus zero, which JSON does not keep, a zero
  const excursion = (priceTicks - cycle.entryCostTicks / cycle.entryQuantity) * signOf(cycle.side) + 0;
  const better = cycle.bestTicks === null || (priceTicks - cycle.bestTicks) * signOf(cycle.side) > 0;
  if (!better && excursion >= cycle.maeTicks && excursion <= cycle.mfeTicks) return cycle;
  return cycleWith(cycle, {
    maeTicks: Math.min(cycle.maeTicks, excursion),
    mfeTicks: Math.max(cycle.mfeTicks, excursion),
    bestTicks: better ? priceTicks : cycle.bestTicks,
  });
}
