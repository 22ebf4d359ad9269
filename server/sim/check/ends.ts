/**
 * I8: an end is an end, and only the broker's. In our book Cancelled, Rejected and Filled are left only toward an end that says more, and
 * no order has ended there that still works at the exchange.
 */
import type { Order, OrderPhase } from '../../engine/model/order';
import type { EngineState } from '../../engine/model/state';
import type { Watcher, World } from '../world';
import { isForgotten } from './ours';

const RANK: Partial<Record<OrderPhase, number>> = { Cancelled: 1, Rejected: 2, Filled: 3 };

export function endsAreFinal(): Watcher {
  let orders: EngineState['orders'] = {};
  return {
    stepped: (world, entries) => {
      if (entries.some((entry) => entry.event.type === 'WorkerStarted')) orders = {};
      const next = world.state?.orders;
      if (!next || next === orders) return;
      for (const order of Object.values(next)) {
        const was = orders[order.spec.ref];
        if (was !== order) judge(world, was, order);
      }
      orders = next;
    },
  };
}

function judge(world: World, was: Order | undefined, order: Order): void {
  const { ref } = order.spec;
  const [before, now] = [rank(was), rank(order)];
  const byCountOnly = was?.phase === 'Filled' && was.brokerStatus !== 'Filled';
  if (now < before && !byCountOnly) world.violate('I8', `${ref} was ${was?.phase} and is ${order.phase}.`);
  if (now === 0 || before === now || order.phase === 'Filled') return;
  const works = world.truth
    .live()
    .find((live) => live.orderRef === ref && live.permId === (order.permId ?? live.permId));
  if (works && isForgotten(world, works.permId)) world.count('excused:I8:leftOut');
  else if (works)
    world.violate('I8', `${ref} is ${order.phase} in our book and ${works.status} at the exchange.`);
}

function rank(order: Order | undefined): number {
  return order ? (RANK[order.phase] ?? 0) : 0;
}
