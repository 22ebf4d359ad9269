/** What a cycle does by itself once it holds contracts. All of it only ever reduces risk, so no trading mode forbids it. */
import type { Limits } from './limits';

export interface ExitRules {
  /** Closed after so long in the trade: minutes of exchange time from the first fill. */
  maxMinutes: number | null;
  /** Once the price was so many ticks in favour, the stop goes to the average entry plus commissions. */
  breakEvenAfterTicks: number | null;
  /** Once the price was `afterTicks` in favour, the stop follows the best price `byTicks` behind. */
  trail: { afterTicks: number; byTicks: number } | null;
}

export const NO_EXIT_RULES: ExitRules = { maxMinutes: null, breakEvenAfterTicks: null, trail: null };

/** The rules that a new cycle begins with. */
export function defaultRules(limits: Limits): ExitRules {
  const { exitAfterMinutes, breakEvenAfterTicks, trailAfterTicks, trailByTicks } = limits;
  return {
    maxMinutes: exitAfterMinutes || null,
    breakEvenAfterTicks: breakEvenAfterTicks || null,
    trail:
      trailAfterTicks > 0 && trailByTicks > 0 ? { afterTicks: trailAfterTicks, byTicks: trailByTicks } : null,
  };
}

export function sameRules(a: ExitRules, b: ExitRules): boolean {
  return (
    a.maxMinutes === b.maxMinutes &&
    a.breakEvenAfterTicks === b.breakEvenAfterTicks &&
    a.trail?.afterTicks === b.trail?.afterTicks &&
    a.trail?.byTicks === b.trail?.byTicks
  );
}

/** @returns e.g. `out after 30 min, break-even after 8 ticks, trail 6 ticks after 12`; empty when all are off. */
export function rulesText({ maxMinutes, breakEvenAfterTicks, trail }: ExitRules): string {
  return [
    maxMinutes === null ? '' : `out after ${maxMinutes} min`,
    breakEvenAfterTicks === null ? '' : `break-even after ${breakEvenAfterTicks} ticks`,
    trail === null ? '' : `trail ${trail.byTicks} ticks after ${trail.afterTicks}`,
  ]
    .filter(Boolean)
    .join(', ');
}
