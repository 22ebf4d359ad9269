/** I1: a fill of anything but an entry of ours brings the position toward zero and never through it. */
import type { Watcher } from '../world';
import { EngineTime } from './engine-time';
import { CancelsUnderWay, isCancelLost, isCrossedInSpite, isOutOfReach } from './excuses';
import { FullSize } from './full-size';
import { believable, isHidden, isInBook, roleOf, signedOf } from './ours';

export function exitReduces(time = new EngineTime()): Watcher {
  const fullSize = new FullSize(time);
  const cancels = new CancelsUnderWay(time);
  let seen = 0;
  return {
    commanded: (world, command) => cancels.commanded(world, command),
    always: (world) => {
      const { fills } = world.truth;
      for (; seen < fills.length; seen++) {
        const fill = fills[seen];
        if (!fill || !isInBook(world, fill.execution.orderRef) || roleOf(fill.execution.orderRef) === 'entry')
          continue;
        const { orderRef, permId, side, shares } = fill.execution;
        const { symbol, before, after } = fill;
        if (reduces(before, after)) continue;
        const change = signedOf(fill.execution);
        if (believable(world, symbol, { fills: seen }).some((held) => reduces(held, held + change))) {
          world.count('excused:I1:untold');
        } else if (
          fullSize.excuses(world, permId, seen) ||
          isPushed(before, change, fullSize.overfilled(world, symbol, seen))
        ) {
          world.count('excused:I1:fullSizeChild');
        } else if (isHidden(world, permId)) {
          world.count('excused:I1:leftOut');
        } else if (isCancelLost(world, permId) || isCrossedInSpite(world, symbol, side, seen)) {
          world.count('excused:I1:cancelLost');
        } else if (isOutOfReach(world, orderRef)) {
          world.count('excused:I1:outOfReach');
        } else if (cancels.excuses(world, orderRef, symbol)) {
          world.count('excused:I1:byHand');
        } else
          world.violate('I1', `${orderRef} ${side} ${shares} moved ${symbol} from ${before} to ${after}.`);
      }
    },
  };
}

/** It would have reduced, had not others closed `more` contracts that were not theirs to close. */
function isPushed(before: number, change: number, more: number): boolean {
  const held = before - Math.sign(change) * more;
  return more > 0 && reduces(held, held + change);
}

function reduces(before: number, after: number): boolean {
  return Math.abs(after) < Math.abs(before) && before * after >= 0;
}
