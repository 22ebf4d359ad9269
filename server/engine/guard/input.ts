/** What a guard may look at, and the one way to write a verdict. Guards stop entries, never exits. */
import type { Cycle } from '../model/cycle';
import type { Instrument, Quote } from '../model/instrument';
import type { GuardResult, ReasonCode, Relation, Unit } from '../model/reason';
import type { EngineState } from '../model/state';

export interface GuardInput {
  state: EngineState;
  cycle: Cycle;
  instrument: Instrument;
  quote: Quote | undefined;
  /** Exchange time and host time of the step, ms. */
  ts: number;
  hostMs: number;
}

export type Guard = (input: GuardInput) => GuardResult;

export interface Measure {
  guard: string;
  code: ReasonCode;
  observed: number | string | null;
  relation: Relation;
  limit: number | string | null;
  unit: Unit;
}

export function verdict(ok: boolean, measure: Measure): GuardResult {
  return Object.assign({}, measure, { verdict: ok ? ('pass' as const) : ('deny' as const) });
}

/** For a guard whose input is missing: another guard refuses the entry for that. */
export function skip(measure: Omit<Measure, 'observed'>): GuardResult {
  return { ...measure, observed: null, verdict: 'skip' };
}
