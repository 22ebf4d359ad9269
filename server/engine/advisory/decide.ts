/** A person on a waiting proposal: approve exactly this one, or reject it. Reasons are required, and every guard runs again afterwards. */
import type { Proposal } from '../model/advisory';
import { markTicks } from '../model/instrument';
import type { OperatorAction, OperatorCommand } from '../model/operator';
import type { ReasonCode } from '../model/reason';
import type { EngineState } from '../model/state';
import { type Outcome, unchanged } from '../model/step';
import type { Answered } from './answer';
import { dropProposal, lapse } from './lapse';

type Decision = Extract<OperatorAction, { kind: 'ApproveProposal' | 'RejectProposal' }>;

/** @returns the refusal for the operator, or what follows from the decision. */
export function decideProposal(
  state: EngineState,
  command: OperatorCommand,
  decision: Decision,
  hostMs: number,
): Answered | { refused: ReasonCode; why: string; outcome: Outcome } {
  const proposal = state.proposals[decision.proposalId];
  if (proposal?.phase !== 'waiting') {
    return {
      refused: 'PROPOSAL_UNKNOWN',
      why: 'The proposal is not waiting any more.',
      outcome: unchanged(state),
    };
  }
  const { cycleId, proposalId, digest } = proposal;
  const keys = { cycleId, symbol: proposal.plan.symbol, proposalId };
  const signed = { by: command.operator, reason: decision.reason };
  if (decision.kind === 'RejectProposal') {
    const dropped = dropProposal(state, proposal, {
      outcome: 'rejected by operator',
      reasons: reasonsOf(proposal),
    });
    return {
      outcome: { state: dropped, facts: [{ type: 'ProposalRejected', ...keys, ...signed }], commands: [] },
      cleared: null,
    };
  }
  if (decision.digest !== digest) {
    const why = 'The approval is for another version of this proposal. Look at it again and decide anew.';
    return { refused: 'PROPOSAL_CHANGED', why, outcome: unchanged(state) };
  }
  const stale = staleness(state, proposal, hostMs);
  if (stale) return { refused: stale.code, why: stale.detail, outcome: lapse(state, proposal, stale) };
  return {
    outcome: { state, facts: [{ type: 'ProposalApproved', ...keys, digest, ...signed }], commands: [] },
    cleared: {
      proposal,
      clearance: { kind: 'operator', operator: command.operator, reason: decision.reason },
    },
  };
}

export interface Staleness {
  code: 'PROPOSAL_EXPIRED' | 'PROPOSAL_DRIFTED';
  detail: string;
}

/** @returns why the proposal may no longer be approved, or null. */
export function staleness(state: EngineState, proposal: Proposal, hostMs: number): Staleness | null {
  if (hostMs >= proposal.expiresHostMs) {
    return {
      code: 'PROPOSAL_EXPIRED',
      detail: `Nobody decided within ${state.limits.proposalLifeMs / 1_000} s.`,
    };
  }
  const drift = driftTicks(state, proposal);
  if (drift !== null && Math.abs(drift) > state.limits.proposalDriftTicks) {
    const detail = `The price moved ${drift} ticks since; at most ${state.limits.proposalDriftTicks} are allowed.`;
    return { code: 'PROPOSAL_DRIFTED', detail };
  }
  return null;
}

/** Ticks that the market moved since the proposal, signed; null without a price then or now. */
export function driftTicks(state: EngineState, proposal: Proposal): number | null {
  const now = markTicks(state.market.quotes[proposal.plan.symbol]);
  return now === null || proposal.markTicks === null ? null : now - proposal.markTicks;
}

function reasonsOf(proposal: Proposal): readonly ReasonCode[] {
  return [proposal.answer ? 'AWS_WAIT' : 'ADVISOR_UNAVAILABLE'];
}
