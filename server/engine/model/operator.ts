/** What a person may command. The browser or the command line makes `commandId`, so a second click is the same command. */
import type { OrphanDecision } from './cycle';
import type { ExitRules } from './exit-rules';
import type { CycleId, ProposalId } from './ids';

/** `*` is every instrument. */
export type Scope = string;

export type OperatorAction =
  | { kind: 'HaltEntries'; scope: Scope; reason: string }
  | { kind: 'Halt'; scope: Scope; reason: string }
  | { kind: 'CancelEntries'; scope: Scope; reason: string }
  | { kind: 'Flatten'; scope: Scope; reason: string }
  /** Ends a flatten that still runs: what it has not sent yet is not sent any more. Nothing else ends one but the broker's word. */
  | { kind: 'AbandonFlatten'; reason: string }
  | { kind: 'Resume'; scope: Scope; reason: string }
  | { kind: 'ExitPosition'; cycleId: CycleId; reason: string }
  | { kind: 'SetExitRules'; cycleId: CycleId; rules: ExitRules; reason: string }
  | { kind: 'DecideOrphan'; cycleId: CycleId; decision: OrphanDecision; reason: string }
  | { kind: 'ApproveProposal'; proposalId: ProposalId; digest: string; reason: string }
  | { kind: 'RejectProposal'; proposalId: ProposalId; reason: string };

export interface OperatorCommand {
  commandId: string;
  /** Who: a name until there is a login. */
  operator: string;
  /** Which door: `console`, `cli`. */
  via: string;
  action: OperatorAction;
}

/** Lattice, safest last: automation may only move to the right (I19). `Flattening` holds while a flatten runs, and is never stored. */
export const TRADING_MODES = ['Active', 'Reducing', 'Halted', 'Flattening'] as const;
export type TradingMode = (typeof TRADING_MODES)[number];
export type StoredMode = Exclude<TradingMode, 'Flattening'>;

export function rank(mode: TradingMode): number {
  return TRADING_MODES.indexOf(mode);
}

export interface ModeRecord {
  mode: StoredMode;
  since: number;
  by: string;
  why: string;
}
