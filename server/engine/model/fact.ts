/** What the engine concluded: past tense. Facts are what the journal tells people; those of a trade carry its cycle id. */
import type { AdvisorAnswer, Clearance, EntryPlan } from './advisory';
import type { CycleOutcome, ExitReason, OrphanDecision } from './cycle';
import type { ExitRules } from './exit-rules';
import type { FarmService, FarmState } from './feed';
import type { NotFlat } from './flatten';
import type { CycleId, OrderRef, OrderRole, ProposalId } from './ids';
import type { Instrument } from './instrument';
import type { Limits } from './limits';
import type { OperatorCommand, Scope, StoredMode } from './operator';
import type { BrokerOrderStatus, OrderSpec, Side } from './order';
import type { GuardResult, ReasonCode, Unit } from './reason';
import type { Signal } from './signal';
import type { TripName } from './trip';

type OfCycle = { cycleId: CycleId; symbol: string };

export type CycleFact = OfCycle &
  (
    | { type: 'CycleOpened'; signal: Signal }
    | { type: 'GuardsEvaluated'; at: 'signal' | 'send'; results: readonly GuardResult[] }
    | { type: 'EntryDenied'; reasons: readonly ReasonCode[]; detail: string }
    | { type: 'AdvisorAsked'; proposalId: ProposalId; plan: EntryPlan }
    | { type: 'AdvisorVerdict'; proposalId: ProposalId; answer: AdvisorAnswer }
    | { type: 'AdvisorUnavailable'; proposalId: ProposalId; why: string }
    | { type: 'ProposalWaiting'; proposalId: ProposalId; digest: string; expiresHostMs: number }
    | { type: 'WaitOverridden'; code: 'AWS_WAIT_OVERRIDE'; confidence: number; threshold: number }
    | { type: 'ProposalApproved'; proposalId: ProposalId; digest: string; by: string; reason: string }
    | { type: 'ProposalRejected'; proposalId: ProposalId; by: string; reason: string }
    | {
        type: 'ProposalExpired';
        proposalId: ProposalId;
        code: 'PROPOSAL_EXPIRED' | 'PROPOSAL_DRIFTED';
        detail: string;
      }
    | { type: 'EntryApproved'; clearance: Clearance; plan: EntryPlan }
    | { type: 'BracketJournaled'; entry: OrderSpec; target: OrderSpec; stop: OrderSpec }
    /** `entryRef`: the entry whose contracts it closes; null for contracts that no order of ours bought. */
    | { type: 'OrderJournaled'; order: OrderSpec; entryRef: OrderRef | null; why: string }
    | { type: 'OrderResized'; ref: OrderRef; quantity: number; why: string }
    | {
        type: 'OrderAcknowledged';
        ref: OrderRef;
        role: OrderRole;
        status: BrokerOrderStatus;
        permId: number;
        whyHeld: string;
      }
    | { type: 'OrderCancelRequested'; ref: OrderRef; role: OrderRole; why: string }
    | { type: 'OrderCancelled'; ref: OrderRef; role: OrderRole }
    | { type: 'OrderRejected'; ref: OrderRef; role: OrderRole; code: number; text: string }
    | { type: 'OrderNeverSent'; ref: OrderRef; role: OrderRole; why: string }
    | { type: 'OrderAnomaly'; ref: OrderRef; text: string }
    | {
        type: 'OrderFilled';
        ref: OrderRef;
        role: OrderRole;
        side: Side;
        execId: string;
        quantity: number;
        priceTicks: number;
        /** Signed contracts held after it. */
        positionAfter: number;
      }
    | {
        type: 'ExecutionCorrected';
        execId: string;
        corrects: string;
        /** Signed contracts of this cycle that it now stands for. */
        quantity: number;
        priceTicks: number;
        positionAfter: number;
      }
    | { type: 'CommissionCharged'; execId: string; micros: number }
    | { type: 'PositionArming'; quantity: number }
    | { type: 'PositionProtected'; ref: OrderRef; quantity: number; triggerTicks: number; afterMs: number }
    | { type: 'PositionUnprotected'; quantity: number; why: string }
    /** No price of it comes while it is held (L6); and prices are back. */
    | { type: 'PositionBlind'; quantity: number; why: string }
    | { type: 'PositionSeen'; blindMs: number }
    | { type: 'PositionOverprotected'; ref: OrderRef; quantity: number; held: number }
    | { type: 'ExitRulesSet'; rules: ExitRules; by: string; reason: string }
    /** By a rule; the broker has been asked for it. */
    | { type: 'StopMoved'; ref: OrderRef; fromTicks: number; toTicks: number; why: string }
    | { type: 'ExitRequested'; reason: ExitReason; by: string; why: string }
    | { type: 'ExitRepeated'; by: string; why: string }
    /** The next step of an escalation: the resting limit is moved to `limitTicks`, or (null) the market is next. */
    | { type: 'ExitStepped'; step: 'limit' | 'market'; limitTicks: number | null; why: string }
    | { type: 'CycleAdopted'; quantity: number; averageTicks: number; why: string }
    | { type: 'CycleReopened'; side: Side; why: string }
    | { type: 'OrphanFound'; quantity: number; why: string }
    | { type: 'OrphanDecided'; decision: OrphanDecision; by: string; reason: string }
    | { type: 'PositionAdjusted'; quantity: number; why: string }
    | { type: 'CycleClosed'; outcome: CycleOutcome; realizedMicros: number; commissionMicros: number }
    | { type: 'CycleCancelled'; outcome: CycleOutcome; why: string }
  );

export type BookFact =
  | { type: 'WorkerStarted'; version: string; replayedEntries: number }
  | { type: 'WorkerStalled'; forMs: number }
  | { type: 'LimitsChanged'; limits: Partial<Limits>; by: string; why: string }
  | { type: 'BrokerLinkChanged'; phase: 'disconnected' | 'connecting' | 'connected'; detail: string }
  | { type: 'InstrumentResolved'; symbol: string; instrument: Instrument }
  /** Another month is traded from now on; prices of the old one are forgotten. */
  | { type: 'ContractRolled'; symbol: string; from: string; to: string }
  /** It is about to be rolled, or should have been and is held (`late`). Exchange time, ms. */
  | { type: 'RollAhead'; symbol: string; from: string; to: string; atTs: number; late: boolean }
  /** Broken, or well again after it was. */
  | { type: 'FarmChanged'; farm: string; serves: FarmService; state: FarmState }
  | { type: 'QuotesRefused'; symbol: string; code: number; text: string; competing: boolean }
  | { type: 'QuotesResumed'; symbol: string }
  /** The broker's hours and our own table do not agree on when the venue is open. */
  | { type: 'HoursDiffer'; symbol: string; detail: string }
  | { type: 'BrokerNoticed'; code: number; text: string }
  | { type: 'BrokerMessageLost'; text: string }
  | { type: 'ReconcileStarted'; requestId: number }
  | { type: 'Reconciled'; positions: number; openOrders: number; repairs: number }
  | { type: 'ReconcileMismatch'; symbol: string; ours: number; brokers: number; round: number }
  | { type: 'ForeignOrderSeen'; permId: number; symbol: string; text: string }
  | { type: 'SignalIgnored'; signalId: string; symbol: string; code: ReasonCode; detail: string }
  | { type: 'SignalRefused'; source: string; code: ReasonCode; detail: string; excerpt: string }
  | { type: 'CommandAccepted'; command: OperatorCommand }
  | { type: 'CommandRepeated'; commandId: string }
  | { type: 'CommandRefused'; commandId: string; code: ReasonCode; why: string }
  | { type: 'ModeChanged'; scope: Scope; from: StoredMode; to: StoredMode; by: string; why: string }
  | {
      type: 'ModeTripped';
      scope: Scope;
      trip: TripName;
      code: ReasonCode;
      to: StoredMode;
      observed: number | string;
      limit: number | string;
      unit: Unit;
    }
  | { type: 'JournalFailed'; why: string }
  | { type: 'ClockSkewed'; skewMs: number }
  /** Held back by the last gate before the broker: more in a short time than any strategy of ours means (I12). */
  | { type: 'EntryHeldBack'; refs: readonly OrderRef[]; observed: number; limit: number; detail: string }
  | { type: 'ExitsOverRate'; symbol: string; observed: number; limit: number }
  | {
      type: 'FlattenStarted';
      scope: Scope;
      by: string;
      why: string;
      positions: readonly { symbol: string; quantity: number }[];
    }
  /** The venue is closed: exits of this instrument go out when it opens (exchange time; null: not known when). */
  | {
      type: 'FlattenArmed';
      scope: Scope;
      symbol: string;
      quantity: number;
      opensTs: number | null;
      detail: string;
    }
  /** The time is up and the account is not flat; the flatten goes on. */
  | ({ type: 'FlattenNotFlat'; scope: Scope } & Omit<NotFlat, 'sinceHostMs'>)
  | { type: 'FlattenEnded'; scope: Scope; flat: boolean; detail: string };

export type Fact = CycleFact | BookFact;

export function cycleIdOfFact(fact: Fact): CycleId | null {
  return 'cycleId' in fact ? fact.cycleId : null;
}
