/** I19: modes only become stricter, but for a person who resumes; a flatten ends by the broker's word or a person's, and a restart changes neither. */
import { isRunning } from '../../engine/model/book';
import { rank } from '../../engine/model/operator';
import type { EngineState } from '../../engine/model/state';
import type { JournalEntry } from '../../engine/model/step';
import type { Watcher, World } from '../world';
import { Known } from './known';
import { reading } from './reading';

export function modesOnlyTighten(): Watcher {
  let known = new Known();
  let before: Pick<EngineState, 'modes' | 'flatten'> | null = null;
  let restored = 0;
  const read = reading({
    restored: () => {
      known = new Known();
    },
    entry: (entry) => known.take(entry),
  });
  return {
    stepped: (world, entries) => {
      read(world, entries);
      const { state } = world;
      if (!state) return;
      const times = world.counts.get('restored') ?? 0;
      // what a worker wrote and did not live to tell is between the two: the journal tells
      if (entries[0]?.event.type === 'WorkerStarted') survives(world, known, state);
      else if (before && times === restored) judge(world, before, state, entries);
      restored = times;
      before = { modes: state.modes, flatten: state.flatten };
    },
  };
}

function survives(world: World, known: Known, { modes }: EngineState): void {
  for (const [scope, mode] of known.modes) {
    const now = modes[scope]?.mode ?? 'Active';
    if (rank(now) < rank(mode))
      world.violate('I19', `${scope} was ${mode} by the journal, and ${now} after the start.`);
  }
}

function judge(
  world: World,
  before: Pick<EngineState, 'modes' | 'flatten'>,
  after: EngineState,
  entries: readonly JournalEntry[],
): void {
  if (before.modes === after.modes && before.flatten === after.flatten) return;
  const facts = entries.flatMap((entry) => entry.facts);
  const accepted = facts.flatMap((fact) =>
    fact.type === 'CommandAccepted' ? [fact.command.action.kind] : [],
  );
  for (const [scope, { mode }] of Object.entries(before.modes)) {
    const now = after.modes[scope]?.mode ?? 'Active';
    if (rank(now) < rank(mode) && !accepted.includes('Resume'))
      world.violate('I19', `${scope} went from ${mode} to ${now}, and nobody resumed.`);
  }
  if (!isRunning(before.flatten) || isRunning(after.flatten)) return;
  const ended = facts.some((fact) => fact.type === 'FlattenEnded');
  if (!ended && !accepted.includes('AbandonFlatten'))
    world.violate('I19', 'A flatten has ended, and nobody ended it.');
}
