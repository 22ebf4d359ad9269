/** Fills become a signed quantity with its lots, first in first out. A snapshot never writes here: only executions do (I6). */
import { put } from '../model/book';
import type { Fill } from '../model/fill';
import { signOf } from '../model/order';
import type { Position, PositionLot } from '../model/position';
import { stateWith } from '../model/shape';
import type { EngineState } from '../model/state';

export function applyFill(state: EngineState, fill: Fill): EngineState {
  const before = state.positions[fill.symbol] ?? {
    symbol: fill.symbol,
    quantity: 0,
    lots: [],
    realizedTicks: 0,
  };
  const { key: execution, priceTicks } = fill;
  const signed = signOf(fill.side) * fill.quantity;
  const position = fillPosition(before, { signed, priceTicks, execution });
  return stateWith(state, { positions: put(state.positions, fill.symbol, position) });
}

/** @returns the position after it, with what it realised. */
export function fillPosition(
  before: Position,
  /** Signed contracts, positive when bought. */
  { signed, priceTicks, execution }: { signed: number; priceTicks: number; execution: string },
): Position {
  const direction = Math.sign(before.quantity);
  let left = signed;
  let { realizedTicks } = before;
  const lots: PositionLot[] = [];
  for (const lot of before.lots) {
    if (Math.sign(left) !== -direction) {
      lots.push(lot);
      continue;
    }
    const closed = Math.min(lot.quantity, Math.abs(left));
    realizedTicks += (priceTicks - lot.ticks) * direction * closed;
    left += direction * closed;
    if (lot.quantity > closed) lots.push({ ...lot, quantity: lot.quantity - closed });
  }
  if (left !== 0) lots.push({ execution, quantity: Math.abs(left), ticks: priceTicks });
  return { ...before, quantity: before.quantity + signed, lots, realizedTicks };
}
