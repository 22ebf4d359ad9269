/** The only place where an entry gets its pass: all guards pass at this instant, and no WAIT stands unlifted. */
import type { Clearance } from '../model/advisory';
import type { EntryApproved } from '../model/approval';
import type { Cycle } from '../model/cycle';
import type { GuardResult } from '../model/reason';

/** @returns null when a guard refuses or could not measure, or when the bracket is incomplete. */
export function approveEntry(
  cycle: Cycle,
  results: readonly GuardResult[],
  clearance: Clearance,
): EntryApproved | null {
  if (!cycle.plan || results.length === 0 || results.some((result) => result.verdict !== 'pass')) return null;
  return { cycleId: cycle.cycleId, plan: cycle.plan, clearance } as EntryApproved;
}
