/**
 * I2: what works on the closing side could never close more than is held and may still be entered; and no two closers outside one group
 * are live. A group counts once, by its largest member: the exchange lets only one of them fill.
 */
import type { OrderRecord } from '../../exchange/words';
import type { Watcher, World } from '../world';
import type { EngineTime } from './engine-time';
import { isCancelLost, isOutOfReach, isStuckElsewhere } from './excuses';
import { FullSize } from './full-size';
import { believable, isHidden, isInBook, isOurs, roleOf, signedOf } from './ours';

/** A worker that sleeps hears later. */
const CROSSED_MS = 15_000;

export function closersAreBounded(time: EngineTime): Watcher {
  const fullSize = new FullSize(time);
  let version = -1;
  return {
    always: (world) => {
      if (world.truth.version === version) return;
      version = world.truth.version;
      const ours = world.truth.live().filter((order) => isInBook(world, order.orderRef));
      for (const symbol of new Set(ours.map((order) => order.contract.symbol))) {
        judge(
          world,
          symbol,
          ours.filter((order) => order.contract.symbol === symbol),
          fullSize,
        );
      }
    },
  };
}

function judge(world: World, symbol: string, orders: readonly OrderRecord[], fullSize: FullSize): void {
  // also one that a restored book has forgotten: its stop and target, which it knows again, close nothing before it fills
  const entries = world.truth
    .live()
    .filter(
      ({ orderRef, contract }) =>
        isOurs(orderRef) && roleOf(orderRef) === 'entry' && contract.symbol === symbol,
    );
  const closers = orders.filter((order) => roleOf(order.orderRef) !== 'entry');
  const entering = (side: string) =>
    entries.reduce((sum, entry) => sum + (entry.action === side ? entry.remaining : 0), 0);
  for (const side of ['BUY', 'SELL'] as const) {
    const closing = exposure(closers.filter((order) => order.action === side));
    if (closing === 0) continue;
    const opposite = side === 'BUY' ? 'SELL' : 'BUY';
    const sign = side === 'SELL' ? 1 : -1;
    const allowed = believable(world, symbol).map((held) => Math.max(0, sign * held) + entering(opposite));
    if (closing <= (allowed[0] ?? 0)) continue;
    if (allowed.some((most) => closing <= most)) {
      world.count('excused:I2:untold');
      continue;
    }
    const shown = closers.filter((order) => order.action === side && !isHidden(world, order.permId));
    if (exposure(shown) <= Math.max(...allowed)) {
      world.count('excused:I2:leftOut');
      continue;
    }
    const kept = closers.filter((order) => order.action === side && !isCancelLost(world, order.permId));
    if (exposure(kept) <= Math.max(...allowed) + filledInSpite(world, symbol, side)) {
      world.count('excused:I2:cancelLost');
      continue;
    }
    if (closing <= Math.max(...allowed) + crossed(world, symbol)) {
      world.count('excused:I2:entryCrossed');
      continue;
    }
    const overfilled = closing <= Math.max(...allowed) + fullSize.overfilled(world, symbol);
    if (overfilled || closers.some(({ permId }) => fullSize.excuses(world, permId))) {
      world.count('excused:I2:fullSizeChild');
      continue;
    }
    const ours = closers.filter(
      (order) =>
        order.action === side && !isStuckElsewhere(world, order) && !isOutOfReach(world, order.orderRef),
    );
    if (exposure(ours) <= Math.max(...allowed)) {
      world.count('excused:I2:outOfReach');
      continue;
    }
    const what = closers.map(describe).join(', ');
    world.violate('I2', `${closing} ${symbol} could be closed by ${side}, ${allowed[0]} are there: ${what}.`);
  }
}

/**
 * Contracts that an entry of ours has just closed instead of opening, because the position was held the other way (by hand): the stops of
 * both are too large by so many until the worker has heard of it.
 */
function crossed({ truth, schedule }: World, symbol: string): number {
  let sum = 0;
  for (let n = truth.fills.length - 1; n >= 0; n--) {
    const fill = truth.fills[n];
    if (fill?.symbol !== symbol) continue;
    const { execution, after } = fill;
    if (schedule.now - execution.ts > CROSSED_MS) break;
    if (!isOurs(execution.orderRef) || roleOf(execution.orderRef) !== 'entry') continue;
    const before = after - signedOf(execution);
    if (before * signedOf(execution) < 0) sum += Math.min(Math.abs(before), execution.shares);
  }
  return sum;
}

/**
 * Contracts that an order whose cancel was lost has closed since. A bare position is worse: after two seconds without an answer its emergency
 * stop is placed beside it, away from the market. Until the worker has heard of the fill it is too large by so many.
 */
function filledInSpite(world: World, symbol: string, side: 'BUY' | 'SELL'): number {
  let sum = 0;
  for (let n = world.truth.fills.length - 1; n >= 0; n--) {
    const fill = world.truth.fills[n];
    if (fill === undefined || world.schedule.now - fill.execution.ts > CROSSED_MS) break;
    const { permId, shares } = fill.execution;
    const closes = fill.symbol === symbol && world.truth.order(permId)?.action === side;
    if (closes && isCancelLost(world, permId)) sum += shares;
  }
  return sum;
}

/** Contracts that could still fill: one member of each group. */
function exposure(orders: readonly OrderRecord[]): number {
  const groups = new Map<string, number>();
  for (const { ocaGroup, permId, remaining } of orders) {
    const group = ocaGroup || String(permId);
    groups.set(group, Math.max(groups.get(group) ?? 0, remaining));
  }
  let sum = 0;
  for (const most of groups.values()) sum += most;
  return sum;
}

function describe({ orderRef, action, remaining, status, ocaGroup }: OrderRecord): string {
  return `${orderRef} ${action} ${remaining} ${status} in ${ocaGroup.split(':')[1] ?? 'no group'}`;
}
