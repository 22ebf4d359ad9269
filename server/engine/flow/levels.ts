/** What is wanted, compared with what is, at every event and every tick: so nothing depends on an event that did not come. */
import { proposalDeadlines } from '../advisory/deadlines';
import { keepNeeded } from '../bracket/keep';
import { protect } from '../bracket/protect';
import { closeCycles } from '../cycle/close';
import { pursueExits, requestExit } from '../exit/exit';
import { overTime } from '../exit/rules';
import { toClose } from '../halt/flatten';
import { pursueFlatten } from '../halt/pursue';
import { watchSight } from '../market/blind';
import type { EngineState } from '../model/state';
import { after, chain, inTurn, type Outcome, unchanged } from '../model/step';
import { entryEnded } from '../order/ended';
import { expireEntries, pursueCancels } from '../order/entries';
import { pursueDoubt } from '../reconcile/doubt';
import { askAboutOrphans } from '../reconcile/orphans';

type Level = (state: EngineState, at: { ts: number; hostMs: number }) => Outcome;

const LEVELS: readonly Level[] = [
  (state, { hostMs }) => proposalDeadlines(state, hostMs),
  (state, { ts, hostMs }) => expireEntries(state, ts, hostMs),
  (state, { hostMs }) => entryEnded(state, hostMs),
  (state, { hostMs }) => unchanged(keepNeeded(state, hostMs)),
  (state, { hostMs }) => protection(state, hostMs),
  (state, at) => watchSight(state, at),
  (state, { hostMs }) => askAboutOrphans(state, hostMs),
  (state, { ts, hostMs }) => timeExits(state, ts, hostMs),
  (state, { hostMs }) => flattenExits(state, hostMs),
  (state, { ts, hostMs }) => pursueExits(state, ts, hostMs),
  (state, { hostMs }) => pursueCancels(state, hostMs),
  (state, { ts, hostMs }) => closeCycles(state, ts, hostMs),
  (state, { hostMs }) => pursueDoubt(state, hostMs),
  (state, { ts, hostMs }) => pursueFlatten(state, ts, hostMs),
];

export function levels(state: EngineState, at: { ts: number; hostMs: number }): Outcome {
  return inTurn(state, LEVELS, at);
}

function protection(state: EngineState, hostMs: number): Outcome {
  const { outcome, mustExit } = protect(state, hostMs);
  return after(outcome, (next) =>
    chain(
      next,
      ...mustExit.map(({ cycle, why }) => (current: EngineState) => {
        return requestExit(current, cycle.cycleId, { reason: 'emergency', by: 'engine', why }, hostMs);
      }),
    ),
  );
}

function timeExits(state: EngineState, ts: number, hostMs: number): Outcome {
  const due = overTime(state, ts);
  if (due.length === 0) return unchanged(state);
  return chain(
    state,
    ...due.map(({ cycle, why }) => (current: EngineState) => {
      return requestExit(current, cycle.cycleId, { reason: 'time', by: 'rule', why }, hostMs);
    }),
  );
}

function flattenExits(state: EngineState, hostMs: number): Outcome {
  const by = state.flatten?.by ?? 'engine';
  return chain(
    state,
    ...toClose(state).map((cycle) => (current: EngineState) => {
      return requestExit(current, cycle.cycleId, { reason: 'flatten', by, why: 'Flatten.' }, hostMs);
    }),
  );
}
