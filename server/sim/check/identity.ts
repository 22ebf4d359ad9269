/**
 * I7: our reference is the order's identity. The exchange never has two orders under one, no order id is given to a second one, and in our
 * book no two orders share the broker's permanent id, nor does one change it.
 */
import type { EngineState } from '../../engine/model/state';
import type { Watcher, World } from '../world';
import { isOurs } from './ours';

export function identitiesAreUnique(): Watcher {
  const permIds = new Map<string, number>();
  const refs = new Map<string, string>();
  let version = -1;
  let requests = 0;
  let orders: EngineState['orders'] | null = null;
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
        const known = permIds.get(orderRef);
        if (known !== undefined && known !== permId)
          world.violate('I7', `${orderRef} is two orders at the exchange: ${known} and ${permId}.`);
        permIds.set(orderRef, permId);
      }
    },
    stepped: (world) => {
      const next = world.state?.orders;
      if (!next || next === orders) return;
      compare(world, orders ?? {}, next);
      orders = next;
    },
  };
}

function compare(world: World, before: EngineState['orders'], after: EngineState['orders']): void {
  const owners = new Map<number, string>();
  for (const order of Object.values(after)) {
    const { permId, spec } = order;
    if (permId === null || permId === 0) continue;
    const owner = owners.get(permId);
    if (owner !== undefined) world.violate('I7', `${owner} and ${spec.ref} are both permId ${permId}.`);
    owners.set(permId, spec.ref);
    const was = before[spec.ref]?.permId;
    if (was !== undefined && was !== null && was !== 0 && was !== permId)
      world.violate('I7', `${spec.ref} was permId ${was} and is ${permId}.`);
  }
}
