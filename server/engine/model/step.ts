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

const NONE: readonly never[] = [];

export function unchanged(state: EngineState): Outcome {
  return { state, facts: NONE, commands: NONE };
}

type Stage<At> = (state: EngineState, at: At) => Outcome;

/** Runs stages one after another, each on the state that the former left. It runs at every tick, so it makes nothing that it need not. */
export function inTurn<At>(state: EngineState, stages: readonly Stage<At>[], at: At): Outcome {
  let current = state;
  let facts: readonly Fact[] = NONE;
  let commands: readonly Command[] = NONE;
  for (const stage of stages) {
    const next = stage(current, at);
    current = next.state;
    facts = joined(facts, next.facts);
    commands = joined(commands, next.commands);
  }
  return { state: current, facts, commands };
}

export function chain(state: EngineState, ...stages: readonly Stage<null>[]): Outcome {
  return inTurn(state, stages, null);
}

/** Continues an outcome with what follows from its state. */
export function after(outcome: Outcome, next: (state: EngineState) => Outcome): Outcome {
  const following = next(outcome.state);
  return {
    state: following.state,
    facts: joined(outcome.facts, following.facts),
    commands: joined(outcome.commands, following.commands),
  };
}

function joined<T>(one: readonly T[], other: readonly T[]): readonly T[] {
  if (other.length === 0) return one;
  return one.length === 0 ? other : [...one, ...other];
}
