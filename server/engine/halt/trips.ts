/** Automatic trips: a cause moves trading toward safer by itself, once, with the value that did it on record. Only a person moves it back. */
import type { Fact } from '../model/fact';
import { rank, type Scope } from '../model/operator';
import type { EngineState } from '../model/state';
import { chain, type Outcome, unchanged } from '../model/step';
import { type Trip, tripText } from '../model/trip';
import { ALL, type At, happened, lasting } from './causes';
import { modeOf, tighten } from './mode';

/** Trips that tell nobody's fault, and leave the entries that already rest. */
const QUIET: readonly Trip['trip'][] = ['Trades today'];

export interface Tripped {
  outcome: Outcome;
  /** Scopes whose working entries should go too. */
  cancel: readonly { scope: Scope; why: string }[];
}

/** Stops entries where a cause calls for it and they are not stopped yet. */
export function tripWhereNeeded(state: EngineState, at: At): Tripped {
  const causes = [...lasting(state, at), ...happened(state, at.hostMs)];
  if (causes.length === 0) return { outcome: unchanged(state), cancel: [] };
  const due = causes.filter(
    ({ scope, to }) => rank(to) > rank(modeOf(state, scope)) && rank(to) > rank(modeOf(state, ALL)),
  );
  if (due.length === 0) return { outcome: unchanged(state), cancel: [] };
  const outcome = chain(state, ...due.map((trip) => (current: EngineState) => trigger(current, trip, at.ts)));
  return {
    outcome,
    cancel: due
      .filter(({ trip }) => !QUIET.includes(trip))
      .map((trip) => ({ scope: trip.scope, why: `${tripText(trip)}.` })),
  };
}

function trigger(state: EngineState, trip: Trip, ts: number): Outcome {
  const why = tripText(trip);
  const tripped: Fact = { type: 'ModeTripped', ...trip };
  const tightened = tighten(state, trip.scope, trip.to, { by: 'engine', why, ts });
  const severity = QUIET.includes(trip.trip) ? 'warning' : 'critical';
  return {
    ...tightened,
    facts: [tripped, ...tightened.facts],
    commands: [...tightened.commands, { type: 'SendAlert', severity, text: `ENTRIES HALTED. ${why}.` }],
  };
}
