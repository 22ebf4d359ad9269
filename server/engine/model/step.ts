/** The shape that every stage and the engine itself shares: what is now true, what was concluded, what is to be done. */
import type { Command } from './command';
import type { Fact } from './fact';
import type { EngineState } from './state';

export interface Outcome {
  state: EngineState;
  facts: readonly Fact[];
  commands: readonly Command[];
}

/** One per step. `quotes` are those that changed since the last entry: with them a replay sees what the step saw. */
export interface JournalEntry {
  seq: number;
  ts: number;
  hostMs: number;
  event: import('./event').EngineEvent;
  facts: readonly Fact[];
  commands: readonly Command[];
  quotes: readonly import('./instrument').Quote[];
}

export function unchanged(state: EngineState): Outcome {
  return { state, facts: [], commands: [] };
}

/** Runs stages one after another, each on the state that the former left. */
export function chain(state: EngineState, ...stages: readonly ((state: EngineState) => Outcome)[]): Outcome {
  let outcome: Outcome = unchanged(state);
  for (const stage of stages) {
    const next = stage(outcome.state);
    outcome = {
      state: next.state,
      facts: next.facts.length === 0 ? outcome.facts : [...outcome.facts, ...next.facts],
      commands: next.commands.length === 0 ? outcome.commands : [...outcome.commands, ...next.commands],
    };
  }
  return outcome;
}
