/** Fills become a signed quantity with its lots, first in first out. A snapshot never writes here: only executions do (I6). */
import { put } from '../model/book';
import type { Fill } from '../model/fill';
import { tickValueMicros } from '../model/instrument';
import { signOf } from '../model/order';
import type { EngineState, Position, PositionLot } from '../model/state';

export function applyFill(state: EngineState, fill: Fill): EngineState {
  const instrument = state.instruments[fill.symbol];
  const before = state.positions[fill.symbol] ?? {
    symbol: fill.symbol,
    quantity: 0,
    lots: [],
    realizedMicros: 0,
  };
  const { key: execution, priceTicks } = fill;
  const signed = signOf(fill.side) * fill.quantity;
  const { position, realizedTicks } = fillPosition(before, { signed, priceTicks, execution });
  const realizedMicros =
    before.realizedMicros + realizedTicks * (instrument ? tickValueMicros(instrument) : 0);
  return { ...state, positions: put(state.positions, fill.symbol, { ...position, realizedMicros }) };
}

/** @returns the position after it, and the ticks x contracts that it realised (before commissions). */
export function fillPosition(
  before: Position,
  /** Signed contracts, positive when bought. */
  { signed, priceTicks, execution }: { signed: number; priceTicks: number; execution: string },
): { position: Position; realizedTicks: number } {
  const direction = Math.sign(before.quantity);
  let left = signed;
  let realizedTicks = 0;
  const lots: PositionLot[] = [];
  for (const lot of before.lots) {
    if (left === 0 || Math.sign(left) === direction) {
      lots.push(lot);
      continue;
    }
    const closed = Math.min(lot.quantity, Math.abs(left));
    realizedTicks += (priceTicks - lot.ticks) * direction * closed;
    left += direction * closed;
    if (lot.quantity > closed) lots.push({ ...lot, quantity: lot.quantity - closed });
  }
  if (left !== 0) lots.push({ execution, quantity: Math.abs(left), ticks: priceTicks });
  return { position: { ...before, quantity: before.quantity + signed, lots }, realizedTicks };
}
