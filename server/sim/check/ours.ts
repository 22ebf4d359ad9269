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

/** A report that was said to be complete left it out: it is believed gone until the broker speaks of it again. */
export function isHidden({ gateway, schedule }: World, permId: number): boolean {
  const ts = gateway.answers.leftOut.get(permId);
  return ts !== undefined && schedule.now - ts <= HEARD_OF_MS;
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
 * ours that a restored book has forgotten), and nobody has told us yet; or the broker itself has told it wrong.
 * @param fills how many of the fills have happened
 * @returns the true position first, then what it would be without the newest such trades.
 */
export function believable(
  world: World,
  symbol: string,
  { fills, withinMs = HEARD_OF_MS }: { fills?: number; withinMs?: number } = {},
): readonly number[] {
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
    const known = isInBook(world, orderRef) && !isHidden(world, fill.execution.permId);
    if (known || schedule.now - ts > withinMs) continue;
    position -= signedOf(fill.execution);
    newest.push(position);
  }
  if (newest.length === 0) newest.push(0);
  for (const { ts, positions } of world.gateway.answers.toldPositions) {
    if (schedule.now - ts <= withinMs) newest.push(positions.get(symbol) ?? 0);
  }
  return newest;
}
