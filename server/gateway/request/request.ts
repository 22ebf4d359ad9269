/** Every request a client can make, and the one door from fields to a typed request. */
import { Fields, NO_ID, RequestRefused } from '../wire/fields';
import { type AccountRequest, accountDecoders } from './account';
import { type HistoryRequest, historyDecoders } from './history';
import { type MarketRequest, marketDecoders } from './market';
import { type OrderRequest, orderDecoders } from './orders';
import { type ReferenceRequest, referenceDecoders } from './reference';
import type { DecoderTable } from './table';
import { type TickRequest, tickDecoders } from './ticks';
import { unservedDecoders } from './unserved';

export type Request =
  | OrderRequest
  | MarketRequest
  | TickRequest
  | AccountRequest
  | ReferenceRequest
  | HistoryRequest;

const decoders: DecoderTable<Request> = {
  ...orderDecoders,
  ...marketDecoders,
  ...tickDecoders,
  ...accountDecoders,
  ...referenceDecoders,
  ...historyDecoders,
  ...unservedDecoders,
};

/**
 * The request in the fields of one frame, as server version `version` lays it out.
 * @throws RequestRefused (320 unreadable, 321 not served)
 */
export function decodeRequest(values: readonly string[], version: number): Request {
  const messageId = values[0] ?? '';
  const decoder = /^\d{1,3}$/.test(messageId) ? decoders[Number(messageId)] : undefined;
  if (!decoder)
    throw new RequestRefused(
      NO_ID,
      321,
      `Message ${messageId.slice(0, 20)} is not served by the paper gateway`,
    );
  return decoder(new Fields(values), version);
}
