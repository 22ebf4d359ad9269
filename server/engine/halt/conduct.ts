/** What the facts of a step say about the conduct of strategy and broker: refusals, repetitions, corrections. A fold, read by the trips. */

import type { Conduct } from '../model/conduct';
import type { Fact } from '../model/fact';
import { stateWith } from '../model/shape';
import type { EngineState } from '../model/state';

const MINUTE_MS = 60_000;
/** Entries of one kind further apart are not a repetition. */
const REPETITION_MS = 600_000;

export function withConduct(state: EngineState, facts: readonly Fact[], hostMs: number): EngineState {
  if (facts.length === 0) return state;
  const conduct = facts.reduce((seen, fact) => conducted(seen, fact, hostMs), state.conduct);
  return conduct === state.conduct ? state : stateWith(state, { conduct });
}

function conducted(conduct: Conduct, fact: Fact, hostMs: number): Conduct {
  switch (fact.type) {
    case 'OrderRejected': {
      if (fact.role !== 'entry') return conduct;
      const recent = conduct.rejectedHostMs.filter((refusedHostMs) => hostMs - refusedHostMs < MINUTE_MS);
      return {
        ...conduct,
        rejectedInARow: conduct.rejectedInARow + 1,
        rejectedHostMs: [...recent, hostMs],
      };
    }
    case 'OrderAcknowledged':
      if (fact.role !== 'entry' || conduct.rejectedInARow === 0) return conduct;
      return { ...conduct, rejectedInARow: 0 };
    case 'BracketJournaled': {
      const { symbol, side, quantity, type } = fact.entry;
      const kind = `${side} ${quantity} ${symbol} ${type}`;
      const { repeated } = conduct;
      const again = repeated?.kind === kind && hostMs - repeated.sinceHostMs < REPETITION_MS;
      return {
        ...conduct,
        repeated: again
          ? { ...repeated, count: repeated.count + 1 }
          : { kind, count: 1, sinceHostMs: hostMs },
      };
    }
    case 'OrderFilled':
      if (fact.role !== 'entry') return conduct;
      return conduct.repeated === null && conduct.rejectedInARow === 0
        ? conduct
        : { ...conduct, repeated: null, rejectedInARow: 0 };
    case 'Reconciled':
      return fact.repairs === 0 ? conduct : { ...conduct, repairs: conduct.repairs + fact.repairs };
    case 'EntryHeldBack':
      return { ...conduct, overRate: fact.detail };
    default:
      return conduct;
  }
}
