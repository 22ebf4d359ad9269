// The only crossing between the boundary (points, $) and the inside (whole ticks, whole micro-dollars).
// Invariant: nothing inside the model holds a fraction, so sums never drift.

/** All four products trade in quarters of a point. */
export const MIN_TICK = 0.25;
const MICROS = 1_000_000;

/** Points to whole ticks; undefined when the price is not a finite number on the tick grid. */
export function toTicks(points: number): number | undefined {
  const ticks = points / MIN_TICK;
  return Number.isSafeInteger(ticks) ? ticks : undefined;
}

/** Whole ticks to points: exact, as a quarter is exact in binary. */
export function toPoints(ticks: number): number {
  return ticks * MIN_TICK;
}

/** $ to whole micro-dollars. */
export function toMicros(dollars: number): number {
  return Math.round(dollars * MICROS);
}

/** Whole micro-dollars to $. */
export function toDollars(micros: number): number {
  return micros / MICROS;
}
