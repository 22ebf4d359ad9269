/** A corrected execution in the position: its contracts in the lots get the new price, what was realised with them is worked again. */
import { put } from '../model/book';
import type { Correction } from '../model/execution';
import { stateWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { fillPosition } from './position';

/**
 * Exact to the tick: what is realised is the cash of all fills plus the cost of the lots, and a price moves only the part of the
 * execution that is no longer in the lots. Contracts that a correction adds or takes are a fill of the difference now, at the new price.
 * @param difference signed contracts that the correction books here; those of nobody come as fills of their own.
 */
export function correctPosition(state: EngineState, correction: Correction, difference: number): EngineState {
  const { key, symbol, was, now } = correction;
  const before = state.positions[symbol];
  if (!before) return state;
  const direction = Math.sign(before.quantity);
  const held = before.lots.filter((lot) => lot.execution === key);
  const inLots = direction * held.reduce((sum, lot) => sum + lot.quantity, 0);
  const lots = before.lots.map((lot) => (lot.execution === key ? { ...lot, ticks: now.priceTicks } : lot));
  const repriced = -(now.priceTicks - was.priceTicks) * (was.signed - inLots);
  const fill = { signed: difference, priceTicks: now.priceTicks, execution: key };
  const realizedTicks = before.realizedTicks + repriced;
  const position = fillPosition({ ...before, lots, realizedTicks }, fill);
  return stateWith(state, { positions: put(state.positions, symbol, position) });
}
