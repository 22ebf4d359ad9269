/** The advisor's answer: GO clears the entry, WAIT blocks it unless the signal's own confidence is above the recorded threshold. */
import type { AdvisorAnswer, Clearance, Proposal } from '../model/advisory';
import { put, withCycle } from '../model/book';
import type { EngineEvent, Stamped } from '../model/event';
import type { CycleFact } from '../model/fact';
import { cycleWith, stateWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { type Outcome, unchanged } from '../model/step';

export interface Answered {
  outcome: Outcome;
  /** Set when nothing but the guards stands between the proposal and the broker. */
  cleared: { proposal: Proposal; clearance: Clearance } | null;
}

type Answer = Stamped<Extract<EngineEvent, { type: 'AdvisorAnswered' | 'AdvisorFailed' }>>;

export function advisorAnswered(state: EngineState, stamp: Answer): Answered {
  const { event } = stamp;
  const proposal = state.proposals[event.proposalId];
  if (proposal?.phase !== 'asking') return { outcome: unchanged(state), cleared: null };
  if (event.type === 'AdvisorFailed') return noAnswer(state, proposal, event.why);
  if (isLate(state, proposal, stamp.hostMs)) return noAnswer(state, proposal, lateText(state));

  const { answer } = event;
  const verdict: CycleFact = {
    type: 'AdvisorVerdict',
    ...keysOf(proposal),
    proposalId: proposal.proposalId,
    answer,
  };
  const heard = withAnswer(state, { ...proposal, answer }, answer);
  if (answer.verdict === 'GO') {
    return {
      outcome: { state: heard, facts: [verdict], commands: [] },
      cleared: { proposal, clearance: { kind: 'go', advisor: answer.advisor } },
    };
  }
  const threshold = state.limits.waitOverrideConfidence;
  if (proposal.confidence !== null && proposal.confidence > threshold) {
    const { confidence } = proposal;
    const lifted: CycleFact = {
      type: 'WaitOverridden',
      ...keysOf(proposal),
      code: 'AWS_WAIT_OVERRIDE',
      confidence,
      threshold,
    };
    return {
      outcome: { state: heard, facts: [verdict, lifted], commands: [] },
      cleared: { proposal, clearance: { kind: 'override', confidence, threshold } },
    };
  }
  return { outcome: wait(heard, { ...proposal, answer }, [verdict]), cleared: null };
}

export function isLate(state: EngineState, proposal: Proposal, hostMs: number): boolean {
  return hostMs - proposal.askedHostMs >= state.limits.advisorDeadlineMs;
}

export function lateText(state: EngineState): string {
  return `No answer within ${state.limits.advisorDeadlineMs / 1_000} s.`;
}

/** The deadline passed, or the advisor broke: a WAIT with the reason `ADVISOR_UNAVAILABLE`. */
export function noAnswer(state: EngineState, proposal: Proposal, why: string): Answered {
  const fact: CycleFact = {
    type: 'AdvisorUnavailable',
    ...keysOf(proposal),
    proposalId: proposal.proposalId,
    why,
  };
  return { outcome: wait(state, proposal, [fact]), cleared: null };
}

function wait(state: EngineState, proposal: Proposal, facts: readonly CycleFact[]): Outcome {
  const cycle = state.cycles[proposal.cycleId];
  if (!cycle) return unchanged(state);
  const code = proposal.answer ? 'AWS_WAIT' : 'ADVISOR_UNAVAILABLE';
  const waiting: EngineState = stateWith(
    withCycle(state, cycleWith(cycle, { phase: 'waiting', reasons: [code] })),
    {
      proposals: put(state.proposals, proposal.proposalId, { ...proposal, phase: 'waiting' }),
      day: { ...state.day, waited: state.day.waited + 1 },
    },
  );
  const { proposalId, digest, expiresHostMs } = proposal;
  return {
    state: waiting,
    facts: [...facts, { type: 'ProposalWaiting', ...keysOf(proposal), proposalId, digest, expiresHostMs }],
    commands: [],
  };
}

function withAnswer(state: EngineState, proposal: Proposal, answer: AdvisorAnswer): EngineState {
  const cycle = state.cycles[proposal.cycleId];
  const answered = stateWith(state, { proposals: put(state.proposals, proposal.proposalId, proposal) });
  return cycle ? withCycle(answered, cycleWith(cycle, { answer })) : answered;
}

function keysOf(proposal: Proposal) {
  return { cycleId: proposal.cycleId, symbol: proposal.plan.symbol };
}
