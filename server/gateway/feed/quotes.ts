/**
 * Market data of one subscription. Conflated: a poll sends only what differs from what this client was last told.
 * Sizes go in messages of their own as well, because some clients drop the bid size that a price carries.
 */
import type { Exchange } from '../../exchange/exchange';
import type { Quote } from '../../exchange/words';
import {
  DELAYED_TICK,
  notHalted,
  TICK,
  type TickNumbers,
  tickPrice,
  tickSize,
  tickString,
} from '../answer/market';
import type { Message } from '../wire/frame';
import { epochSeconds } from '../wire/time';
import type { Feed } from './feed';
import { previousClose, type SessionRange, SessionWatch } from './sessions';

/** What IB sends as price while there is no quote; its size is 0. */
const NO_PRICE = -1;

interface Side {
  price: number;
  size: number;
}

/** @param periodMs wall time between two polls: IB's own pace for futures is 250 */
export function quoteFeed(exchange: Exchange, reqId: number, conId: number, periodMs: number): Feed {
  let told: Quote | undefined;
  let toldRange: SessionRange | undefined;
  const session = new SessionWatch(exchange, conId);
  const news = () => {
    const quote = exchange.quote(conId);
    if (!quote || quote.ts === told?.ts) return [];
    const messages = [...ticks(reqId, quote, told), ...rangeTicks(reqId, session.range, toldRange)];
    told = quote;
    toldRange = session.range;
    return messages;
  };
  return {
    tickerId: reqId,
    periodMs,
    open: () => [...news(), ...closeTick(exchange, reqId, conId), notHalted(reqId)],
    on: (event) => {
      if (event.kind === 'quote' && event.quote.conId === conId) session.note(event.quote);
      return [];
    },
    poll: news,
  };
}

/** How late data comes that is not subscribed, ms of exchange time: CME's is ten minutes. */
export const DELAY_MS = 600_000;

/** The same market, ten minutes late and under other numbers. */
export function delayedQuoteFeed(exchange: Exchange, reqId: number, conId: number, periodMs: number): Feed {
  let told: Quote | undefined;
  const news = () => {
    const quote = exchange.pastQuote(conId, exchange.now - DELAY_MS);
    if (!quote || quote.ts === told?.ts) return [];
    const messages = ticks(reqId, quote, told, DELAYED_TICK);
    told = quote;
    return messages;
  };
  return { periodMs, open: news, on: () => [], poll: news };
}

/** The ticks that tell a client who knows `before` about `now`. */
export function ticks(reqId: number, now: Quote, before?: Quote, tick: TickNumbers = TICK): Message[] {
  return [
    ...sideTicks(reqId, { price: tick.bid, size: tick.bidSize }, bidOf(now), before && bidOf(before)),
    ...sideTicks(reqId, { price: tick.ask, size: tick.askSize }, askOf(now), before && askOf(before)),
    ...lastTicks(reqId, now, before, tick),
    ...(now.volume === before?.volume ? [] : [tickSize(reqId, tick.volume, now.volume)]),
  ];
}

/** High, low and open of the session, where they differ from what was told. */
function rangeTicks(
  reqId: number,
  now: SessionRange | undefined,
  before: SessionRange | undefined,
): Message[] {
  if (now === undefined) return [];
  return (['high', 'low', 'open'] as const)
    .filter((name) => now[name] !== before?.[name])
    .map((name) => tickPrice(reqId, TICK[name], now[name], 0));
}

function sideTicks(reqId: number, tick: Side, now: Side, before: Side | undefined): Message[] {
  const price = now.price === before?.price ? [] : [tickPrice(reqId, tick.price, now.price, now.size)];
  const size = price.length === 0 && now.size === before?.size ? [] : [tickSize(reqId, tick.size, now.size)];
  return [...price, ...size];
}

/** A trade shows in the session's volume even at an unchanged price. */
function lastTicks(reqId: number, now: Quote, before: Quote | undefined, tick: TickNumbers): Message[] {
  if (now.last === undefined || (now.last === before?.last && now.volume === before.volume)) return [];
  return [
    tickString(reqId, tick.lastTimestamp, epochSeconds(now.ts)),
    tickPrice(reqId, tick.last, now.last, now.lastSize),
    tickSize(reqId, tick.lastSize, now.lastSize),
  ];
}

const bidOf = (quote: Quote): Side => side(quote.bid, quote.bidSize);
const askOf = (quote: Quote): Side => side(quote.ask, quote.askSize);

function side(price: number | undefined, size: number): Side {
  return price === undefined ? { price: NO_PRICE, size: 0 } : { price, size };
}

function closeTick(exchange: Exchange, reqId: number, conId: number): Message[] {
  const close = previousClose(exchange, conId);
  return close === undefined ? [] : [tickPrice(reqId, TICK.close, close, 0)];
}
