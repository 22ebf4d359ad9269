/** Whose order was it, and what could an engine honestly believe to be held? */
import type { Execution } from '../../exchange/words';
import type { World } from '../world';

/** What others trade is heard of after so long at the latest (L3: 30 s, and a report). */
const HEARD_OF_MS = 35_000;

export function isOurs(orderRef: string): boolean {
  return orderRef.startsWith('c-');
}

/** An order of ours that the book knows: after an older copy of it was restored, some are like those of another program. */
export function isInBook({ counts, worker }: World, orderRef: string): boolean {
  return isOurs(orderRef) && (!counts.has('restored') || worker.state?.orders[orderRef] !== undefined);
}

export function roleOf(orderRef: string): string {
  return orderRef.split(':')[1]?.split('-')[0] ?? '';
}

export function cycleOf(orderRef: string): string {
  return orderRef.split(':')[0] ?? '';
}

export function signedOf({ side, shares }: Pick<Execution, 'side' | 'shares'>): number {
  return side === 'BOT' ? shares : -shares;
}

/**
 * The only excuse for being wrong about a position: a person or another program trades the same instrument (or an order of
 * ours that a restored book has forgotten), and nobody has told us yet.
 * @param fills how many of the fills have happened
 * @returns the true position first, then what it would be without the newest such trades.
 */
export function believable(world: World, symbol: string, fills?: number): readonly number[] {
  const { truth, schedule } = world;
  let position = 0;
  const newest: number[] = [];
  for (let n = (fills ?? truth.fills.length) - 1; n >= 0; n--) {
    const fill = truth.fills[n];
    if (fill?.symbol !== symbol) continue;
    if (newest.length === 0) {
      position = fill.after;
      newest.push(position);
    }
    const { orderRef, ts } = fill.execution;
    if (isInBook(world, orderRef) || schedule.now - ts > HEARD_OF_MS) continue;
    position -= signedOf(fill.execution);
    newest.push(position);
  }
  return newest.length === 0 ? [0] : newest;
}
