/** Signals and entries that the guards did not let pass. */
import type { Lines } from './line';

export const GUARD = {
  EntryDenied: (fact, { name }) => ({
    tone: 'neutral',
    text: `Entry denied in ${name}. ${fact.detail}`,
    code: fact.reasons[0],
  }),
  SignalIgnored: (fact) => ({
    tone: 'neutral',
    text: `Signal not followed in ${fact.symbol}: ${fact.detail}`,
    code: fact.code,
  }),
  SignalRefused: (fact) => ({
    tone: 'neutral',
    text: `Signal refused from ${fact.source}: ${fact.detail}`,
    code: fact.code,
  }),
} satisfies Lines;
