/** Back to Active: a person, a reason, and every check green. With it the conduct of strategy and broker is counted anew. */

import { CLEAN_CONDUCT } from '../model/conduct';
import type { OperatorCommand, Scope } from '../model/operator';
import type { ReasonCode } from '../model/reason';
import { stateWith } from '../model/shape';
import type { EngineState } from '../model/state';
import type { Outcome } from '../model/step';
import { healthChecks } from './health';
import { byOperator, modeOf, setMode } from './mode';

export function resume(
  state: EngineState,
  command: OperatorCommand,
  scope: Scope,
  at: { ts: number; hostMs: number },
): Outcome | { refused: ReasonCode; why: string } {
  if (command.action.reason === '') return { refused: 'REASON_REQUIRED', why: 'Say why trading may go on.' };
  const red = healthChecks(state, at, scope).filter((check) => !check.ok);
  if (red.length > 0) {
    return {
      refused: 'HEALTH_CHECK_FAILED',
      why: red.map((check) => `${check.name}: ${check.detail}`).join('; '),
    };
  }
  if (modeOf(state, scope) === 'Active') return { refused: 'NOTHING_TO_DO', why: 'Entries are not halted.' };
  const looked = stateWith(state, { conduct: { ...CLEAN_CONDUCT, sinceTs: at.ts } });
  return setMode(looked, scope, 'Active', byOperator(command, at.ts));
}
