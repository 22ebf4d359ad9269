/** Answers with single ticks, live and past: a trade, a quote, or the middle of a quote. */
import type { Quote } from '../../exchange/words';
import type { Field, Message } from '../wire/frame';
import { epochSeconds } from '../wire/time';

/** What a tick is of. AllLast differs from Last only by trades that futures do not have. */
export type TickKind = 'Last' | 'AllLast' | 'BidAsk' | 'MidPoint';

/** A quote of an open market. */
export type OpenQuote = Quote & { readonly bid: number; readonly ask: number; readonly last: number };

export function isOpen(quote: Quote): quote is OpenQuote {
  return quote.bid !== undefined && quote.ask !== undefined && quote.last !== undefined;
}

const NO_ATTRIBUTES = 0;
const EXCHANGE = 'CME';
const NO_CONDITIONS = '';
const middle = ({ bid, ask }: OpenQuote): number => (bid + ask) / 2;

const TICK_TYPE: Readonly<Record<TickKind, number>> = { Last: 1, AllLast: 2, BidAsk: 3, MidPoint: 4 };

export function tickByTick(reqId: number, kind: TickKind, quote: OpenQuote): Message {
  const head = [99, reqId, TICK_TYPE[kind], epochSeconds(quote.ts)];
  switch (kind) {
    case 'Last':
    case 'AllLast':
      return [...head, quote.last, quote.lastSize, NO_ATTRIBUTES, EXCHANGE, NO_CONDITIONS];
    case 'BidAsk':
      return [...head, quote.bid, quote.ask, quote.bidSize, quote.askSize, NO_ATTRIBUTES];
    case 'MidPoint':
      return [...head, middle(quote)];
  }
}

const DONE = 1;

/** All ticks in one message, oldest first, marked as the last message of its answer. */
export function historicalTicks(reqId: number, kind: TickKind, quotes: readonly OpenQuote[]): Message {
  const [messageId, fields] = PAST[kind];
  const ticks = quotes.flatMap((quote) => [epochSeconds(quote.ts), NO_ATTRIBUTES, ...fields(quote)]);
  return [messageId, reqId, quotes.length, ...ticks, DONE];
}

const trade = (quote: OpenQuote): Field[] => [quote.last, quote.lastSize, EXCHANGE, NO_CONDITIONS];

const PAST: Readonly<Record<TickKind, readonly [messageId: number, fields: (quote: OpenQuote) => Field[]]>> =
  {
    MidPoint: [96, (quote) => [middle(quote), 0]],
    BidAsk: [97, (quote) => [quote.bid, quote.ask, quote.bidSize, quote.askSize]],
    Last: [98, trade],
    AllLast: [98, trade],
  };
