/** The end of a proposal that became no trade. */
import type { Proposal } from '../model/advisory';
import { withCycle } from '../model/book';
import type { CycleOutcome } from '../model/cycle';
import type { ReasonCode } from '../model/reason';
import { cycleWith, stateWith } from '../model/shape';
import type { EngineState } from '../model/state';
import type { Outcome } from '../model/step';

export function dropProposal(
  state: EngineState,
  proposal: Proposal,
  end: { outcome: CycleOutcome; reasons: readonly ReasonCode[] },
): EngineState {
  const { [proposal.proposalId]: _, ...proposals } = state.proposals;
  const cycle = state.cycles[proposal.cycleId];
  const without = stateWith(state, { proposals });
  return cycle ? withCycle(without, cycleWith(cycle, { phase: 'denied', ...end })) : without;
}

export function lapse(
  state: EngineState,
  proposal: Proposal,
  why: { code: 'PROPOSAL_EXPIRED' | 'PROPOSAL_DRIFTED'; detail: string },
): Outcome {
  const blocked: ReasonCode = proposal.answer ? 'AWS_WAIT' : 'ADVISOR_UNAVAILABLE';
  return {
    state: dropProposal(state, proposal, { outcome: 'proposal expired', reasons: [blocked, why.code] }),
    facts: [
      {
        type: 'ProposalExpired',
        cycleId: proposal.cycleId,
        symbol: proposal.plan.symbol,
        proposalId: proposal.proposalId,
        ...why,
      },
    ],
    commands: [],
  };
}
