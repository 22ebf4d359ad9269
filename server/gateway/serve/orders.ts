/** Orders: place (or modify), cancel, ask what is open, what is done, and what an order would cost. */
import { z } from 'zod';
import type { Exchange } from '../../exchange/exchange';
import type { OrderRequest as ExchangeOrder, OrderRecord } from '../../exchange/words';
import { completedOrder, completedOrdersEnd } from '../answer/completed-order';
import { openOrder, openOrderEnd, orderStatus } from '../answer/order';
import { errorMessage } from '../answer/system';
import type { OrderRequest, OrderTicket } from '../request/orders';
import type { GatewayRules } from '../rules';
import type { Client } from '../session/client';
import { NO_ID } from '../wire/fields';
import type { Message } from '../wire/frame';
import type { Handlers } from './desk';
import { whatIf } from './what-if';

/** What IB remarks about an order that it takes (ib-protocol 3.9). */
function noticesOf(
  orderId: number,
  { tif, outsideRth, orderType }: OrderTicket,
  rules: GatewayRules,
): Message[] {
  const isPlain = orderType === 'MKT' || orderType === 'LMT';
  return [
    ...(rules.presetNotice && tif === '' ? [errorMessage(orderId, 10349, PRESET_NOTICE)] : []),
    ...(rules.outsideRthNotice && outsideRth && isPlain
      ? [errorMessage(orderId, 2109, OUTSIDE_RTH_IGNORED)]
      : []),
  ];
}

const PRESET_NOTICE = 'Order TIF was set to DAY based on order preset.';
const OUTSIDE_RTH_IGNORED =
  "Order Event Warning:Attribute 'Outside Regular Trading Hours' is ignored based on the order type and destination. PlaceOrder is now being processed.";

const CROSSES_SIDES = 'The closing order quantity is greater than your current position.';

/** Would it turn the position around? */
function crossesSides(exchange: Exchange, { contract, action, totalQuantity }: ExchangeOrder): boolean {
  const [found] = exchange.contracts(contract);
  const held = found === undefined ? 0 : (exchange.position(found.contract.conId)?.position ?? 0);
  const closes = action === 'BUY' ? held < 0 : held > 0;
  return closes && totalQuantity > Math.abs(held);
}

/** Order attributes of other times: TWS refuses an order that has one (ib-protocol 3.9). */
const UNSUPPORTED: readonly { attribute: string; code: number; isSet: (ticket: OrderTicket) => boolean }[] = [
  { attribute: 'EtradeOnly', code: 10268, isSet: ({ eTradeOnly }) => eTradeOnly },
  { attribute: 'firmQuoteOnly', code: 10269, isSet: ({ firmQuoteOnly }) => firmQuoteOnly },
  { attribute: 'nbboPriceCap', code: 10270, isSet: ({ nbboPriceCap }) => (nbboPriceCap ?? 0) !== 0 },
];

/** The client to which orders placed by hand can be bound. */
const DEFAULT_CLIENT = 0;

export const orderHandlers: Handlers<OrderRequest['kind']> = {
  placeOrder: (desk, client, { orderId, contract, ticket }) => {
    const reading = spokenByExchange(ticket);
    if (!reading.ok) {
      const text = `Error validating request.-'bF' : cause - ${reading.reason}`;
      client.send(errorMessage(orderId, 321, text));
      return;
    }
    const unsupported = UNSUPPORTED.find(({ isSet }) => isSet(ticket));
    if (unsupported) {
      const text = `The '${unsupported.attribute}' order attribute is not supported.`;
      client.send(errorMessage(orderId, unsupported.code, text));
      return;
    }
    const order: ExchangeOrder = { ...reading.words, clientId: client.id, orderId, contract };
    if (ticket.whatIf) {
      whatIf(desk, client, order);
      return;
    }
    client.send(...noticesOf(orderId, ticket, desk.rules));
    if (desk.rules.crossSideNotice && crossesSides(desk.exchange, order))
      client.send(errorMessage(orderId, 2137, CROSSES_SIDES));
    desk.publish(desk.exchange.placeOrder(order));
  },

  cancelOrder: (desk, client, { orderId }) => desk.publish(desk.exchange.cancelOrder(client.id, orderId)),

  reqGlobalCancel: (desk, client) => desk.publish(desk.exchange.globalCancel(client.id)),

  /** Asked by client 0, it takes over what was placed by hand. */
  reqOpenOrders: (desk, client) => {
    const { exchange } = desk;
    if (client.id === DEFAULT_CLIENT) desk.publish(exchange.bindByHand());
    client.send(...orderPicture(exchange.openOrders(client.id), client.version), openOrderEnd());
  },

  reqAllOpenOrders: ({ exchange }, client) => {
    client.send(...orderPicture(exchange.openOrders('all'), client.version), openOrderEnd());
  },

  /** From now on client 0 owns what is placed by hand. */
  reqAutoOpenOrders: (_desk, client, { autoBind }) => {
    if (client.id === DEFAULT_CLIENT) {
      client.bindsOrdersByHand = autoBind;
      return;
    }
    const text = 'Only the default client (i.e 0) can auto bind orders.';
    client.send(errorMessage(NO_ID, 327, text));
  },

  reqCompletedOrders: ({ exchange }, client, { apiOnly }) => {
    const wanted = exchange.completedOrders().filter(({ orderId }) => !apiOnly || orderId > 0);
    const done = wanted.map((order) => completedOrder(order, client.version));
    client.send(...done, completedOrdersEnd());
  },
};

/** What a client is told of orders that were there before it asked: each order, then its status. */
export function orderPicture(orders: readonly OrderRecord[], version: number): Message[] {
  return orders.flatMap((order) => [openOrder(order, version), orderStatus(order)]);
}

/** Sends a client that has just connected its own live orders, if it has any. */
export function pushLiveOrders(client: Client, orders: readonly OrderRecord[]): void {
  if (orders.length > 0) client.send(...orderPicture(orders, client.version), openOrderEnd());
}

const spoken = z.object({
  action: z.enum(['BUY', 'SELL'], 'Invalid action was entered'),
  orderType: z.enum(['MKT', 'LMT', 'STP', 'STP LMT', 'TRAIL'], 'Invalid order type was entered'),
  tif: z.enum(['DAY', 'GTC', 'IOC', 'FOK'], 'Invalid time in force was entered'),
  triggerMethod: z.literal([0, 1, 2, 3, 4, 7, 8], 'Invalid trigger method was entered'),
  ocaType: z.union([z.literal(1), z.literal(2), z.literal(3)], 'Invalid OCA type was entered').optional(),
});

type ExchangeWords = Omit<ExchangeOrder, 'clientId' | 'orderId' | 'contract'>;
type Reading = { ok: true; words: ExchangeWords } | { ok: false; reason: string };

/** The ticket in the exchange's words. An empty time in force is DAY, an OCA type of 0 is "not said". */
function spokenByExchange(ticket: OrderTicket): Reading {
  const parsed = spoken.safeParse({
    action: ticket.action,
    orderType: ticket.orderType === 'STPLMT' ? 'STP LMT' : ticket.orderType,
    tif: ticket.tif || 'DAY',
    ocaType: ticket.ocaType || undefined,
    triggerMethod: ticket.triggerMethod,
  });
  if (!parsed.success) return { ok: false, reason: parsed.error.issues[0]?.message ?? 'Invalid order' };
  const { ocaType, ...words } = parsed.data;
  return {
    ok: true,
    words: {
      ...words,
      ...(ocaType === undefined ? {} : { ocaType }),
      totalQuantity: ticket.totalQuantity,
      lmtPrice: ticket.lmtPrice,
      auxPrice: ticket.auxPrice,
      trailStopPrice: ticket.trailStopPrice,
      trailingPercent: ticket.trailingPercent || undefined,
      transmit: ticket.transmit,
      parentId: ticket.parentId,
      ocaGroup: ticket.ocaGroup,
      outsideRth: ticket.outsideRth,
      account: ticket.account,
      orderRef: ticket.orderRef,
    },
  };
}
