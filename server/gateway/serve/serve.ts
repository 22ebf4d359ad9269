/** One door from a request to its handler; a kind of request without a handler does not compile. */
import type { Request } from '../request/request';
import type { Client } from '../session/client';
import { accountHandlers } from './account';
import type { Desk, Handler, Handlers, RequestKind, RequestOf } from './desk';
import { historyHandlers } from './history';
import { marketHandlers } from './market';
import { orderHandlers } from './orders';
import { referenceHandlers } from './reference';
import { tickHandlers } from './ticks';

const handlers: Handlers<RequestKind> = {
  ...orderHandlers,
  ...marketHandlers,
  ...tickHandlers,
  ...accountHandlers,
  ...referenceHandlers,
  ...historyHandlers,
};

/** Answers one request of one client. */
export function serve(desk: Desk, client: Client, request: Request): void {
  dispatch(desk, client, request.kind, request);
}

function dispatch<K extends RequestKind>(desk: Desk, client: Client, kind: K, request: RequestOf<K>): void {
  const handler: Handler<K> = handlers[kind];
  handler(desk, client, request);
}
