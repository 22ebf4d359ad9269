/** Past bars, and with keepUpToDate the ones that follow. */
import { headTimestamp, historicalData } from '../answer/history';
import { errorMessage } from '../answer/system';
import { liveBarFeed } from '../feed/bars';
import type { HistoryRequest } from '../request/history';
import { BARS_MAX, readBarQuery } from './bar-query';
import { type Handlers, resolveContract } from './desk';

const liveBars = (reqId: number) => `bars ${reqId}`;

const HISTORY_ERROR = 162;
const NO_HISTORY_QUERY = 366;
const NO_DATA = 'Historical Market Data Service error message:HMDS query returned no data';

export const historyHandlers: Handlers<HistoryRequest['kind']> = {
  reqHistoricalData: (desk, client, { reqId, contract, query }) => {
    const details = resolveContract(desk, client, { id: reqId, contract });
    if (!details) return;
    const reading = readBarQuery(query, desk.exchange.now);
    if (!reading.ok) {
      client.send(errorMessage(reqId, 321, `Error validating request. ${reading.reason}`));
      return;
    }
    const { endTs, durationMs, barMs } = reading.range;
    const { conId, localSymbol, exchange } = details.contract;
    const bars = desk.exchange.bars(conId, { endTs, durationMs, barMs }).slice(-BARS_MAX);
    if (bars.length === 0 && !query.keepUpToDate) {
      client.send(errorMessage(reqId, HISTORY_ERROR, `${NO_DATA}: ${localSymbol}@${exchange} Trades`));
      return;
    }
    const startTs = bars[0]?.ts ?? endTs;
    client.send(historicalData(reqId, { startTs, endTs }, bars, query.formatDate));
    if (!query.keepUpToDate) return;
    const feed = liveBarFeed(desk.exchange, { reqId, conId, barMs, formatDate: query.formatDate });
    client.subscribe(liveBars(reqId), feed);
  },

  cancelHistoricalData: (_desk, client, { reqId }) => {
    if (client.cancel(liveBars(reqId))) return;
    client.send(
      errorMessage(reqId, NO_HISTORY_QUERY, `No historical data query found for ticker id:${reqId}`),
    );
  },

  reqHeadTimestamp: (desk, client, { reqId, contract, formatDate }) => {
    const details = resolveContract(desk, client, { id: reqId, contract });
    if (!details) return;
    const { conId } = details.contract;
    const everything = { endTs: desk.exchange.now, durationMs: desk.exchange.now, barMs: 60_000 };
    const [first] = desk.exchange.bars(conId, everything);
    if (first) client.send(headTimestamp(reqId, first.ts, formatDate));
    else client.send(errorMessage(reqId, HISTORY_ERROR, NO_DATA));
  },

  cancelHeadTimestamp: () => undefined,
};
