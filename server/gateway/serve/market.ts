/** Live market data: quotes of a contract, five-second bars. */
import { marketDataType, tickReqParams, tickSnapshotEnd } from '../answer/market';
import { errorMessage } from '../answer/system';
import { realtimeBarFeed } from '../feed/bars';
import { quoteFeed } from '../feed/quotes';
import type { MarketRequest } from '../request/market';
import type { Client } from '../session/client';
import { type Handlers, resolveContract } from './desk';

const quotes = (reqId: number) => `quotes ${reqId}`;
const realtimeBars = (reqId: number) => `realtime bars ${reqId}`;

const DUPLICATE_TICKER_ID = 102;
const UNKNOWN_TICKER_ID = 300;

export const marketHandlers: Handlers<MarketRequest['kind']> = {
  reqMktData: (desk, client, { reqId, contract, snapshot }) => {
    if (client.has(quotes(reqId))) {
      client.send(errorMessage(reqId, DUPLICATE_TICKER_ID, 'Duplicate ticker id'));
      return;
    }
    const details = resolveContract(desk, client, { id: reqId, contract });
    if (!details) return;
    client.send(tickReqParams(reqId, details.contract.minTick), marketDataType(reqId));
    const feed = quoteFeed(desk.exchange, reqId, details.contract.conId, desk.quoteIntervalMs);
    if (snapshot) client.send(...feed.open(), tickSnapshotEnd(reqId));
    else client.subscribe(quotes(reqId), feed);
  },

  cancelMktData: (_desk, client, { reqId }) => cancel(client, quotes(reqId), reqId),

  /** Data is always live here: the other kinds are asked for only to be told so. */
  reqMarketDataType: () => undefined,

  reqRealTimeBars: (desk, client, { reqId, contract }) => {
    const details = resolveContract(desk, client, { id: reqId, contract });
    if (!details) return;
    client.subscribe(realtimeBars(reqId), realtimeBarFeed(desk.exchange, reqId, details.contract.conId));
  },

  cancelRealTimeBars: (_desk, client, { reqId }) => cancel(client, realtimeBars(reqId), reqId),
};

function cancel(client: Client, key: string, reqId: number): void {
  if (client.cancel(key)) return;
  client.send(errorMessage(reqId, UNKNOWN_TICKER_ID, `Can't find EId with tickerId:${reqId}`));
}
