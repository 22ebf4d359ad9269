/**
 * What no engine can prevent, each with its name: closers that work where nobody of ours can cancel them, and cancels that are on their way.
 */
import { isLive } from '../../engine/model/order';
import type { OrderRecord } from '../../exchange/words';
import type { Watcher, World } from '../world';
import type { EngineTime } from './engine-time';
import { cycleOf, isInBook, roleOf } from './ours';

/**
 * Under another client id than the worker's, in a group that has filled in part: it cannot be cancelled, and nothing can join it. A stop of our
 * own beside it is better than a bare position.
 */
export function isStuckElsewhere({ truth, clientId }: World, order: OrderRecord): boolean {
  if (order.clientId === clientId) return false;
  return truth.fills.some(({ execution }) => {
    const filled = truth.order(execution.permId);
    return (
      filled !== undefined &&
      cycleOf(filled.orderRef) === cycleOf(order.orderRef) &&
      filled.ocaGroup !== '' &&
      filled.ocaGroup === order.ocaGroup
    );
  });
}

/** It works under another client id, and the worker knows and has said so. */
export function isOutOfReach({ state }: World, orderRef: string): boolean {
  const order = state?.orders[orderRef];
  return order?.outOfReach === true && isLive(order);
}

/** A cancel is asked for again after a second, by a report's word. */
const CANCEL_TAKES_MS = 2_000;
const BY_HAND_MS = 35_000;

/** What a person traded makes a closer of ours superfluous; its cancel takes its time, and more when the line is cut meanwhile. */
export class CancelsUnderWay implements Watcher {
  private readonly asked = new Map<string, number>();

  constructor(private readonly time: EngineTime) {}

  commanded(_: World, command: Parameters<NonNullable<Watcher['commanded']>>[1]): void {
    if (command.type === 'CancelOrder' && !this.asked.has(command.ref))
      this.asked.set(command.ref, this.time.actingMs);
  }

  excuses(world: World, orderRef: string, symbol: string): boolean {
    const askedMs = this.asked.get(orderRef);
    if (askedMs === undefined || this.time.actingMs - askedMs > CANCEL_TAKES_MS) return false;
    const { truth, schedule } = world;
    return truth.fills.some(
      ({ symbol: traded, execution }) =>
        traded === symbol &&
        schedule.now - execution.ts <= BY_HAND_MS &&
        !isInBook(world, execution.orderRef),
    );
  }
}

/** What waits for a cancel does not wait for ever: two seconds, less what the line took longer for the cancel. */
const CANCEL_WAIT_MS = 1_500;

/** The worker asked for its cancel, which never reached the exchange, and what waited for it waits no longer. */
export function isCancelLost({ gateway, schedule }: World, permId: number): boolean {
  const ts = gateway.lostCancels.get(permId);
  return ts !== undefined && schedule.now - ts >= CANCEL_WAIT_MS;
}

/** A worker that sleeps hears later. */
const CROSSED_MS = 15_000;

/** An entry whose cancel never arrived has just closed what this closer was to close: neither waits for the other for ever. */
export function isCrossedInSpite(world: World, symbol: string, side: string, seen: number): boolean {
  const { truth, schedule } = world;
  for (let n = seen - 1; n >= 0; n--) {
    const fill = truth.fills[n];
    if (fill === undefined || schedule.now - fill.execution.ts > CROSSED_MS) return false;
    const { permId, orderRef, side: filled } = fill.execution;
    const entered = fill.symbol === symbol && filled === side && roleOf(orderRef) === 'entry';
    if (entered && isCancelLost(world, permId)) return true;
  }
  return false;
}
