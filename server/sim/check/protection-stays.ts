/**
 * I3: what protects an open position is not cancelled or made smaller than it, except on the way to closing it: an exit is wanted, a
 * closing order for at least as much works, or a flatten runs. That it has rested for long is no reason (F08, F10).
 */
import { isRunning } from '../../engine/model/book';
import type { Command } from '../../engine/model/command';
import { netQuantity } from '../../engine/model/cycle';
import { isLive, type Order, remainingOf } from '../../engine/model/order';
import type { EngineState } from '../../engine/model/state';
import type { Watcher, World } from '../world';
import { reading } from './reading';

export function protectionStays(): Watcher {
  /** What each cycle held by the step that decided it: a commit may hold more than one, and the next may have heard of a fill. */
  const heldThen = new WeakMap<Command, ReadonlyMap<string, number>>();
  /** Signed contracts by cycle. */
  let sizes: ReadonlyMap<string, number> = new Map();
  const read = reading({
    restored: () => {
      sizes = new Map();
    },
    entry: ({ facts, commands }) => {
      for (const fact of facts)
        if (fact.type === 'OrderFilled') {
          const signed = fact.side === 'BUY' ? fact.quantity : -fact.quantity;
          sizes = new Map(sizes).set(fact.cycleId, (sizes.get(fact.cycleId) ?? 0) + signed);
        }
      for (const command of commands) heldThen.set(command, sizes);
    },
  });
  return {
    stepped: read,
    commanded: (world, command) => {
      read(world);
      const { state } = world.worker;
      if (!state || (command.type !== 'CancelOrder' && command.type !== 'ModifyOrder')) return;
      const order = state.orders[command.type === 'CancelOrder' ? command.ref : command.order.ref];
      const left = order && protectionLeft(command, order);
      if (!order || left === null || left === undefined) return;
      const works = world.truth.live().find((live) => live.orderRef === order.spec.ref);
      if (command.type === 'CancelOrder' && isGone(world, command.ref)) return;
      if (command.type === 'ModifyOrder' && command.order.quantity >= (works?.totalQuantity ?? 0)) return;
      const cycle = state.cycles[order.spec.cycleId];
      if (!cycle) return;
      const then = heldThen.get(command)?.get(cycle.cycleId) ?? Number.POSITIVE_INFINITY;
      const held = Math.min(Math.abs(netQuantity(cycle)), Math.abs(then));
      // a person has taken it over
      if (cycle.orphan?.decision === 'ignore') return;
      // by a status it may be less than by executions
      const there = Math.abs(world.truth.position(cycle.symbol));
      if (left >= Math.min(held, there) || cycle.exit !== null || closes(state, order, held)) return;
      const { flatten } = state;
      if (isRunning(flatten)) return;
      if (covered(state, order) >= held) return;
      world.violate(
        'I3',
        `${command.type} ${order.spec.ref} leaves ${left} of ${held} ${order.spec.symbol}.`,
      );
    },
  };
}

/** Its group, or somebody else, has ended it at the exchange, and the word of it is on its way. */
function isGone({ truth }: World, ref: string): boolean {
  const known = truth.all().filter(({ orderRef }) => orderRef === ref);
  return known.length > 0 && !known.some((order) => truth.isLive(order));
}

/** Contracts that the order still protects afterwards; null when it protects nothing, or as much as before or more. */
function protectionLeft(command: Command, { spec, filledQuantity }: Order): number | null {
  if (spec.role !== 'stop' && spec.role !== 'emergency') return null;
  if (command.type !== 'ModifyOrder') return 0;
  return command.order.quantity >= spec.quantity ? null : command.order.quantity - filledQuantity;
}

function closes(state: EngineState, { spec }: Order, held: number): boolean {
  return Object.values(state.orders).some(
    (other) =>
      other.spec.cycleId === spec.cycleId &&
      other.spec.role === 'exit' &&
      isLive(other) &&
      remainingOf(other) >= held,
  );
}

/** By other stops of the cycle that work. */
function covered(state: EngineState, { spec }: Order): number {
  return Object.values(state.orders)
    .filter(
      (other) =>
        other.spec.cycleId === spec.cycleId &&
        other.spec.ref !== spec.ref &&
        (other.spec.role === 'stop' || other.spec.role === 'emergency') &&
        other.phase === 'Working',
    )
    .reduce((sum, other) => sum + remainingOf(other), 0);
}
