/**
 * I7: our reference is the order's identity. The exchange never has two orders under one, no order id is given to a second one, and in our
 * book no two orders share the broker's permanent id, nor does one change it, nor become another order.
 */
import type { Order } from '../../engine/model/order';
import type { EngineState } from '../../engine/model/state';
import type { Watcher, World } from '../world';
import { isForgotten, isOurs } from './ours';

/** Of an order in the book: what no later word may change. */
const IDENTITY = ['cycleId', 'role', 'symbol', 'side'] as const;

export function identitiesAreUnique(): Watcher {
  /** References by the exchange's own number. */
  const permIds = new Map<number, string>();
  const refs = new Map<string, string>();
  let version = -1;
  let requests = 0;
  let orders: EngineState['orders'] = {};
  const owners = new Map<number, string>();
  return {
    always: (world) => {
      const { truth } = world;
      for (; requests < truth.requests.length; requests++) {
        const { clientId, orderId, orderRef = '' } = truth.requests[requests] ?? { clientId: 0, orderId: 0 };
        const key = `${clientId}/${orderId}`;
        const known = refs.get(key);
        refs.set(key, orderRef);
        if (known === undefined || known === orderRef) continue;
        // the disk forgot it or never took it, and so did the gateway: it was refused there, or the gateway's own count fell back
        const accepted = truth
          .all()
          .some((o) => o.orderRef === known && o.orderId === orderId && o.clientId === clientId);
        const lost = world.counts.has('restored') || world.counts.has('sentUnwritten');
        const forgotten = lost && (!accepted || world.counts.has('nextValidIdRollback'));
        if (forgotten) world.count('excused:I7:forgotten');
        else
          world.violate('I7', `Order id ${orderId} of client ${clientId} was ${known} and is ${orderRef}.`);
      }
      if (truth.version === version) return;
      version = truth.version;
      for (const { permId, orderRef } of truth.all()) {
        if (!isOurs(orderRef)) continue;
        if (permIds.has(permId)) continue;
        const other = [...permIds].find(([, ref]) => ref === orderRef)?.[0];
        if (other !== undefined) {
          if (isForgotten(world, other)) world.count('excused:I7:leftOut');
          else world.violate('I7', `${orderRef} is two orders at the exchange: ${other} and ${permId}.`);
        }
        permIds.set(permId, orderRef);
      }
    },
    stepped: (world, entries) => {
      // a worker that starts may know an older book
      if (entries.some(({ event }) => event.type === 'WorkerStarted')) {
        orders = {};
        owners.clear();
      }
      const next = world.state?.orders;
      if (!next || next === orders) return;
      for (const order of Object.values(next)) {
        const was = orders[order.spec.ref];
        if (was !== order) compare(world, owners, was, order);
      }
      orders = next;
    },
  };
}

function compare(world: World, owners: Map<number, string>, was: Order | undefined, order: Order): void {
  const { permId, spec } = order;
  const { ref } = spec;
  if (was && IDENTITY.some((field) => was.spec[field] !== spec[field]))
    world.violate('I7', `${ref} has become another order.`);
  if (!permId) return;
  const owner = owners.get(permId);
  if (owner !== undefined && owner !== ref)
    world.violate('I7', `${owner} and ${ref} are both permId ${permId}.`);
  owners.set(permId, ref);
  if (was?.permId && was.permId !== permId)
    world.violate('I7', `${ref} was permId ${was.permId} and is ${permId}.`);
}
