/**
 * Our order -> IB's. What is not said explicitly IB decides: an order without `transmit` is parked and never sent,
 * a child without an OCA group gets IB's own type 3 (which can overfill). `orderMiscOptions` is never set: it shifts the whole message.
 */
import { type Order, OrderAction, OrderType } from '@stoqey/ib';
import type { PlaceBracket } from '../../../engine/model/command';
import { priceOf } from '../../../engine/model/money';
import type { OrderSpec } from '../../../engine/model/order';

const OCA_CANCEL_WITH_BLOCK = 1;
const NO_PARENT = 0;

const ACTIONS = { BUY: OrderAction.BUY, SELL: OrderAction.SELL } as const;
const TYPES = {
  MKT: OrderType.MKT,
  LMT: OrderType.LMT,
  STP: OrderType.STP,
  'STP LMT': OrderType.STP_LMT,
} as const;

export interface Destination {
  account: string;
  /** Points, e.g. 0.25. */
  tickSize: number;
}

/** One leg on its way: the id it will bear and what goes out under it. */
export interface Ticket {
  orderId: number;
  spec: OrderSpec;
  order: Order;
}

/** An order that stands alone, sent at once. Also a modification: the parent of a working child is never named again (IB error 135). */
export function ticketOf(spec: OrderSpec, orderId: number, to: Destination): Ticket {
  return { orderId, spec, order: orderOf(spec, to, { parentId: NO_PARENT, transmit: true }) };
}

/**
 * Parent (transmit false), target (false), stop (true): nothing works at IB before the stop has arrived there.
 * @param firstId the parent's; the children take the next two.
 */
export function bracketTickets(bracket: PlaceBracket, firstId: number, to: Destination): readonly Ticket[] {
  const { entry, target, stop } = bracket;
  const group = target.ocaGroup ?? stop.ocaGroup ?? entry.cycleId;
  const child = (spec: OrderSpec): OrderSpec => ({ ...spec, ocaGroup: group });
  return [
    {
      orderId: firstId,
      spec: entry,
      order: orderOf(entry, to, { parentId: NO_PARENT, transmit: false }),
    },
    {
      orderId: firstId + 1,
      spec: target,
      order: orderOf(child(target), to, { parentId: firstId, transmit: false }),
    },
    {
      orderId: firstId + 2,
      spec: stop,
      order: orderOf(child(stop), to, { parentId: firstId, transmit: true }),
    },
  ];
}

function orderOf(spec: OrderSpec, to: Destination, link: { parentId: number; transmit: boolean }): Order {
  return {
    action: ACTIONS[spec.side],
    totalQuantity: spec.quantity,
    orderType: TYPES[spec.type],
    ...priceFields(spec, to.tickSize),
    tif: spec.tif,
    account: to.account,
    orderRef: spec.ref,
    outsideRth: true,
    parentId: link.parentId,
    ...(spec.ocaGroup === null ? {} : { ocaGroup: spec.ocaGroup, ocaType: OCA_CANCEL_WITH_BLOCK }),
    transmit: link.transmit,
  };
}

function priceFields(spec: OrderSpec, tickSize: number): Pick<Order, 'lmtPrice' | 'auxPrice'> {
  const fields: Pick<Order, 'lmtPrice' | 'auxPrice'> = {};
  if (spec.limitTicks !== null) fields.lmtPrice = priceOf(spec.limitTicks, tickSize);
  if (spec.triggerTicks !== null) fields.auxPrice = priceOf(spec.triggerTicks, tickSize);
  return fields;
}
