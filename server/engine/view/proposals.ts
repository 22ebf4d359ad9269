/** What waits for a person, with every guard as it stands now. */
import type { Proposal } from '../model/advisory';
import { tickValueMicros } from '../model/instrument';
import { priceOf } from '../model/money';
import type { GuardResult } from '../model/reason';
import type { EngineState } from '../model/state';
import type { ProposalView } from './words';

export interface Standing {
  results: readonly GuardResult[];
  driftTicks: number | null;
}

export function proposalsView(
  state: EngineState,
  standing: (proposal: Proposal) => Standing,
): readonly ProposalView[] {
  return Object.values(state.proposals).flatMap((proposal) => {
    const { plan } = proposal;
    const instrument = state.instruments[plan.symbol];
    if (!instrument) return [];
    const price = (ticks: number) => priceOf(ticks, instrument.tickSize);
    const riskTicks = Math.abs(plan.entryTicks - plan.stopTicks);
    const rewardTicks = Math.abs(plan.targetTicks - plan.entryTicks);
    const { results, driftTicks } = standing(proposal);
    return [
      {
        proposalId: proposal.proposalId,
        cycleId: proposal.cycleId,
        digest: proposal.digest,
        symbol: plan.symbol,
        localSymbol: instrument.localSymbol,
        side: plan.side,
        quantity: plan.quantity,
        orderType: plan.orderType,
        entry: price(plan.entryTicks),
        stop: price(plan.stopTicks),
        target: price(plan.targetTicks),
        riskMicros: riskTicks * plan.quantity * tickValueMicros(instrument),
        rewardToRisk: Math.round((rewardTicks / riskTicks) * 10) / 10,
        strategy: state.cycles[proposal.cycleId]?.strategy ?? '',
        confidence: proposal.confidence,
        answer: proposal.answer,
        phase: proposal.phase,
        results,
        driftTicks,
        askedHostMs: proposal.askedHostMs,
        expiresHostMs: proposal.expiresHostMs,
      },
    ];
  });
}
