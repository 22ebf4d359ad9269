/** Whose order was it, and what could an engine honestly believe to be held? */
import { netQuantity } from '../../engine/model/cycle';
import type { Execution } from '../../exchange/words';
import type { World } from '../world';

/** What others trade is heard of after 30 s and settled 15 s later (L3); what follows from it is on its way for a second. */
const HEARD_OF_MS = 46_000;

export function isOurs(orderRef: string): boolean {
  return orderRef.startsWith('c-');
}

/** An order of ours that the book knows: after an older copy of it was restored, or a disk took nothing, some are like those of another program. */
export function isInBook({ counts, worker }: World, orderRef: string): boolean {
  const forgets = counts.has('restored') || counts.has('sentUnwritten');
  return isOurs(orderRef) && (!forgets || worker.state?.orders[orderRef] !== undefined);
}

/** A report that was said to be complete left it out: it is believed gone until the broker speaks of it again. */
export function isHidden({ gateway, schedule }: World, permId: number): boolean {
  const ts = gateway.answers.leftOut.get(permId);
  return ts !== undefined && schedule.now - ts <= HEARD_OF_MS;
}

/** An older database never sent it, and no report named it: nobody can know that its reference is taken. */
export function isForgotten(world: World, permId: number): boolean {
  return world.counts.has('restored') && isHidden(world, permId);
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

/** What is held and was heard of, signed, and was not taken over by a person: the rest is a matter of L3. */
export function heldAndKnown({ truth, state }: World, symbol: string): number {
  const ignored = Object.values(state?.cycles ?? {})
    .filter((cycle) => cycle.symbol === symbol && cycle.orphan?.decision === 'ignore')
    .reduce((sum, cycle) => sum + netQuantity(cycle), 0);
  const held = truth.position(symbol) - ignored;
  const known = (state?.positions[symbol]?.quantity ?? 0) - ignored;
  if (held * known <= 0) return 0;
  return Math.abs(known) < Math.abs(held) ? known : held;
}

/**
 * The only excuse for being wrong about a position: a person or another program trades the same instrument (or an order of
 * ours that a restored book has forgotten, or that was sent under another client id: IB tells executions to the client that
 * sent the order), and nobody has told us yet; or the broker itself has told it wrong.
 * @param fills how many of the fills have happened
 * @returns the true position first, then what it would be without any of the newest such trades.
 */
export function believable(
  world: World,
  symbol: string,
  { fills, withinMs = HEARD_OF_MS }: { fills?: number; withinMs?: number } = {},
): readonly number[] {
  const { truth, schedule } = world;
  const positions = new Set<number>();
  for (let n = (fills ?? truth.fills.length) - 1; n >= 0; n--) {
    const fill = truth.fills[n];
    if (fill?.symbol !== symbol) continue;
    if (positions.size === 0) positions.add(fill.after);
    const { orderRef, permId, clientId, ts } = fill.execution;
    if (schedule.now - ts > withinMs) break;
    const told = clientId === world.clientId && isInBook(world, orderRef) && !isHidden(world, permId);
    if (told) continue;
    for (const held of [...positions]) positions.add(held - signedOf(fill.execution));
  }
  if (positions.size === 0) positions.add(0);
  for (const told of world.gateway.answers.toldPositions) {
    if (schedule.now - told.ts > withinMs) continue;
    const held = told.positions.get(symbol) ?? 0;
    positions.add(held).add(held + filledSince(world, symbol, told.ts, fills));
  }
  return [...positions];
}

/** Who believed the broker counts on from there (seed 740070726). */
function filledSince({ truth }: World, symbol: string, ts: number, fills = truth.fills.length): number {
  let sum = 0;
  for (let n = fills - 1; n >= 0; n--) {
    const fill = truth.fills[n];
    if (fill === undefined || fill.execution.ts < ts) break;
    if (fill.symbol === symbol) sum += signedOf(fill.execution);
  }
  return sum;
}
