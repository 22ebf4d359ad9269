/** What a request handler may touch, and the shape of a handler: one per kind of request. */
import type { Exchange } from '../../exchange/exchange';
import type { ContractDetails, ContractQuery, ExchangeEvent } from '../../exchange/words';
import { errorMessage } from '../answer/system';
import type { Request } from '../request/request';
import type { GatewayRules } from '../rules';
import type { Client } from '../session/client';

export interface Desk {
  readonly exchange: Exchange;
  /** Wall time between two market-data messages of a subscription, ms. */
  readonly quoteIntervalMs: number;
  readonly rules: GatewayRules;
  /** Tells every client concerned what the exchange just said. */
  publish(events: readonly ExchangeEvent[]): void;
}

export type RequestKind = Request['kind'];
export type RequestOf<K extends RequestKind> = Extract<Request, { kind: K }>;
export type Handler<K extends RequestKind> = (desk: Desk, client: Client, request: RequestOf<K>) => void;
export type Handlers<K extends RequestKind> = { readonly [Kind in K]: Handler<Kind> };

const NO_DEFINITION = 200;

/**
 * The one contract a request means; undefined after the client was told (error 200) that there is none, or more than one.
 */
export function resolveContract(
  desk: Desk,
  client: Client,
  asked: { id: number; contract: ContractQuery },
): ContractDetails | undefined {
  const found = desk.exchange.contracts(asked.contract);
  const [only] = found;
  if (only && found.length === 1) return only;
  const text = only
    ? 'The contract description specified is ambiguous; say the contract month or the conId.'
    : 'No security definition has been found for the request';
  client.send(errorMessage(asked.id, NO_DEFINITION, text));
  return undefined;
}
