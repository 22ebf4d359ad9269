/**
 * Orders on their way out. They are handed to the socket in the turn they are commanded in, or not at all: nothing waits for a connection.
 * Write order is what protects: nothing of a bracket works at IB before its last leg, the stop, has left.
 */
import type { PlaceBracket } from '../../engine/model/command';
import type { Instrument } from '../../engine/model/instrument';
import type { OrderSpec } from '../../engine/model/order';
import type { Instruments } from './instruments';
import type { OrderIds } from './order-ids';
import { CODE } from './translate/codes';
import { contractOf } from './translate/instrument';
import { bracketTickets, type Destination, type Ticket, ticketOf } from './translate/order';
import type { Wire } from './wire';

const LEGS = 3;

export interface OrderDesk {
  placeBracket(bracket: PlaceBracket): void;
  placeOrder(spec: OrderSpec): void;
  modifyOrder(spec: OrderSpec): void;
  cancelOrder(orderRef: string): void;
}

export function createOrderDesk(
  wire: Wire,
  deps: { instruments: Instruments; orderIds: OrderIds; account(): string },
): OrderDesk {
  const { instruments, orderIds } = deps;

  function destinationOf(instrument: Instrument): Destination {
    return { account: deps.account(), tickSize: instrument.tickSize };
  }

  function hand(ticket: Ticket, instrument: Instrument): void {
    wire.api.placeOrder(ticket.orderId, contractOf(instrument), ticket.order);
  }

  /** The broker does not deduplicate by our reference, so a reference that it already has is never sent again. */
  function place(specs: readonly OrderSpec[], tickets: (to: Destination) => readonly Ticket[]): void {
    const symbol = specs[0]?.symbol ?? '';
    const instrument = instruments.bySymbol(symbol);
    if (instrument === null) {
      const why = `No contract of ${symbol} is known yet.`;
      for (const spec of specs) wire.emit({ type: 'OrderNotSent', orderRef: spec.ref, why });
      return;
    }
    const known = specs.find((spec) => orderIds.orderIdOf(spec.ref) !== null);
    if (known !== undefined) {
      const text = `${known.ref} is already with the broker: not sent a second time.`;
      wire.settings.log.error({ orderRef: known.ref }, text);
      wire.emit({ type: 'BrokerNotice', code: CODE.duplicateOrderId, text });
      return;
    }
    const handed = tickets(destinationOf(instrument));
    for (const ticket of handed) hand(ticket, instrument);
    for (const ticket of handed) orderIds.placed(ticket.orderId, ticket.spec.ref);
  }

  function refuse(orderRef: string, code: number, text: string): void {
    wire.emit({ type: 'OrderErrorReported', orderRef, orderId: 0, code, text });
  }

  return {
    placeBracket: (bracket) =>
      place([bracket.entry, bracket.target, bracket.stop], (to) =>
        bracketTickets(bracket, orderIds.take(LEGS), to),
      ),
    placeOrder: (spec) => place([spec], (to) => [ticketOf(spec, orderIds.take(1), to)]),
    modifyOrder: (spec) => {
      const orderId = orderIds.orderIdOf(spec.ref);
      const instrument = instruments.bySymbol(spec.symbol);
      if (orderId === null || instrument === null) {
        return refuse(
          spec.ref,
          CODE.orderToCancelNotFound,
          `${spec.ref} that needs to be modified is not found.`,
        );
      }
      hand(ticketOf(spec, orderId, destinationOf(instrument)), instrument);
    },
    cancelOrder: (orderRef) => {
      const orderId = orderIds.orderIdOf(orderRef);
      if (orderId === null) {
        return refuse(
          orderRef,
          CODE.orderToCancelNotFound,
          `${orderRef} that needs to be cancelled is not found.`,
        );
      }
      wire.api.cancelOrder(orderId);
    },
  };
}
