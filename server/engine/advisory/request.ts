/** What an advisor is shown of a proposal: made from the state when it is asked, so that the journal need not repeat the bars. */
import type { AdvisorRequest } from '../model/advisory';
import type { ProposalId } from '../model/ids';
import type { EngineState } from '../model/state';

/** One-minute bars of the past. */
const BARS_SHOWN = 60;

/** @param ts exchange time of the question, ms. @returns null when the proposal is gone. */
export function advisorRequest(
  state: EngineState,
  proposalId: ProposalId,
  ts: number,
): AdvisorRequest | null {
  const proposal = state.proposals[proposalId];
  const instrument = proposal && state.instruments[proposal.plan.symbol];
  if (!proposal || !instrument) return null;
  const { cycleId, plan, confidence } = proposal;
  return {
    proposalId,
    cycleId,
    plan,
    tickSize: instrument.tickSize,
    confidence,
    quote: state.market.quotes[plan.symbol] ?? null,
    bars: (state.bars[plan.symbol] ?? []).slice(-BARS_SHOWN),
    ts,
  };
}
