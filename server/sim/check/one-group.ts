/**
 * I2: the closing orders of a cycle are of one group, so that the first to fill ends the others. Two come to be where a cancel is lost or a
 * stop was thought gone: then the second goes as soon as the first covers all. What nobody here can cancel is told to a person (R13).
 */
import type { Watcher, World } from '../world';
import type { EngineTime } from './engine-time';
import { isOutOfReach } from './excuses';
import { cycleOf, isInBook, roleOf } from './ours';

const LATE_MS = { fair: 3_000, foul: 30_000 };

interface Since {
  fairMs: number;
  actingMs: number;
}

export function closersAreOfOneGroup(time: EngineTime): Watcher {
  const split = new Map<string, Since>();
  return {
    always: (world) => {
      const several = splitCycles(world);
      for (const cycleId of split.keys()) if (!several.has(cycleId)) split.delete(cycleId);
      const { fairMs, actingMs } = time;
      for (const [cycleId, refs] of several) {
        const since = split.get(cycleId) ?? { fairMs, actingMs };
        split.set(cycleId, since);
        const [fair, acting] = [fairMs - since.fairMs, actingMs - since.actingMs];
        if (fair <= LATE_MS.fair && acting <= LATE_MS.foul) continue;
        world.violate(
          'I2',
          `${refs.join(' and ')} are closers without a link for ${fair} ms (${acting} ms).`,
        );
      }
    },
  };
}

/** Cycles whose closers are in more than one group, with these closers. */
function splitCycles(world: World): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, Map<string, string>>();
  for (const { orderRef, permId, ocaGroup } of world.truth.live()) {
    if (!isInBook(world, orderRef) || roleOf(orderRef) === 'entry' || isOutOfReach(world, orderRef)) continue;
    const of = groups.get(cycleOf(orderRef)) ?? new Map<string, string>();
    groups.set(cycleOf(orderRef), of.set(ocaGroup || String(permId), orderRef));
  }
  const several = new Map<string, readonly string[]>();
  for (const [cycleId, of] of groups) if (of.size > 1) several.set(cycleId, [...of.values()]);
  return several;
}
