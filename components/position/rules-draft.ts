/** Exit rules while they are typed: text in, rules or nothing out. */
import type { ExitRules } from '@/server/engine/model/exit-rules';

export interface RulesDraft {
  maxMinutes: string;
  breakEvenAfter: string;
  trailAfter: string;
  trailBy: string;
}

export function draftOf({ maxMinutes, breakEvenAfterTicks, trail }: ExitRules): RulesDraft {
  const text = (value: number | null | undefined) => (value == null ? '' : String(value));
  return {
    maxMinutes: text(maxMinutes),
    breakEvenAfter: text(breakEvenAfterTicks),
    trailAfter: text(trail?.afterTicks),
    trailBy: text(trail?.byTicks),
  };
}

/** @returns null when a field holds no whole number from 1, or a trail only one of its two. */
export function rulesOf(draft: RulesDraft): ExitRules | null {
  const maxMinutes = numberOf(draft.maxMinutes);
  const breakEvenAfterTicks = numberOf(draft.breakEvenAfter);
  const afterTicks = numberOf(draft.trailAfter);
  const byTicks = numberOf(draft.trailBy);
  const wrong = [maxMinutes, breakEvenAfterTicks, afterTicks, byTicks].includes(undefined);
  if (wrong || (afterTicks === null) !== (byTicks === null)) return null;
  return {
    maxMinutes: maxMinutes ?? null,
    breakEvenAfterTicks: breakEvenAfterTicks ?? null,
    trail: afterTicks && byTicks ? { afterTicks, byTicks } : null,
  };
}

/** @returns null for nothing, undefined for what is no number. */
function numberOf(text: string): number | null | undefined {
  const bare = text.trim();
  if (bare === '') return null;
  return /^[1-9]\d{0,3}$/.test(bare) ? Number(bare) : undefined;
}
