/** Why something was refused, blocked or lifted: a closed union with stable text, and the record every guard leaves. */

export const REASON_CODES = [
  // from the incident of 2025-12-12
  'AWS_WAIT',
  'AWS_WAIT_OVERRIDE',
  'MISSING_PROTECTION',
  'INVALID_BRACKET',
  'INSUFFICIENT_DISTANCE',
  'MAX_LOSS_CAP',
  'EXIT_WOULD_OPEN_POSITION',
  // the state of the world
  'TRADING_HALTED',
  'ENTRIES_HALTED',
  'DISCONNECTED',
  'NOT_RECONCILED',
  'JOURNAL_FAILED',
  'CLOCK_SKEW',
  'BOOK_CORRECTED',
  'TWO_PERM_IDS',
  'JOURNAL_BEHIND',
  'STALE_MARKET_DATA',
  'SESSION_CLOSED',
  'CONTRACT_EXPIRING',
  'ADVISOR_UNAVAILABLE',
  // the signal
  'MALFORMED_SIGNAL',
  'OVERSIZED_SIGNAL',
  'UNAUTHENTICATED_SIGNAL',
  'UNKNOWN_INSTRUMENT',
  'STALE_SIGNAL',
  'FUTURE_SIGNAL',
  'DUPLICATE_SIGNAL',
  'LOW_CONFIDENCE',
  'OFF_TICK_GRID',
  'PRICE_COLLAR',
  // exposure and rate
  'POSITION_OPEN',
  'ORPHAN_POSITION',
  'ORDER_IN_FLIGHT',
  'MAX_POSITION',
  'MAX_DAILY_LOSS',
  'MAX_DRAWDOWN',
  'MAX_DAILY_TRADES',
  'MAX_CONSECUTIVE_LOSSES',
  'COOLDOWN',
  'RATE_LIMIT',
  'REJECTED_ENTRIES',
  'REPEATED_ORDERS',
  // proposals
  'PROPOSAL_EXPIRED',
  'PROPOSAL_DRIFTED',
  'PROPOSAL_CHANGED',
  'PROPOSAL_UNKNOWN',
  // operator
  'REASON_REQUIRED',
  'HEALTH_CHECK_FAILED',
  'NOTHING_TO_DO',
] as const;

export type ReasonCode = (typeof REASON_CODES)[number];

export type Unit =
  | 'ticks'
  | 'usd'
  | 'ms'
  | 'contracts'
  | 'trades'
  | 'losses'
  | 'ratio'
  | 'orders'
  | 'state'
  | 'price';
export type Relation = '≥' | '≤' | '>' | '<' | '=' | 'in' | 'none';

/** One guard's verdict: what it saw against what it allows. `usd` values are micro-dollars. */
export interface GuardResult {
  guard: string;
  code: ReasonCode;
  /** `skip`: not measurable because an input that another guard refuses is missing. */
  verdict: 'pass' | 'wait' | 'deny' | 'skip';
  observed: number | string | null;
  relation: Relation;
  limit: number | string | null;
  unit: Unit;
}

/** A refusal in words: "Distance to stop: 2 ticks (must be ≥ 4 ticks)". */
export function refusalText({ guard, observed, relation, limit, unit }: GuardResult): string {
  const must = relation === '=' || relation === 'none' ? '' : `${relation} `;
  return `${guard}: ${measured(observed, unit)} (must be ${must}${measured(limit, unit)})`;
}

export function measured(value: number | string | null, unit: Unit): string {
  if (value === null) return 'unknown';
  if (typeof value === 'string') return value;
  switch (unit) {
    case 'usd':
      return `$${(value / 1_000_000).toFixed(2)}`;
    case 'ms':
      return `${Math.round(value / 100) / 10} s`;
    case 'ratio':
    case 'state':
    case 'price':
      return String(value);
    case 'ticks':
    case 'contracts':
    case 'trades':
    case 'losses':
    case 'orders':
      return `${value} ${unit}`;
  }
}
