/** Answers with bars. Average price and number of trades are -1, IB's "unknown", where a bar was not made of trades. */
import type { Bar } from '../../exchange/words';
import type { Field, Message } from '../wire/frame';
import { EXCHANGE_ZONE, epochSeconds, exchangeClock, exchangeTime } from '../wire/time';

const UNKNOWN = -1;
const EPOCH_SECONDS = 2;

/** A time as the client asked for it: formatDate 2 is epoch seconds, anything else exchange-zone text. */
export const barTime = (ts: number, formatDate: number): Field =>
  formatDate === EPOCH_SECONDS ? epochSeconds(ts) : exchangeTime(ts);

/** To a hundredth of a cent: an average is on no grid. */
const average = ({ wap }: Bar): Field => (wap === undefined ? UNKNOWN : Number(wap.toFixed(4)));

/** A bar and how it is dated in the answer. */
export interface DatedBar {
  bar: Bar;
  date: Field;
}

/** The whole answer in one message; clients know its end by the number of bars. */
export function historicalData(
  reqId: number,
  range: { startTs: number; endTs: number },
  bars: readonly DatedBar[],
): Message {
  return [
    17,
    reqId,
    exchangeTime(range.startTs),
    exchangeTime(range.endTs),
    bars.length,
    ...bars.flatMap(({ bar, date }) => [
      date,
      bar.open,
      bar.high,
      bar.low,
      bar.close,
      bar.volume,
      average(bar),
      bar.count ?? UNKNOWN,
    ]),
  ];
}

/** The bar that is being made, or its last form. Its prices go open, close, high, low: unlike everywhere else. */
export const historicalDataUpdate = (reqId: number, { bar, date }: DatedBar): Message => [
  90,
  reqId,
  bar.count ?? UNKNOWN,
  date,
  bar.open,
  bar.close,
  bar.high,
  bar.low,
  average(bar),
  bar.volume,
];

/** The sessions of a time range, each with its trade date. */
export const historicalSchedule = (
  reqId: number,
  sessions: readonly { startTs: number; endTs: number; tradeDate: string }[],
): Message => {
  const clock = (ts: number) => exchangeClock(ts).replace(' ', '-');
  const [first, last] = [sessions[0], sessions.at(-1)];
  return [
    106,
    reqId,
    ...[first ? clock(first.startTs) : '', last ? clock(last.endTs) : '', EXCHANGE_ZONE],
    sessions.length,
    ...sessions.flatMap(({ startTs, endTs, tradeDate }) => [clock(startTs), clock(endTs), tradeDate]),
  ];
};

export const headTimestamp = (reqId: number, ts: number, formatDate: number): Message => [
  88,
  reqId,
  barTime(ts, formatDate),
];

/** A five-second bar. */
export const realtimeBar = (reqId: number, bar: Bar): Message => [
  50,
  3,
  reqId,
  epochSeconds(bar.ts),
  bar.open,
  bar.high,
  bar.low,
  bar.close,
  bar.volume,
  average(bar),
  bar.count ?? UNKNOWN,
];
