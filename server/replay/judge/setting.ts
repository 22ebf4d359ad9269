/** Under which limits, and for which instrument, orders are judged. */
import { DEFAULT_LIMITS, type Limits } from '../../engine/model/limits';
import { PRODUCTS, SYMBOLS } from '../../exchange/contracts';
import { MIN_TICK } from '../../exchange/units';

export interface Setting {
  limits: Limits;
  /** For every instrument of the evidence; null: each has its own. */
  tickSize: number | null;
  multiplier: number | null;
}

export const DEFAULT_SETTING: Setting = { limits: DEFAULT_LIMITS, tickSize: null, multiplier: null };

/** @returns points a tick and $ a point; null for an instrument that neither we nor the command line know. */
export function contractOf(
  symbol: string,
  setting: Setting,
): { tickSize: number; multiplier: number } | null {
  const known = SYMBOLS.find((name) => name === symbol);
  const tickSize = setting.tickSize ?? (known ? MIN_TICK : null);
  const multiplier = setting.multiplier ?? (known ? PRODUCTS[known].multiplier : null);
  return tickSize === null || multiplier === null ? null : { tickSize, multiplier };
}
