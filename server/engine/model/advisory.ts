/** An advisor's GO or WAIT on one proposal, and the proposal it is about. */
import type { CycleId, ProposalId } from './ids';
import type { Bar, Quote } from './instrument';
import type { Side } from './order';
import type { GuardResult } from './reason';

/** The exact bracket that would be sent: an approval is for its digest only. Prices in ticks. */
export interface EntryPlan {
  symbol: string;
  side: Side;
  quantity: number;
  orderType: 'LMT' | 'MKT';
  /** Limit of a LMT entry; of a MKT entry the touch at the time, used as reference. */
  entryTicks: number;
  stopTicks: number;
  targetTicks: number;
}

export interface AdvisorRequest {
  proposalId: ProposalId;
  cycleId: CycleId;
  plan: EntryPlan;
  tickSize: number;
  confidence: number | null;
  quote: Quote | null;
  /** Newest last. */
  bars: readonly Bar[];
  ts: number;
}

export interface AdvisorAnswer {
  verdict: 'GO' | 'WAIT';
  /** 0..1 */
  confidence: number;
  words: string;
  trend: 'UPTREND' | 'DOWNTREND' | 'RANGE' | 'UNKNOWN';
  volatility: 'LOW' | 'MEDIUM' | 'HIGH' | 'UNKNOWN';
  advisor: string;
  latencyMs: number;
}

/** `asking`: the advisor has it. `waiting`: WAIT blocks it until a person lifts it or it expires. */
export interface Proposal {
  proposalId: ProposalId;
  cycleId: CycleId;
  plan: EntryPlan;
  digest: string;
  phase: 'asking' | 'waiting';
  answer: AdvisorAnswer | null;
  /** The guards as they stood when it was proposed. */
  results: readonly GuardResult[];
  confidence: number | null;
  /** Mark at the proposal, for drift. */
  markTicks: number | null;
  askedHostMs: number;
  expiresHostMs: number;
}

/** How a WAIT was lifted, or that none stood in the way. */
export type Clearance =
  | { kind: 'go'; advisor: string }
  | { kind: 'override'; confidence: number; threshold: number }
  | { kind: 'operator'; operator: string; reason: string };
