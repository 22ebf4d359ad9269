/**
 * I1: a fill of anything but an entry of ours brings the position toward zero and never through it. What a person trades by hand in the
 * same instrument crosses orders that are on their way: it is judged once there was time to hear of it (L3).
 */
import type { Watcher } from '../world';

const HEARD_OF_MS = 35_000;

export function exitReduces(): Watcher {
  let seen = 0;
  const byHand = new Map<string, number>();
  return {
    always: (world) => {
      const { fills } = world.truth;
      for (; seen < fills.length; seen++) {
        const fill = fills[seen];
        if (!fill) continue;
        const { orderRef, side, shares } = fill.execution;
        const { symbol, before, after } = fill;
        if (orderRef === '') byHand.set(symbol, world.ms);
        if (orderRef === '' || orderRef.endsWith(':entry')) continue;
        if (world.ms - (byHand.get(symbol) ?? Number.NEGATIVE_INFINITY) < HEARD_OF_MS) continue;
        if (Math.abs(after) < Math.abs(before) && before * after >= 0) continue;
        world.violate('I1', `${orderRef} ${side} ${shares} moved ${symbol} from ${before} to ${after}.`);
      }
    },
  };
}
