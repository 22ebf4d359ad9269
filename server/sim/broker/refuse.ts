/** An order that IB turns down, in the manner in which it does (ib-protocol 3.7), whatever the exchange would have said. */
import { EventName } from '@stoqey/ib';
import type { OrderRequest } from '../../exchange/words';
import type { Counter, Peer } from './peer';

/** The next order of that role is refused. */
export interface RefusalToCome {
  role: string;
  code: number;
  text: string;
  /** A status and an error in either order, an error alone, cancelled before it was acknowledged, or no reason at all. */
  manner: 'statusFirst' | 'errorFirst' | 'errorOnly' | 'apiCancelled' | 'inactiveSilently';
}

/** @returns false when none is due for this order; one that was is taken off the list. */
export function refuse(
  gateway: Counter,
  due: RefusalToCome[],
  { client, request }: { client: Peer; request: OrderRequest },
): boolean {
  const role = request.orderRef?.split(':')[1]?.split('-')[0] ?? '';
  const at = due.findIndex((refusal) => refusal.role === role);
  const [refusal] = at < 0 ? [] : due.splice(at, 1);
  if (!refusal) return false;
  gateway.parts.count(`refused:${refusal.manner}`);
  say(client, request.orderId, refusal);
  transmitFamilyWithout(gateway, request);
  return true;
}

/** A child that is refused is refused alone: an order of no size carries its transmit flag and becomes nothing (ib-protocol 3.3). */
function transmitFamilyWithout(gateway: Counter, request: OrderRequest): void {
  if (!request.transmit || !request.parentId) return;
  gateway.at((exchange) =>
    exchange.placeOrder({ ...request, totalQuantity: 0 }).filter((event) => event.kind !== 'error'),
  );
}

function say(client: Peer, orderId: number, { code, text, manner }: RefusalToCome): void {
  const status = (word: string) =>
    client.tell(EventName.orderStatus, [orderId, word, 0, 1, 0, 0, 0, 0, client.clientId, '', 0]);
  const error = () => client.tell(EventName.error, [new Error(text), code, orderId]);
  switch (manner) {
    case 'statusFirst':
      status('Inactive');
      error();
      break;
    case 'errorFirst':
      error();
      status('Inactive');
      break;
    case 'errorOnly':
      error();
      break;
    case 'apiCancelled':
      status('ApiCancelled');
      break;
    case 'inactiveSilently':
      status('Inactive');
      break;
  }
}
