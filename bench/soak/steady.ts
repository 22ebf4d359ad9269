/** Is it flat? A straight line through readings, by least squares, and how certain its slope is. What is not shown to be flat is not flat. */

export interface Slope {
  perRound: number;
  /** One standard error of it. */
  error: number;
}

/**
 * @param values one a round, three at least
 * @param noise of one reading, at least: few readings may lie on a line by chance
 */
export function slopeOf(values: readonly number[], noise = 0): Slope {
  const n = values.length;
  const meanX = (n - 1) / 2;
  const meanY = values.reduce((sum, value) => sum + value, 0) / n;
  const spread = values.reduce((sum, _, x) => sum + (x - meanX) ** 2, 0);
  const perRound = values.reduce((sum, value, x) => sum + (x - meanX) * (value - meanY), 0) / spread;
  const off = values.reduce((sum, value, x) => sum + (value - meanY - perRound * (x - meanX)) ** 2, 0);
  return { perRound, error: Math.max(noise, Math.sqrt(off / (n - 2))) / Math.sqrt(spread) };
}

export type Verdict = 'flat' | 'GROWS' | 'NOT TOLD';

/** Flat: it grows by less than `bound` for certain, as far as twice the standard error says. Not told: it may or may not. */
export function verdictOn({ perRound, error }: Slope, bound: number): Verdict {
  if (perRound + 2 * error <= bound) return 'flat';
  return perRound - 2 * error > bound ? 'GROWS' : 'NOT TOLD';
}
