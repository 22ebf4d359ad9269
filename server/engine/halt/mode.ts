/** Trading modes: a lattice. Automation moves it toward safer only; back to Active needs a person, a reason and every check green. */
import { put } from '../model/book';
import type { OperatorCommand, Scope, TradingMode } from '../model/operator';
import { TRADING_MODES } from '../model/operator';
import type { ReasonCode } from '../model/reason';
import type { EngineState } from '../model/state';
import { type Outcome, unchanged } from '../model/step';
import { healthChecks } from './health';

export function rank(mode: TradingMode): number {
  return TRADING_MODES.indexOf(mode);
}

export function modeOf(state: EngineState, scope: Scope): TradingMode {
  return state.modes[scope]?.mode ?? 'Active';
}

/** Toward safer, never back. */
export function tighten(
  state: EngineState,
  scope: Scope,
  to: TradingMode,
  who: { by: string; why: string; ts: number },
): Outcome {
  const from = modeOf(state, scope);
  if (rank(to) <= rank(from)) return unchanged(state);
  return setMode(state, scope, to, who);
}

export function resume(
  state: EngineState,
  command: OperatorCommand,
  scope: Scope,
  ts: number,
): Outcome | { refused: ReasonCode; why: string } {
  const why = command.action.reason;
  if (why === '') return { refused: 'REASON_REQUIRED', why: 'Say why trading may go on.' };
  const red = healthChecks(state).filter((check) => !check.ok);
  if (red.length > 0) {
    return {
      refused: 'HEALTH_CHECK_FAILED',
      why: red.map((check) => `${check.name}: ${check.detail}`).join('; '),
    };
  }
  if (modeOf(state, scope) === 'Active') return { refused: 'NOTHING_TO_DO', why: 'Entries are not halted.' };
  return setMode(state, scope, 'Active', { by: command.operator, why, ts });
}

function setMode(
  state: EngineState,
  scope: Scope,
  to: TradingMode,
  who: { by: string; why: string; ts: number },
): Outcome {
  const record = { mode: to, since: who.ts, by: who.by, why: who.why };
  return {
    state: { ...state, modes: put(state.modes, scope, record) },
    facts: [{ type: 'ModeChanged', scope, from: modeOf(state, scope), to, by: who.by, why: who.why }],
    commands: [],
  };
}
