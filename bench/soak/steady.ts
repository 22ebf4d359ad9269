/** Is it flat? A straight line through readings, by least squares, and how certain its slope is. */

export interface Slope {
  perRound: number;
  /** One standard error of it. */
  error: number;
}

/** @param values one a round, three at least */
export function slopeOf(values: readonly number[]): Slope {
  const n = values.length;
  const meanX = (n - 1) / 2;
  const meanY = values.reduce((sum, value) => sum + value, 0) / n;
  const spread = values.reduce((sum, _, x) => sum + (x - meanX) ** 2, 0);
  const perRound = values.reduce((sum, value, x) => sum + (x - meanX) * (value - meanY), 0) / spread;
  const off = values.reduce((sum, value, x) => sum + (value - meanY - perRound * (x - meanX)) ** 2, 0);
  return { perRound, error: Math.sqrt(off / (n - 2) / spread) };
}

/** It grows faster than `bound` for certain, as far as twice the standard error says. */
export function growsBeyond({ perRound, error }: Slope, bound: number): boolean {
  return perRound - 2 * error > bound;
}
