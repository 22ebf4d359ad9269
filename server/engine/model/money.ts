/**
 * Money is an integer number of micro-dollars (10^-6 $), prices are integer ticks: sums never drift.
 * Decimals exist only at the edges (what a person, a signal or IB's wire says).
 */

/** @returns whole micro-dollars; exact for every amount that IB sends (at most six decimals). */
export function microsOf(dollars: number): number {
  return Math.round(dollars * 1_000_000);
}

export function dollarsOf(micros: number): number {
  return micros / 1_000_000;
}

/** @returns the price in ticks, or null when it is not a positive finite number on the grid (CME rule: multiples of minTick). */
export function ticksOf(price: number, tickSize: number): number | null {
  if (!Number.isFinite(price) || price <= 0) return null;
  const ticks = Math.round(price / tickSize);
  return Math.abs(price / tickSize - ticks) < 1e-6 ? ticks : null;
}

export function priceOf(ticks: number, tickSize: number): number {
  return Math.round(ticks * tickSize * 1e8) / 1e8;
}
