/**
 * I20: once a halt or a flatten is journaled no entry of its scope is handed to the socket, and those that work are gone within seconds of
 * engine time.
 */

import { rank } from '../../engine/model/operator';
import type { Watcher } from '../world';
import type { EngineTime } from './engine-time';
import { Known } from './known';
import { isInBook, isOurs, roleOf } from './ours';
import { reading } from './reading';

/** An entry and the halt may be one commit: then its cancel is in the same breath. */
const GONE_MS = { fair: 5_000, foul: 20_000 };

export function haltsHold(time: EngineTime): Watcher {
  let known = new Known();
  /** Cancelled by the commit that also sent it. */
  let sent = new Map<string, number>();
  let version = -1;
  const since = new Map<string, { fairMs: number; actingMs: number }>();
  const read = reading({
    restored: () => {
      known = new Known();
      sent = new Map();
    },
    entry: (entry) => {
      known.take(entry);
      version = -1;
      for (const command of entry.commands)
        if (command.type === 'PlaceBracket')
          sent.set(command.entry.ref, rank(known.modeOf(command.entry.symbol)));
    },
  });
  return {
    commanded: (world, command) => {
      if (command.type !== 'PlaceBracket') return;
      read(world);
      const { ref, symbol } = command.entry;
      if (known.modeOf(symbol) !== 'Halted') return;
      if (sent.get(ref) === 0) world.count('haltInSameCommit');
      else world.violate('I20', `${ref} is sent while ${symbol} is halted.`);
    },
    stepped: read,
    always: (world) => {
      if (since.size === 0 && world.truth.version === version) return;
      version = world.truth.version;
      const working = new Set<string>();
      for (const { orderRef, contract, clientId } of world.truth.live()) {
        if (!isOurs(orderRef) || roleOf(orderRef) !== 'entry' || known.modeOf(contract.symbol) !== 'Halted')
          continue;
        const outOfReach = clientId !== world.clientId;
        if (outOfReach || !isInBook(world, orderRef)) {
          world.count(outOfReach ? 'excused:I20:outOfReach' : 'excused:I20:forgotten');
          continue;
        }
        working.add(orderRef);
        const begun = since.get(orderRef) ?? { fairMs: time.fairMs, actingMs: time.actingMs };
        since.set(orderRef, begun);
        if (time.fairMs - begun.fairMs > GONE_MS.fair || time.actingMs - begun.actingMs > GONE_MS.foul)
          world.violate('I20', `${orderRef} still works, and ${contract.symbol} is halted.`);
      }
      for (const ref of since.keys()) if (!working.has(ref)) since.delete(ref);
    },
  };
}
