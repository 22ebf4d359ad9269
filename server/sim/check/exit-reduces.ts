/** I1: a fill of anything but an entry of ours brings the position toward zero and never through it. */
import type { TrueFill } from '../truth';
import type { Watcher, World } from '../world';
import { believable, isInBook, roleOf, signedOf } from './ours';

/** Children that work for their full size from the parent's first fill may fill before anybody can shrink them. */
const SETTLES_MS = 1_500;

export function exitReduces(): Watcher {
  let seen = 0;
  return {
    always: (world) => {
      const { fills } = world.truth;
      for (; seen < fills.length; seen++) {
        const fill = fills[seen];
        if (!fill || !isInBook(world, fill.execution.orderRef) || roleOf(fill.execution.orderRef) === 'entry')
          continue;
        const { orderRef, side, shares } = fill.execution;
        const { symbol, before, after } = fill;
        if (reduces(before, after)) continue;
        const change = signedOf(fill.execution);
        if (believable(world, symbol, seen).some((held) => reduces(held, held + change))) {
          world.count('excused:I1:byHand');
        } else if (isFullSizeChild(world, fill)) {
          world.count('excused:I1:fullSizeChild');
        } else
          world.violate('I1', `${orderRef} ${side} ${shares} moved ${symbol} from ${before} to ${after}.`);
      }
    },
  };
}

function reduces(before: number, after: number): boolean {
  return Math.abs(after) < Math.abs(before) && before * after >= 0;
}

/** A child of a bracket whose parent has filled in part only, and still works or has just ended. */
function isFullSizeChild({ truth, plan, ms }: World, { execution }: TrueFill): boolean {
  if (plan.setting.childActivation !== 'fullSize') return false;
  const child = truth.all().find((order) => order.permId === execution.permId);
  const parent = truth.all().find((order) => order.permId === child?.parentPermId);
  if (!parent || parent.filled === parent.totalQuantity) return false;
  const endedMs = parent.completedTs === undefined ? ms : parent.completedTs - plan.setting.startTs;
  return ms - endedMs <= SETTLES_MS;
}
