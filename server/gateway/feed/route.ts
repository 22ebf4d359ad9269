/**
 * Who hears what. Orders, executions, commissions and errors go to the client that owns the order (or that asked);
 * positions, quotes and bars go to whoever subscribed. On the wire they keep the order in which they happened.
 */
import type { ExchangeEvent } from '../../exchange/words';
import { commissionReport, execDetails, LIVE_EXECUTION } from '../answer/execution';
import { openOrder, orderStatus } from '../answer/order';
import { errorMessage } from '../answer/system';
import type { GatewayRules } from '../rules';
import type { Client } from '../session/client';
import type { Message } from '../wire/frame';

/** Tells `client` what of `event` concerns it; the master hears of everybody's orders and fills, but not of their errors. */
export function tell(client: Client, event: ExchangeEvent, { masterClientId }: GatewayRules): void {
  const owner = ownerOf(event);
  const oversees = client.id === masterClientId && owner !== undefined && event.kind !== 'error';
  if (owner === client.id || oversees) client.send(...orderMessages(event, client.version));
  for (const feed of client.feeds) client.send(...feed.on(event));
}

function ownerOf(event: ExchangeEvent): number | undefined {
  switch (event.kind) {
    case 'openOrder':
      return event.order.clientId;
    case 'orderStatus':
      return event.status.clientId;
    case 'execDetails':
      return event.execution.clientId;
    case 'commissionReport':
      return event.report.clientId;
    case 'error':
      return event.clientId;
    case 'position':
    case 'quote':
    case 'bar':
      return undefined;
  }
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
    case 'error':
      return [errorMessage(event.orderId, event.code, event.text)];
    case 'position':
    case 'quote':
    case 'bar':
      return [];
  }
}
