/**
 * I14, L8: nothing leaves the worker, neither order nor alert, that is not on the disk first; and what is told as done has the broker's
 * evidence: each fill an execution of the exchange, FLAT an account without position and order.
 */
import { inScope } from '../../engine/model/book';
import type { Command } from '../../engine/model/command';
import type { Fact } from '../../engine/model/fact';
import type { JournalEntry } from '../../engine/model/step';
import type { Watcher, World } from '../world';
import { believable, isOurs } from './ours';
import { reading } from './reading';

/** A cycle begins with one of these, and every order belongs to a cycle. */
const OPENS: ReadonlySet<Fact['type']> = new Set([
  'CycleOpened',
  'CycleAdopted',
  'CycleReopened',
  'OrphanFound',
]);

export function everythingHasACause(): Watcher {
  const written = new WeakSet<Command>();
  const cycles = new Set<string>();
  /** What was true when it was told is not judged again when an older copy of the journal is read. */
  const judged = new WeakSet<JournalEntry>();
  const read = reading({
    restored: () => undefined,
    entry: (entry, world) => {
      for (const command of entry.commands) written.add(command);
      if (judged.has(entry)) return;
      judged.add(entry);
      for (const fact of entry.facts) {
        if (OPENS.has(fact.type) && 'cycleId' in fact) cycles.add(fact.cycleId);
        hasEvidence(world, fact);
      }
    },
  });
  return {
    commanded: (world, command) => {
      read(world);
      const order =
        command.type === 'PlaceOrder'
          ? command.order
          : command.type === 'PlaceBracket'
            ? command.entry
            : null;
      if (written.has(command)) {
        if (order && !cycles.has(order.cycleId))
          world.violate('I14', `${order.ref} leaves, and nothing opened its cycle.`);
        return;
      }
      // a disk that takes nothing: what reduces risk goes out from memory, and says so
      if (world.worker.state?.journal.phase === 'failed') world.count('sentUnwritten');
      else
        world.violate(
          command.type === 'SendAlert' ? 'L8' : 'I14',
          `${command.type} leaves, and is not on the disk.`,
        );
    },
    stepped: read,
  };
}

function hasEvidence(world: World, fact: Fact): void {
  const { truth } = world;
  if (fact.type === 'OrderFilled' && !fact.execId.startsWith('adjustment')) {
    const execution =
      truth.executions.get(fact.execId) ?? truth.executions.get(fact.execId.replace(/\d+$/, '01'));
    if (!execution)
      world.violate('I14', `${fact.ref} is told as filled by ${fact.execId}, which is no execution.`);
  }
  if (fact.type !== 'FlattenEnded' || !fact.flat) return;
  const held = truth
    .symbols()
    .filter((symbol) => inScope(fact.scope, symbol) && !believable(world, symbol).includes(0));
  const working = truth
    .live()
    .filter((order) => isOurs(order.orderRef) && inScope(fact.scope, order.contract.symbol));
  if (held.length > 0) world.violate('L2', `FLAT is told, and ${held.join(', ')} is held.`);
  if (working.length > 0 && world.gateway.answers.leftOut.size === 0)
    world.violate('L2', `FLAT is told, and ${working.map((order) => order.orderRef).join(', ')} works.`);
}
