/** Ticks one by one: as they happen, and those that the exchange still remembers. */
import type { Calendar } from '../../exchange/sessions';
import { errorMessage } from '../answer/system';
import { historicalTicks, type OpenQuote, type TickKind } from '../answer/ticks';
import { changesOf, tickFeed } from '../feed/ticks';
import type { PastTicksQuery, TickRequest } from '../request/ticks';
import { parseWireTime } from '../wire/time';
import { type Handlers, resolveContract } from './desk';
import { PACING_VIOLATION } from './history';
import { INVALID_REALTIME_QUERY, NO_PERMISSION } from './market';

const ticks = (reqId: number | '') => `ticks ${reqId}`;

const DUPLICATE_TICKER_ID = 102;
const UNKNOWN_TICKER_ID = 300;
const VALIDATION = 321;
const NOT_SUCH_TICKS = 10189;
const TOO_MANY_STREAMS = 10190;

/** One request gives no more past ticks than this. */
const PAST_TICKS_MAX = 1000;
/** IB gives one stream for every twenty lines of market data, and three to everybody (ib-protocol 3.12). */
const LINES_A_STREAM = 20;
const STREAMS_MIN = 3;

const LIVE_KINDS: readonly string[] = ['Last', 'AllLast', 'BidAsk', 'MidPoint'] satisfies TickKind[];
const PAST_KINDS: Readonly<Record<string, TickKind>> = {
  TRADES: 'Last',
  BID_ASK: 'BidAsk',
  MIDPOINT: 'MidPoint',
};

export const tickHandlers: Handlers<TickRequest['kind']> = {
  reqTickByTickData: (desk, client, { reqId, contract, query }) => {
    const { tickType: kind, numberOfTicks, ignoreSize } = query;
    const details = resolveContract(desk, client, { id: reqId, contract });
    if (!details) return;
    const streams = Math.max(STREAMS_MIN, Math.floor(desk.rules.marketDataLines / LINES_A_STREAM));
    const paced = desk.rules.historyPacing !== 'none';
    if (desk.rules.marketData !== 'live') {
      const text = `Failed to request tick-by-tick data:${NO_PERMISSION}`;
      client.send(errorMessage(reqId, NOT_SUCH_TICKS, text));
    } else if (!isLiveKind(kind)) {
      const text = `Failed to request tick-by-tick data:no ticks of type "${kind}"; there are ${LIVE_KINDS.join(', ')}`;
      client.send(errorMessage(reqId, NOT_SUCH_TICKS, text));
    } else if (client.has(ticks(reqId))) {
      client.send(errorMessage(reqId, DUPLICATE_TICKER_ID, 'Duplicate ticker id'));
    } else if (client.count(ticks('')) >= streams) {
      client.send(
        errorMessage(reqId, TOO_MANY_STREAMS, 'Max number of tick-by-tick requests has been reached.'),
      );
    } else if (paced && !client.history.admitsStream(`${details.contract.conId} ${kind}`)) {
      client.send(errorMessage(reqId, INVALID_REALTIME_QUERY, 'Invalid Real-time Query:pacing violation'));
    } else {
      const { conId } = details.contract;
      const pastTicks = Math.min(Math.max(0, numberOfTicks), PAST_TICKS_MAX);
      client.subscribe(ticks(reqId), tickFeed(desk.exchange, { reqId, conId, kind, pastTicks, ignoreSize }));
    }
  },

  cancelTickByTickData: (_desk, client, { reqId }) => {
    if (client.cancel(ticks(reqId))) return;
    client.send(errorMessage(reqId, UNKNOWN_TICKER_ID, `Can't find EId with tickerId:${reqId}`));
  },

  reqHistoricalTicks: (desk, client, { reqId, contract, query }) => {
    const details = resolveContract(desk, client, { id: reqId, contract });
    if (!details) return;
    const kind = PAST_KINDS[query.whatToShow];
    const wanted = wantedOf(query, desk.exchange.calendar);
    if (!kind || !wanted.ok) {
      const reason = wanted.ok ? `Past ticks are of ${Object.keys(PAST_KINDS).join(', ')}` : wanted.reason;
      client.send(errorMessage(reqId, VALIDATION, `Error validating request. ${reason}`));
      return;
    }
    if (desk.rules.historyPacing !== 'none') {
      const { conId } = details.contract;
      const asked = `ticks ${conId} ${JSON.stringify(query)}`;
      if (!client.history.admits(asked, `ticks ${conId} ${query.whatToShow}`)) {
        client.send(errorMessage(reqId, ...PACING_VIOLATION));
        return;
      }
    }
    const remembered = desk.exchange.trades(details.contract.conId);
    client.send(historicalTicks(reqId, kind, wanted.of(changesOf(remembered, kind, query.ignoreSize))));
  },
};

function isLiveKind(text: string): text is TickKind {
  return LIVE_KINDS.includes(text);
}

type Wanted = { ok: true; of: (ticks: readonly OpenQuote[]) => OpenQuote[] } | { ok: false; reason: string };

/** The first ticks from a start on, or the last ones before an end. */
function wantedOf(query: PastTicksQuery, calendar: Calendar): Wanted {
  const { startDateTime, endDateTime, numberOfTicks, useRth } = query;
  if ((startDateTime === '') === (endDateTime === ''))
    return { ok: false, reason: 'Say either a start or an end' };
  const ts = parseWireTime(startDateTime || endDateTime);
  if (ts === undefined) return { ok: false, reason: `"${startDateTime || endDateTime}" is not a time` };
  if (numberOfTicks < 1 || numberOfTicks > PAST_TICKS_MAX)
    return { ok: false, reason: `The number of ticks is 1 to ${PAST_TICKS_MAX}` };
  const inHours = (tick: OpenQuote) => !useRth || calendar.isLiquid(tick.ts);
  return {
    ok: true,
    of: (all) =>
      startDateTime === ''
        ? all.filter((tick) => tick.ts < ts && inHours(tick)).slice(-numberOfTicks)
        : all.filter((tick) => tick.ts >= ts && inHours(tick)).slice(0, numberOfTicks),
  };
}
