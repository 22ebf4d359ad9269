/** What a command that cannot be sent comes back as: news about each of its orders, so that none is left in doubt. */
import type { BrokerCommand } from '../../engine/model/command';
import type { BrokerEvent } from '../../engine/model/event';
import { CODE } from './translate/codes';

/**
 * `OrderNotSent` says that the order itself never left. A change or a cancel of an order that did leave is an error of that order instead:
 * the order is where it was.
 */
export function unsentEvents(command: BrokerCommand, why: string): BrokerEvent[] {
  switch (command.type) {
    case 'PlaceBracket':
      return [command.entry, command.target, command.stop].map((spec) => ({
        type: 'OrderNotSent',
        orderRef: spec.ref,
        why,
      }));
    case 'PlaceOrder':
      return [{ type: 'OrderNotSent', orderRef: command.order.ref, why }];
    case 'ModifyOrder':
      return [notConnected(command.order.ref, `The change was not sent. ${why}`)];
    case 'CancelOrder':
      return [notConnected(command.ref, `The cancel was not sent. ${why}`)];
    case 'RequestReport':
      return [];
  }
}

function notConnected(orderRef: string, text: string): BrokerEvent {
  return { type: 'OrderErrorReported', orderRef, orderId: 0, code: CODE.notConnected, text };
}
