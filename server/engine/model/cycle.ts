/** One trade, flat to flat. A denied or waiting entry is a cycle too: "why was nothing traded" has an answer. */
import type { AdvisorAnswer, Clearance, EntryPlan } from './advisory';
import { type ExitRules, NO_EXIT_RULES } from './exit-rules';
import { type CycleId, isAdoptedId, type OrderRef } from './ids';
import { type Side, signOf } from './order';
import type { GuardResult, ReasonCode } from './reason';

/**
 * proposed -> denied | waiting | entering
 * waiting  -> entering | denied (rejected, expired, drifted)
 * entering -> open | cancelled (never filled)
 * open     -> closed
 */
export type CyclePhase = 'proposed' | 'denied' | 'waiting' | 'entering' | 'open' | 'closed' | 'cancelled';

/** `time`: the cycle's own rule of how long a trade may last. */
export type ExitReason = 'signal' | 'time' | 'operator' | 'flatten' | 'emergency';

/** A standing wish to be flat: level-triggered, it stays until the position is zero. */
export interface ExitIntent {
  reason: ExitReason;
  by: string;
  why: string;
  requestedHostMs: number;
  /** It only goes forward: a marketable limit at the touch, the same moved after the touch, the market. */
  step: 'limit' | 'market';
  /** When the step, or the move within it, began. */
  steppedHostMs: number;
  /** Orders sent. */
  attempts: number;
  /** Times that the resting limit was moved. */
  moves: number;
}

/** Protection of the cycle's position by a working stop of the right side and quantity. */
export type Protection =
  | { state: 'none' }
  | { state: 'arming'; sinceHostMs: number }
  | { state: 'protected'; ref: OrderRef; triggerTicks: number; quantity: number }
  | { state: 'emergency'; ref: OrderRef; sinceHostMs: number; beyondSinceHostMs: number | null }
  /** Working stops in several groups, or for more contracts than can ever be held: `quantity` of them. */
  | { state: 'overprotected'; ref: OrderRef; quantity: number; sinceHostMs: number }
  /** `told`: it has lasted so long that a person was told. */
  | { state: 'unprotected'; sinceHostMs: number; told: boolean };

/**
 * A position that no signal of ours opened waits for a person. `adopt`: it is ours, with the emergency stop that it got at once.
 * `flatten`: it is closed. `ignore`: our stop is taken away by that person's word, no protection is demanded, and the instrument
 * takes no entry while it is held.
 */
export type OrphanDecision = 'adopt' | 'flatten' | 'ignore';

export interface Orphan {
  decision: 'undecided' | OrphanDecision;
  by: string | null;
  reason: string | null;
  /** When the question was put, after the stop. */
  askedHostMs: number | null;
}

export interface Cycle {
  cycleId: CycleId;
  symbol: string;
  /** `adopted`: a position found at the broker that no signal of ours opened. */
  origin: 'signal' | 'adopted';
  orphan: Orphan | null;
  signalId: string | null;
  /** When the strategy made the signal (exchange time, ms). */
  signalTs: number;
  /** Same wish, same fingerprint: what the duplicate guard compares. */
  fingerprint: string;
  strategy: string;
  source: string;
  phase: CyclePhase;
  side: Side;
  quantity: number;
  orderType: 'LMT' | 'MKT';
  /** What the signal asked for, as decimals (it may be off the grid or missing). */
  asked: { entryPrice: number | null; stopPrice: number | null; targetPrice: number | null };
  /** Null until the bracket is complete and on the grid. */
  plan: EntryPlan | null;
  confidence: number | null;
  ocaGroup: string;
  results: readonly GuardResult[];
  reasons: readonly ReasonCode[];
  answer: AdvisorAnswer | null;
  clearance: Clearance | null;
  exit: ExitIntent | null;
  rules: ExitRules;
  protection: Protection;
  /** When a rule last moved the stop, host time. */
  stopMovedHostMs: number | null;
  /** Since when no price of it came, host time, once a person was told (L6); null: prices come. */
  blindSinceHostMs: number | null;
  openedTs: number;
  entrySentTs: number | null;
  firstFillTs: number | null;
  firstFillHostMs: number | null;
  /** Fill to working stop, ms of host time. */
  protectedAfterMs: number | null;
  /** When the last contract was closed, in both clocks; the cycle closes once its commissions are in. */
  flatTs: number | null;
  flatHostMs: number | null;
  closedTs: number | null;
  entryQuantity: number;
  exitQuantity: number;
  /** Sum of ticks x contracts. */
  entryCostTicks: number;
  exitCostTicks: number;
  /** Of exit fills whose order had a price to be measured against: ticks x contracts worse than it, and contracts. */
  exitSlip: { ticks: number; quantity: number };
  commissionMicros: number;
  /** Worst and best open excursion from the average entry, in ticks per contract (worst <= 0 <= best). */
  maeTicks: number;
  mfeTicks: number;
  /** The best price while contracts were held; null before the first. */
  bestTicks: number | null;
  /** Net of commissions; null while open. */
  realizedMicros: number | null;
  outcome: CycleOutcome | null;
}

export type CycleOutcome =
  | 'target'
  | 'stop'
  | 'exit signal'
  | 'time exit'
  | 'operator exit'
  | 'flattened'
  | 'emergency stop'
  | 'closed elsewhere'
  | 'denied'
  | 'rejected by operator'
  | 'proposal expired'
  | 'entry not filled'
  | 'entry refused by broker';

export const OPEN_PHASES: readonly CyclePhase[] = ['proposed', 'waiting', 'entering', 'open'];

export function isOver(cycle: Cycle): boolean {
  return !OPEN_PHASES.includes(cycle.phase);
}

/** More was closed than was held: an entry's execution is still to come, or two closers filled. Either way nothing is sent from it. */
export function isOverclosed(cycle: Cycle): boolean {
  return cycle.exitQuantity > cycle.entryQuantity;
}

/** It is to be closed. */
export type Exiting = Cycle & { exit: ExitIntent };

export function isExiting(cycle: Cycle): cycle is Exiting {
  return cycle.exit !== null;
}

/** By a person's word nobody touches or protects it. */
export function isIgnored(cycle: Cycle): boolean {
  return cycle.orphan?.decision === 'ignore';
}

export function isUndecided(cycle: Cycle): boolean {
  return cycle.orphan?.decision === 'undecided';
}

/** Signed contracts that the cycle holds. */
export function netQuantity(cycle: Cycle): number {
  return (cycle.side === 'BUY' ? 1 : -1) * (cycle.entryQuantity - cycle.exitQuantity);
}

/** What is known when a cycle opens; nothing of it has happened yet. */
export type CycleOpening = Pick<
  Cycle,
  | 'cycleId'
  | 'symbol'
  | 'origin'
  | 'signalId'
  | 'signalTs'
  | 'fingerprint'
  | 'strategy'
  | 'source'
  | 'phase'
  | 'side'
  | 'quantity'
  | 'orderType'
  | 'asked'
  | 'plan'
  | 'confidence'
  | 'openedTs'
> &
  Partial<Pick<Cycle, 'rules'>>;

export function openedCycle(opening: CycleOpening): Cycle {
  return {
    rules: NO_EXIT_RULES,
    ...opening,
    orphan: null,
    ocaGroup: `${opening.cycleId}:oca`,
    results: [],
    reasons: [],
    answer: null,
    clearance: null,
    exit: null,
    protection: { state: 'none' },
    stopMovedHostMs: null,
    blindSinceHostMs: null,
    entrySentTs: null,
    firstFillTs: null,
    firstFillHostMs: null,
    protectedAfterMs: null,
    flatTs: null,
    flatHostMs: null,
    closedTs: null,
    entryQuantity: 0,
    exitQuantity: 0,
    entryCostTicks: 0,
    exitCostTicks: 0,
    exitSlip: { ticks: 0, quantity: 0 },
    commissionMicros: 0,
    maeTicks: 0,
    mfeTicks: 0,
    bestTicks: null,
    realizedMicros: null,
    outcome: null,
  };
}

/** For contracts that no signal of ours opened: found at the broker, or traded by hand. It is protected like any other. */
export function adoptedCycle(cycleId: CycleId, symbol: string, signed: number, ts: number): Cycle {
  const opened = openedCycle({
    cycleId,
    symbol,
    origin: 'adopted',
    signalId: null,
    signalTs: ts,
    fingerprint: '',
    strategy: 'adopted',
    source: 'broker',
    phase: 'entering',
    side: signed > 0 ? 'BUY' : 'SELL',
    quantity: Math.abs(signed),
    orderType: 'MKT',
    asked: { entryPrice: null, stopPrice: null, targetPrice: null },
    plan: null,
    confidence: null,
    openedTs: ts,
  });
  return { ...opened, orphan: { decision: 'undecided', by: null, reason: null, askedHostMs: null } };
}

/**
 * For a cycle that the broker's echo of our reference names and the journal has lost (an older database). It is ours, so nobody is asked
 * whose it is; unless it was an orphan then, which it is again.
 */
export function reopenedCycle(
  { cycleId, symbol, side, quantity }: Pick<Cycle, 'cycleId' | 'symbol' | 'side' | 'quantity'>,
  ts: number,
): Cycle {
  const adopted = adoptedCycle(cycleId, symbol, signOf(side) * quantity, ts);
  const orphan = isAdoptedId(cycleId, symbol) ? adopted.orphan : null;
  return { ...adopted, strategy: 'reopened', orphan };
}

export function isReopened(cycle: Cycle): boolean {
  return cycle.strategy === 'reopened';
}
