/** Every entry that passes the guards is put to the advisor first. WAIT blocks; no answer, a late one or nonsense is a WAIT. */
import type { Proposal } from '../model/advisory';
import { put, withCycle } from '../model/book';
import type { Cycle } from '../model/cycle';
import type { Stamped } from '../model/event';
import { digestOf, proposalIdOf } from '../model/ids';
import { markTicks } from '../model/instrument';
import type { GuardResult } from '../model/reason';
import { cycleWith, stateWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { type Outcome, unchanged } from '../model/step';

export function propose(
  state: EngineState,
  cycle: Cycle,
  results: readonly GuardResult[],
  stamp: Stamped,
): Outcome {
  const { plan } = cycle;
  if (!plan) return unchanged(state);
  const proposal: Proposal = {
    proposalId: proposalIdOf(cycle.cycleId),
    cycleId: cycle.cycleId,
    plan,
    digest: digestOf(JSON.stringify(plan)),
    phase: 'asking',
    answer: null,
    results,
    confidence: cycle.confidence,
    markTicks: markTicks(state.market.quotes[cycle.symbol]),
    askedHostMs: stamp.hostMs,
    expiresHostMs: stamp.hostMs + state.limits.proposalLifeMs,
  };
  const { cycleId, symbol } = cycle;
  return {
    state: stateWith(withCycle(state, cycleWith(cycle, { results })), {
      proposals: put(state.proposals, proposal.proposalId, proposal),
    }),
    facts: [{ type: 'AdvisorAsked', cycleId, symbol, proposalId: proposal.proposalId, plan }],
    commands: [{ type: 'AskAdvisor', proposalId: proposal.proposalId }],
  };
}
