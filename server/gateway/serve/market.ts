/** Live market data: quotes of a contract, five-second bars. */
import { DATA_TYPE, marketDataType, tickReqParams, tickSnapshotEnd } from '../answer/market';
import { errorMessage } from '../answer/system';
import { isBarSource, realtimeBarFeed } from '../feed/bars';
import { delayedQuoteFeed, quoteFeed } from '../feed/quotes';
import { snapshotFeed } from '../feed/snapshot';
import type { MarketRequest } from '../request/market';
import type { GatewayRules } from '../rules';
import type { Client } from '../session/client';
import { type Handlers, resolveContract } from './desk';

const quotes = (reqId: number | '') => `quotes ${reqId}`;
const realtimeBars = (reqId: number) => `realtime bars ${reqId}`;

const DUPLICATE_TICKER_ID = 102;
const UNKNOWN_TICKER_ID = 300;
const TOO_MANY_TICKERS = 101;
export const INVALID_REALTIME_QUERY = 420;
const NOT_SUBSCRIBED = 354;
const NOT_SUBSCRIBED_TEXT = 'Requested market data is not subscribed.';
const ONLY_DELAYED = [
  10089,
  "Requested market data requires additional subscription for API. See link in 'Market Data Connections' dialog for more details.Delayed market data is available.",
] as const;
const NOT_EVEN_DELAYED = [10186, `${NOT_SUBSCRIBED_TEXT} Delayed market data is not enabled.`] as const;
const SHOWN_DELAYED = 10167;
export const NO_PERMISSION = 'No market data permissions for CME FUT';
const NO_DEPTH = 10092;
const NO_DEPTH_TEXT = 'Deep market data is not supported for this combination of security type/exchange';
const UNKNOWN_DEPTH_ID = 310;

export const marketHandlers: Handlers<MarketRequest['kind']> = {
  reqMktData: (desk, client, { reqId, contract, snapshot }) => {
    if (client.has(quotes(reqId))) {
      client.send(errorMessage(reqId, DUPLICATE_TICKER_ID, 'Duplicate ticker id'));
      return;
    }
    const details = resolveContract(desk, client, { id: reqId, contract });
    if (!details) return;
    if (client.count(quotes('')) >= desk.rules.marketDataLines) {
      client.send(errorMessage(reqId, TOO_MANY_TICKERS, 'Max number of tickers has been reached'));
      return;
    }
    const isLate = desk.rules.marketData === 'delayed' && client.marketDataType >= DATA_TYPE.delayed;
    if (desk.rules.marketData !== 'live' && !isLate) {
      client.send(errorMessage(reqId, ...refusalOf(desk.rules)));
      return;
    }
    if (isLate)
      client.send(
        errorMessage(reqId, SHOWN_DELAYED, `${NOT_SUBSCRIBED_TEXT} Displaying delayed market data.`),
      );
    client.send(tickReqParams(reqId, details.contract.minTick));
    client.send(marketDataType(reqId, isLate ? DATA_TYPE.delayed : DATA_TYPE.live));
    const feedOf = isLate ? delayedQuoteFeed : quoteFeed;
    const feed = feedOf(desk.exchange, reqId, details.contract.conId, desk.quoteIntervalMs);
    const { snapshotEndMs } = desk.rules;
    if (snapshot && snapshotEndMs === 0) client.send(...feed.open(), tickSnapshotEnd(reqId));
    else if (snapshot) {
      const end = {
        reqId,
        ts: desk.exchange.now + snapshotEndMs,
        done: () => client.cancel(quotes(reqId)),
      };
      client.subscribe(quotes(reqId), snapshotFeed(desk.exchange, feed, end));
    } else client.subscribe(quotes(reqId), feed);
  },

  cancelMktData: (_desk, client, { reqId }) => cancel(client, quotes(reqId), reqId),

  /** As at an account without a subscription to the depth of the book. */
  reqMktDepth: (_desk, client, { reqId }) => client.send(errorMessage(reqId, NO_DEPTH, NO_DEPTH_TEXT)),

  cancelMktDepth: (_desk, client, { reqId }) => {
    const text = `Can't find the subscribed market depth with tickerId:${reqId}`;
    client.send(errorMessage(reqId, UNKNOWN_DEPTH_ID, text));
  },

  reqMarketDataType: (_desk, client, { type }) => {
    client.marketDataType = type;
  },

  reqRealTimeBars: (desk, client, { reqId, contract, whatToShow }) => {
    if (desk.rules.marketData !== 'live') {
      client.send(errorMessage(reqId, INVALID_REALTIME_QUERY, `Invalid Real-time Query:${NO_PERMISSION}`));
      return;
    }
    if (!isBarSource(whatToShow)) {
      client.send(
        errorMessage(reqId, INVALID_REALTIME_QUERY, `Invalid Real-time Query: no bars of "${whatToShow}"`),
      );
      return;
    }
    const details = resolveContract(desk, client, { id: reqId, contract });
    if (!details) return;
    const { conId } = details.contract;
    client.subscribe(realtimeBars(reqId), realtimeBarFeed(desk.exchange, { reqId, conId, of: whatToShow }));
  },

  cancelRealTimeBars: (_desk, client, { reqId }) => cancel(client, realtimeBars(reqId), reqId),
};

function refusalOf({ marketData, marketDataRefusal }: GatewayRules): readonly [number, string] {
  if (marketDataRefusal === 'classic') return [NOT_SUBSCRIBED, NOT_SUBSCRIBED_TEXT];
  return marketData === 'delayed' ? ONLY_DELAYED : NOT_EVEN_DELAYED;
}

function cancel(client: Client, key: string, reqId: number): void {
  if (client.cancel(key)) return;
  client.send(errorMessage(reqId, UNKNOWN_TICKER_ID, `Can't find EId with tickerId:${reqId}`));
}
