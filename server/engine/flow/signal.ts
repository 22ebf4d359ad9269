/** From a signal to an order or to a refusal, and from an exit signal to an exit: guards, advisor, guards again, bracket. */
import { propose } from '../advisory/propose';
import { denyCycle } from '../cycle/deny';
import { requestExit } from '../exit/exit';
import { approveEntry } from '../guard/approve';
import { denials, evaluateGuards } from '../guard/pipeline';
import type { Clearance } from '../model/advisory';
import { strictestMode } from '../model/book';
import type { EngineEvent, Stamped } from '../model/event';
import type { Fact } from '../model/fact';
import type { CycleId } from '../model/ids';
import { stateWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { after, type Outcome, unchanged } from '../model/step';
import { sendBracket } from '../order/bracket';
import { receiveSignal } from '../signal/receive';

export function signal(
  state: EngineState,
  stamped: Stamped<Extract<EngineEvent, { type: 'SignalReceived' }>>,
): Outcome {
  const meaning = receiveSignal(state, stamped);
  switch (meaning.kind) {
    case 'nothing':
      return meaning.outcome;
    case 'exit': {
      const { signalId, strategy, action } = stamped.event.signal;
      const wish = { reason: 'signal' as const, by: strategy, why: `${action} signal ${signalId}.` };
      return after(meaning.outcome, (next) =>
        strictestMode(state, stamped.event.signal.symbol) === 'Halted'
          ? refusedExit(next, stamped.event.signal.signalId, stamped.event.signal.symbol)
          : requestExit(next, meaning.cycleId, wish, stamped.hostMs),
      );
    }
    case 'entry':
      return after(meaning.outcome, (next) => admit(next, meaning.cycleId, stamped));
  }
}

/** `Halted` stops the strategy's exits too: the position keeps its stop, and a person decides (architecture, section 5). */
function refusedExit(state: EngineState, signalId: string, symbol: string): Outcome {
  const detail = 'Trading is halted: the position keeps its stop; an operator can exit or flatten.';
  return {
    state,
    facts: [{ type: 'SignalIgnored', signalId, symbol, code: 'TRADING_HALTED', detail }],
    commands: [],
  };
}

/** Guards first; what they let through is put to the advisor. */
function admit(state: EngineState, cycleId: CycleId, stamped: Stamped): Outcome {
  const cycle = state.cycles[cycleId];
  if (!cycle) return unchanged(state);
  const results = evaluateGuards(state, cycle, stamped);
  const reasons = denials(results);
  const evaluated: Fact = { type: 'GuardsEvaluated', cycleId, symbol: cycle.symbol, at: 'signal', results };
  const outcome =
    reasons.length > 0 ? denyCycle(state, cycle, results, reasons) : propose(state, cycle, results, stamped);
  return { ...outcome, facts: [evaluated, ...outcome.facts] };
}

/** Cleared by the advisor, by confidence or by a person: all guards run again at this instant, and only their pass sends an order. */
export function send(state: EngineState, cycleId: CycleId, clearance: Clearance, stamped: Stamped): Outcome {
  const cycle = state.cycles[cycleId];
  if (!cycle) return unchanged(state);
  const { [`${cycleId}:proposal`]: _, ...proposals } = state.proposals;
  const decided = stateWith(state, { proposals });
  const results = evaluateGuards(decided, cycle, stamped);
  const approved = approveEntry(cycle, results, clearance);
  const evaluated: Fact = { type: 'GuardsEvaluated', cycleId, symbol: cycle.symbol, at: 'send', results };
  const outcome = approved
    ? sendBracket(decided, approved, stamped)
    : denyCycle(decided, cycle, results, denials(results));
  return { ...outcome, facts: [evaluated, ...outcome.facts] };
}
