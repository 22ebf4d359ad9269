/** The phases and outcomes that a list may be asked for: the engine's unions as values, kept complete by the compiler. */
import type { CycleOutcome, CyclePhase } from '../engine/model/cycle';

const PHASES: Readonly<Record<CyclePhase, true>> = {
  proposed: true,
  waiting: true,
  entering: true,
  open: true,
  closed: true,
  denied: true,
  cancelled: true,
};

const OUTCOMES: Readonly<Record<CycleOutcome, true>> = {
  target: true,
  stop: true,
  'exit signal': true,
  'time exit': true,
  'operator exit': true,
  flattened: true,
  'emergency stop': true,
  'closed elsewhere': true,
  denied: true,
  'rejected by operator': true,
  'proposal expired': true,
  'entry not filled': true,
  'entry refused by broker': true,
};

export const CYCLE_PHASES = Object.keys(PHASES) as CyclePhase[];
export const CYCLE_OUTCOMES = Object.keys(OUTCOMES) as CycleOutcome[];
