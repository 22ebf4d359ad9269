/** Past bars, and with keepUpToDate the ones that follow; the sessions of a contract. */
import type { Exchange } from '../../exchange/exchange';
import { type DatedBar, headTimestamp, historicalData, historicalSchedule } from '../answer/history';
import { errorMessage } from '../answer/system';
import { liveBarFeed } from '../feed/bars';
import type { BarQuery, HistoryRequest } from '../request/history';
import type { GatewayRules } from '../rules';
import type { Client } from '../session/client';
import { BARS_MAX, type BarRange, type BarSize, isSmall, longestMs, readBarQuery } from './bar-query';
import { barSeries, dateOf, type SeriesQuery, tradeDate } from './bar-series';
import { type Handlers, resolveContract } from './desk';

const liveBars = (reqId: number) => `bars ${reqId}`;

const HISTORY_ERROR = 162;
const NO_HISTORY_QUERY = 366;
const SERVICE = 'Historical Market Data Service error message:';
const NO_DATA = `${SERVICE}HMDS query returned no data`;
export const PACING_VIOLATION = [
  HISTORY_ERROR,
  `${SERVICE}Historical data request pacing violation`,
] as const;

export const historyHandlers: Handlers<HistoryRequest['kind']> = {
  reqHistoricalData: (desk, client, { reqId, contract, query }) => {
    const { exchange } = desk;
    const details = resolveContract(desk, client, { id: reqId, contract });
    if (!details) return;
    const reading = readBarQuery(query, exchange.now);
    if (!reading.ok) {
      client.send(errorMessage(reqId, 321, `Error validating request. ${reading.reason}`));
      return;
    }
    const { conId, localSymbol } = details.contract;
    const { range, size } = reading;
    if (!mayAsk(client, desk.rules, { conId, query, size })) {
      client.send(errorMessage(reqId, ...PACING_VIOLATION));
      return;
    }
    if (reading.of === 'sessions') {
      client.send(historicalSchedule(reqId, sessionsIn(exchange, range, query.useRth)));
      return;
    }
    const wanted = { conId, size, useRth: query.useRth, formatDate: query.formatDate };
    const bars = datedBars(exchange, { ...wanted, ...range }).slice(-BARS_MAX);
    if (bars.length === 0 && !query.keepUpToDate) {
      const text = `${NO_DATA}: ${localSymbol}@${details.contract.exchange} Trades`;
      client.send(errorMessage(reqId, HISTORY_ERROR, text));
      return;
    }
    const { endTs } = range;
    client.send(historicalData(reqId, { startTs: bars[0]?.bar.ts ?? endTs, endTs }, bars));
    if (!query.keepUpToDate) return;
    const newest = (ts: number) =>
      datedBars(exchange, { ...wanted, endTs: ts + 1, durationMs: 2 * longestMs(size) }).slice(-2);
    client.subscribe(liveBars(reqId), liveBarFeed(exchange, { reqId, conId, newest }));
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

function mayAsk(
  client: Client,
  { historyPacing }: GatewayRules,
  { conId, query, size }: { conId: number; query: BarQuery; size: BarSize },
): boolean {
  const paced = historyPacing === 'all' || (historyPacing === 'smallBars' && isSmall(size));
  return !paced || client.history.admits(`${conId} ${JSON.stringify(query)}`, `${conId} ${query.whatToShow}`);
}

function datedBars(exchange: Exchange, query: SeriesQuery & { formatDate: number }): DatedBar[] {
  return barSeries(exchange, query).map((joined) => ({
    bar: joined.bar,
    date: dateOf(exchange, joined, query.size, query.formatDate),
  }));
}

function sessionsIn(exchange: Exchange, { endTs, durationMs }: BarRange, useRth: boolean) {
  const sessions: { startTs: number; endTs: number; tradeDate: string }[] = [];
  let session = exchange.calendar.sessionFrom(endTs - durationMs);
  while (session.open < endTs) {
    const [startTs, stopTs] = useRth
      ? [session.liquidOpen, session.liquidClose]
      : [session.open, session.close];
    sessions.push({ startTs, endTs: stopTs, tradeDate: tradeDate(exchange, session.open) });
    session = exchange.calendar.sessionFrom(session.close);
  }
  return sessions;
}
