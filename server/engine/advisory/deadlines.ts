/** Deadlines of proposals, compared at every event: an advisor that is late, a person who did not come, a price that ran away. */
import type { EngineState } from '../model/state';
import { chain, type Outcome, unchanged } from '../model/step';
import { isLate, lateText, noAnswer } from './answer';
import { staleness } from './decide';
import { lapse } from './lapse';

export function proposalDeadlines(state: EngineState, hostMs: number): Outcome {
  return chain(
    state,
    ...Object.values(state.proposals).map((proposal) => (current: EngineState): Outcome => {
      if (proposal.phase === 'asking') {
        return isLate(current, proposal, hostMs)
          ? noAnswer(current, proposal, lateText(current)).outcome
          : unchanged(current);
      }
      const stale = staleness(current, proposal, hostMs);
      return stale ? lapse(current, proposal, stale) : unchanged(current);
    }),
  );
}
