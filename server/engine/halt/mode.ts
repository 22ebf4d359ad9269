/** Trading modes: a lattice. Automation moves it toward safer only; back to Active needs a person, a reason and every check green. */
import { put } from '../model/book';
import { type OperatorCommand, rank, type Scope, type StoredMode } from '../model/operator';
import { stateWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { type Outcome, unchanged } from '../model/step';

export interface Who {
  by: string;
  why: string;
  ts: number;
}

export function modeOf(state: EngineState, scope: Scope): StoredMode {
  return state.modes[scope]?.mode ?? 'Active';
}

/** Toward safer, never back. A flatten that runs is above every mode and is not touched (I19). */
export function tighten(state: EngineState, scope: Scope, to: StoredMode, who: Who): Outcome {
  if (rank(to) <= rank(modeOf(state, scope))) return unchanged(state);
  return setMode(state, scope, to, who);
}

export function setMode(state: EngineState, scope: Scope, to: StoredMode, who: Who): Outcome {
  const record = { mode: to, since: who.ts, by: who.by, why: who.why };
  return {
    state: stateWith(state, { modes: put(state.modes, scope, record) }),
    facts: [{ type: 'ModeChanged', scope, from: modeOf(state, scope), to, by: who.by, why: who.why }],
    commands: [],
  };
}

export function byOperator({ operator, action }: OperatorCommand, ts: number): Who {
  return { by: operator, why: action.reason || 'no reason given', ts };
}
