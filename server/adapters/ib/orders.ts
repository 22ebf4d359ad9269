/**
 * Orders on their way out. They are handed to the wire in the turn they are commanded in, or not at all: nothing waits for a connection.
 * Write order is what protects: nothing of a bracket works at IB before its last leg, the stop, has left, and its legs leave together.
 * What reduces risk goes before what does not, should IB's limit of messages be reached.
 */
import type { PlaceBracket } from '../../engine/model/command';
import type { Instrument } from '../../engine/model/instrument';
import type { OrderSpec } from '../../engine/model/order';
import type { Instruments } from './instruments';
import type { OrderIds } from './order-ids';
import { CODE } from './translate/codes';
import { contractOf } from './translate/instrument';
import { bracketTickets, type Destination, type Ticket, ticketOf } from './translate/order';
import type { Usage } from './usage';
import type { Wire } from './wire';

const LEGS = 3;
/** What was decided before the engine heard of a new month was decided at prices of the old one. */
const ROLLED_MOMENT_AGO_MS = 5_000;

export interface OrderDesk {
  placeBracket(bracket: PlaceBracket): void;
  placeOrder(spec: OrderSpec): void;
  modifyOrder(spec: OrderSpec): void;
  cancelOrder(orderRef: string): void;
}

export function createOrderDesk(
  wire: Wire,
  deps: { instruments: Instruments; orderIds: OrderIds; usage: Usage; account(): string },
): OrderDesk {
  const { instruments, orderIds } = deps;

  function destinationOf(instrument: Instrument): Destination {
    return { account: deps.account(), tickSize: instrument.tickSize };
  }

  function hand(tickets: readonly Ticket[], instrument: Instrument, withdrawn?: (why: string) => void): void {
    const orderIds = tickets.map((ticket) => ticket.orderId);
    const urgent = tickets.every((ticket) => ticket.spec.reduceOnly);
    const contract = contractOf(instrument);
    wire.hand({ orderIds, urgent, withdrawn }, () => {
      for (const { orderId, order } of tickets) wire.api.placeOrder(orderId, contract, order);
    });
  }

  /** The broker does not deduplicate by our reference, so a reference that it already has is never sent again. */
  function place(specs: readonly OrderSpec[], tickets: (to: Destination) => readonly Ticket[]): void {
    const symbol = specs[0]?.symbol ?? '';
    const instrument = instruments.bySymbol(symbol);
    if (instrument === null) {
      notSent(specs, `No contract of ${symbol} is known yet.`);
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
    hand(handed, instrument, (why) => notSent(specs, why));
    for (const { orderId, spec } of handed) {
      orderIds.placed(orderId, spec.ref);
      deps.usage.works({ orderId, clientId: wire.settings.clientId }, instrument.conId);
    }
  }

  function rolledJustNow(symbol: string): boolean {
    const rolledHostMs = instruments.rolledHostMs(symbol);
    return rolledHostMs !== null && wire.settings.clock.now().hostMs - rolledHostMs < ROLLED_MOMENT_AGO_MS;
  }

  function notSent(specs: readonly OrderSpec[], why: string): void {
    for (const { ref: orderRef } of specs) wire.emit({ type: 'OrderNotSent', orderRef, why });
  }

  function refuse(orderRef: string, code: number, text: string): void {
    wire.emit({ type: 'OrderErrorReported', orderRef, orderId: 0, code, text });
  }

  return {
    placeBracket: (bracket) => {
      const specs = [bracket.entry, bracket.target, bracket.stop];
      const { symbol } = bracket.entry;
      if (rolledJustNow(symbol)) {
        return notSent(specs, `${symbol} has just been rolled: its prices were those of the old month.`);
      }
      place(specs, (to) => bracketTickets(bracket, orderIds.take(LEGS), to));
    },
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
      hand([ticketOf(spec, orderId, destinationOf(instrument))], instrument);
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
      if (wire.withdraw(orderId)) return;
      wire.hand({ orderIds: [orderId], urgent: true }, () => wire.api.cancelOrder(orderId));
    },
  };
}
