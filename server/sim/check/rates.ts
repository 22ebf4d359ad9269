/**
 * I12: no storm. Orders a second and a minute stay within the limits, exits of one cycle are few and far between, and after so many refused
 * entries in a row there is no other until a person resumes.
 */
import type { JournalEntry } from '../../engine/model/step';
import type { Watcher, World } from '../world';
import { cycleOf, roleOf } from './ours';
import { reading } from './reading';

/** A little less than the minute in which the worker counts them: its disk may have held the first of them back. */
const EXITS = { most: 6, withinMs: 55_000 };
const MINUTE_MS = 60_000;

export function noStorms(): Watcher {
  const exits = new Map<string, number[]>();
  const orders = new Map<string, number[]>();
  let refused = 0;
  /** The slowest disk so far, ms: the worker counts when it decides, and what it decides waits for at most two writes. */
  let slowestMs = 0;
  const read = reading({
    restored: () => {
      refused = 0;
    },
    entry: (entry, world) => {
      refused = refusedAfter(refused, entry, world);
    },
  });
  return {
    commanded: (world, command) => {
      if (command.type !== 'PlaceOrder' && command.type !== 'PlaceBracket') return;
      const { role, symbol, ref } = command.type === 'PlaceOrder' ? command.order : command.entry;
      const legs = command.type === 'PlaceOrder' ? 1 : 3;
      const placed = recent(orders, symbol, world.ms, MINUTE_MS);
      for (let n = 0; n < legs; n++) placed.push(world.ms);
      const { maxOrdersPerSecond, maxOrdersPerMinute } = world.limits;
      slowestMs = Math.max(slowestMs, world.disk.slowMs);
      const second = placed.filter((ms) => world.ms - ms < 1_000 - 2 * slowestMs).length;
      if (role === 'entry' && (second > maxOrdersPerSecond || placed.length > maxOrdersPerMinute))
        world.violate('I12', `${ref}: ${second} orders in a second, ${placed.length} in a minute.`);
      if (role !== 'exit') return;
      const tries = recent(exits, cycleOf(ref), world.ms, EXITS.withinMs);
      tries.push(world.ms);
      // the worker's minute is over where its clock was set forward
      const counts = !world.counts.has('clockJump');
      if (counts && tries.length > EXITS.most)
        world.violate('I12', `${ref} is exit ${tries.length} in a minute.`);
    },
    stepped: read,
  };
}

function recent(times: Map<string, number[]>, key: string, nowMs: number, withinMs: number): number[] {
  const kept = (times.get(key) ?? []).filter((ms) => nowMs - ms < withinMs);
  times.set(key, kept);
  return kept;
}

function refusedAfter(before: number, { facts, commands }: JournalEntry, world: World): number {
  let refused = before;
  for (const command of commands) {
    if (command.type === 'PlaceBracket' && refused >= world.limits.maxRejectedInARow)
      world.violate('I12', `${command.entry.ref} is sent after ${refused} entries refused in a row.`);
  }
  for (const fact of facts) {
    if (fact.type === 'OrderRejected' && fact.role === 'entry') refused += 1;
    if (fact.type === 'OrderAcknowledged' && roleOf(fact.ref) === 'entry') refused = 0;
    if (fact.type === 'CommandAccepted' && fact.command.action.kind === 'Resume') refused = 0;
  }
  return refused;
}
