/** What a person pressed: refused with a reason, or obeyed once. */
import { decideProposal } from '../advisory/decide';
import { requestExit } from '../exit/exit';
import { setExitRules } from '../exit/rules';
import { abandonFlatten, startFlatten } from '../halt/flatten';
import { byOperator, tighten } from '../halt/mode';
import { resume } from '../halt/resume';
import type { Stamped } from '../model/event';
import type { Fact } from '../model/fact';
import type { CycleId } from '../model/ids';
import type { OperatorCommand } from '../model/operator';
import type { ReasonCode } from '../model/reason';
import { stateWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { after, chain, type Outcome, unchanged } from '../model/step';
import { cancelEntries } from '../order/entries';
import { decideOrphan, type OrphanWord } from '../reconcile/orphans';
import { send } from './signal';

/** Commands are idempotent by id: so many are remembered. */
const COMMANDS_REMEMBERED = 500;

export function operator(state: EngineState, command: OperatorCommand, stamped: Stamped): Outcome {
  const { commandId } = command;
  if (state.commands.includes(commandId)) {
    return { state, facts: [{ type: 'CommandRepeated', commandId }], commands: [] };
  }
  const heard = stateWith(state, { commands: [...state.commands, commandId].slice(-COMMANDS_REMEMBERED) });
  const done = obey(heard, command, stamped);
  if ('refused' in done) {
    const { refused, why, outcome } = done;
    const refusal: Fact = { type: 'CommandRefused', commandId, code: refused, why };
    const rest = outcome ?? unchanged(heard);
    return { ...rest, facts: [refusal, ...rest.facts] };
  }
  return { ...done, facts: [{ type: 'CommandAccepted', command }, ...done.facts] };
}

type Refusal = { refused: ReasonCode; why: string; outcome?: Outcome };

function obey(state: EngineState, command: OperatorCommand, stamped: Stamped): Outcome | Refusal {
  const { action } = command;
  const { ts, hostMs } = stamped;
  const who = byOperator(command, ts);
  switch (action.kind) {
    case 'HaltEntries':
      return tighten(state, action.scope, 'Reducing', who);
    case 'Halt':
      return chain(
        state,
        (current) => tighten(current, action.scope, 'Halted', who),
        (current) => cancelEntries(current, action.scope, 'Trading is halted.', hostMs),
      );
    case 'CancelEntries':
      return cancelEntries(state, action.scope, `Cancelled by ${command.operator}.`, hostMs);
    case 'Flatten':
      return chain(
        state,
        (current) => tighten(current, action.scope, 'Halted', { ...who, why: 'Flatten.' }),
        (current) => startFlatten(current, command, action.scope, stamped),
        (current) => cancelEntries(current, action.scope, 'Flatten.', hostMs),
      );
    case 'Resume':
      return resume(state, command, action.scope, stamped);
    case 'AbandonFlatten':
      return abandonFlatten(state, command, ts);
    case 'SetExitRules': {
      const { cycleId, rules, reason } = action;
      return setExitRules(state, { cycleId, rules, by: command.operator, reason });
    }
    case 'ExitPosition': {
      const wish = {
        reason: 'operator' as const,
        by: command.operator,
        why: action.reason || 'Operator exit.',
      };
      const outcome = requestExit(state, action.cycleId, wish, hostMs);
      if (outcome.facts.length > 0) return outcome;
      return { refused: 'EXIT_WOULD_OPEN_POSITION', why: 'That cycle holds nothing any more.' };
    }
    case 'DecideOrphan':
      return orphan(state, { ...action, by: command.operator }, hostMs);
    case 'ApproveProposal':
    case 'RejectProposal': {
      if (action.reason === '') return { refused: 'REASON_REQUIRED', why: 'Say why.' };
      const decision = decideProposal(state, command, action, hostMs);
      if ('refused' in decision) return decision;
      const { outcome, cleared } = decision;
      return cleared
        ? after(outcome, (next) => send(next, cleared.proposal.cycleId, cleared.clearance, stamped))
        : outcome;
    }
  }
}

function orphan(state: EngineState, word: OrphanWord, hostMs: number): Outcome | Refusal {
  const decided = decideOrphan(state, word, hostMs);
  if ('refused' in decided || word.decision !== 'flatten') return decided;
  const wish = { reason: 'operator' as const, by: word.by, why: word.reason };
  return after(decided, (next) => requestExit(next, word.cycleId as CycleId, wish, hostMs));
}
