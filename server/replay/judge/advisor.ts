/** What the advisor's answer would have done: the engine's own rule, asked with the answer that the bot got. */
import { advisorAnswered } from '../../engine/advisory/answer';
import type { Proposal } from '../../engine/model/advisory';
import { put, withCycle } from '../../engine/model/book';
import type { Cycle } from '../../engine/model/cycle';
import { digestOf, proposalIdOf } from '../../engine/model/ids';
import type { EngineState } from '../../engine/model/state';
import type { OrderCase } from '../model/order-case';
import type { GuardRow } from '../model/verdict';

const NOT_TOLD =
  'No answer of an advisor was found. Interlock asks one for every entry, and no answer is a WAIT.';

/** @param cycle as the signal opened it. */
export function advisorRow(state: EngineState, cycle: Cycle, { advice, ts }: OrderCase): GuardRow {
  const row: GuardRow = {
    guard: 'Advisor',
    code: 'AWS_WAIT',
    verdict: 'not known',
    observed: null,
    relation: '=',
    limit: 'GO',
    unit: 'state',
    why: NOT_TOLD,
  };
  if (advice === null) return row;
  const proposal = proposalFor(cycle, ts);
  const asking = {
    ...withCycle(state, cycle),
    proposals: put(state.proposals, proposal.proposalId, proposal),
  };
  const { proposalId } = proposal;
  const answer = {
    verdict: advice.verdict,
    confidence: advice.confidence ?? 0,
    words: '',
    trend: 'UNKNOWN' as const,
    volatility: 'UNKNOWN' as const,
    advisor: 'log',
    latencyMs: 0,
  };
  const { cleared } = advisorAnswered(asking, {
    seq: 1,
    ts,
    hostMs: ts,
    event: { type: 'AdvisorAnswered', proposalId, answer },
  });
  const told = { ...row, observed: advice.verdict, why: null };
  if (cleared === null) return { ...told, verdict: 'deny' };
  if (cleared.clearance.kind !== 'override') return { ...told, verdict: 'pass' };
  const { confidence, threshold } = cleared.clearance;
  return {
    ...told,
    code: 'AWS_WAIT_OVERRIDE',
    verdict: 'pass',
    observed: confidence,
    relation: '>',
    limit: threshold,
    unit: 'ratio',
  };
}

/** The rule reads the signal's confidence, not the prices: a bracket that is incomplete is for the guards to refuse. */
function proposalFor(cycle: Cycle, hostMs: number): Proposal {
  const { cycleId, symbol, side, quantity, orderType, confidence } = cycle;
  const plan = cycle.plan ?? {
    symbol,
    side,
    quantity,
    orderType,
    entryTicks: 0,
    stopTicks: 0,
    targetTicks: 0,
  };
  return {
    proposalId: proposalIdOf(cycleId),
    cycleId,
    plan,
    digest: digestOf(JSON.stringify(plan)),
    phase: 'asking',
    answer: null,
    results: [],
    confidence,
    markTicks: null,
    askedHostMs: hostMs,
    expiresHostMs: hostMs,
  };
}
