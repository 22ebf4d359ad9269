/** The engine's states in an operator's words, each with its tone. One place, so that every page says the same. */

import type { ExitRules } from '@/server/engine/model/exit-rules';
import type { TradingMode } from '@/server/engine/model/operator';
import type { ProtectionView } from '@/server/engine/view/words';

export interface Said {
  words: string;
  tone: 'neutral' | 'safe' | 'caution' | 'danger' | 'accent';
}

export function protectionSaid(state: ProtectionView['state']): Said {
  switch (state) {
    case 'none':
      return { words: 'flat', tone: 'neutral' };
    case 'arming':
      return { words: 'arming', tone: 'caution' };
    case 'protected':
      return { words: 'protected', tone: 'safe' };
    case 'emergency':
      return { words: 'emergency stop', tone: 'danger' };
    case 'overprotected':
      return { words: 'OVERPROTECTED', tone: 'danger' };
    case 'unprotected':
      return { words: 'UNPROTECTED', tone: 'danger' };
  }
}

export function modeSaid(mode: TradingMode): Said {
  switch (mode) {
    case 'Active':
      return { words: 'Active', tone: 'safe' };
    case 'Reducing':
      return { words: 'Entries halted', tone: 'caution' };
    case 'Halted':
      return { words: 'Halted', tone: 'danger' };
    case 'Flattening':
      return { words: 'Flattening', tone: 'danger' };
  }
}

/** What the mode forbids, and what stays possible. */
export function modeMeaning(mode: TradingMode): string {
  switch (mode) {
    case 'Active':
      return 'Entries go through the guards.';
    case 'Reducing':
      return 'No new entries. Exits, stops and cancels still work.';
    case 'Halted':
      return 'No strategy orders at all. Stops, cancels and your own exits still work.';
    case 'Flattening':
      return 'Everything is being closed, until the broker confirms that nothing is left.';
  }
}

/** @returns e.g. `out after 30 min, trail 6 ticks after 12`; empty when all are off. */
export function rulesSaid({ maxMinutes, breakEvenAfterTicks, trail }: ExitRules): string {
  return [
    maxMinutes === null ? '' : `out after ${maxMinutes} min`,
    breakEvenAfterTicks === null ? '' : `break-even after ${breakEvenAfterTicks} ticks`,
    trail === null ? '' : `trail ${trail.byTicks} ticks after ${trail.afterTicks}`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** @param scope `*` or a symbol */
export function scopeSaid(scope: string): string {
  return scope === '*' ? 'all instruments' : scope;
}

/** @param quantity signed contracts */
export function directionOf(quantity: number): 'LONG' | 'SHORT' | 'FLAT' {
  if (quantity === 0) return 'FLAT';
  return quantity > 0 ? 'LONG' : 'SHORT';
}

/** @returns the text with exactly one full stop at its end; nothing stays nothing. */
export function sentence(text: string): string {
  const bare = text.trim().replace(/\.+$/, '');
  return bare === '' ? '' : `${bare}.`;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
