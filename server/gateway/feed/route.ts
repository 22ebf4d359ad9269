/**
 * Who hears what. Orders, executions, commissions and errors go to the client that owns the order (or that asked);
 * positions, quotes and bars go to whoever subscribed. On the wire they keep the order in which they happened.
 */
import type { ExchangeEvent, OrderKey } from '../../exchange/words';
import { commissionReport, execDetails, LIVE_EXECUTION } from '../answer/execution';
import { openOrder, orderBound, orderStatus } from '../answer/order';
import { errorMessage } from '../answer/system';
import type { GatewayRules } from '../rules';
import type { Client } from '../session/client';
import type { Message } from '../wire/frame';

const MASTER_HEARS: readonly ExchangeEvent['kind'][] = [
  'openOrder',
  'orderStatus',
  'execDetails',
  'commissionReport',
];

/** Tells `client` what of `event` concerns it; the master hears of everybody's orders and fills, but not of their errors. */
export function tell(client: Client, event: ExchangeEvent, { masterClientId }: GatewayRules): void {
  const owner = ownerOf(event);
  const oversees = client.id === masterClientId && MASTER_HEARS.includes(event.kind);
  if (owner === client.id || oversees) client.send(...orderMessages(event, client.version));
  for (const feed of client.feeds) client.send(...feed.on(event));
}

function ownerOf(event: ExchangeEvent): number | undefined {
  switch (event.kind) {
    case 'openOrder':
      return ownerOfOrder(event.order);
    case 'orderStatus':
      return ownerOfOrder(event.status);
    case 'execDetails':
      return event.execution.clientId;
    case 'commissionReport':
      return event.report.clientId;
    case 'error':
    case 'orderBound':
      return event.clientId;
    case 'position':
    case 'quote':
    case 'bar':
      return undefined;
  }
}

/** What is placed by hand and bound to nobody has no owner; its fills, though, are client 0's to hear. */
function ownerOfOrder({ clientId, orderId }: OrderKey): number | undefined {
  return orderId === 0 ? undefined : clientId;
}

function orderMessages(event: ExchangeEvent, version: number): Message[] {
  switch (event.kind) {
    case 'openOrder':
      return [openOrder(event.order, version)];
    case 'orderStatus':
      return [orderStatus(event.status)];
    case 'execDetails':
      return [execDetails(LIVE_EXECUTION, event.execution, version)];
    case 'commissionReport':
      return [commissionReport(event.report)];
    case 'orderBound':
      return [orderBound(event)];
    case 'error':
      return [errorMessage(event.orderId, event.code, event.text)];
    case 'position':
    case 'quote':
    case 'bar':
      return [];
  }
}
