/** Tick by tick: every trade, or every change of the quote, as it happens and never conflated. */
import type { Exchange } from '../../exchange/exchange';
import type { Quote } from '../../exchange/words';
import { historicalTicks, isOpen, type OpenQuote, type TickKind, tickByTick } from '../answer/ticks';
import type { Message } from '../wire/frame';
import { ACCOUNT_REFRESH_MS, type Feed } from './feed';

export interface TickByTick {
  reqId: number;
  conId: number;
  kind: TickKind;
  /** So many ticks of the past come first. */
  pastTicks: number;
  ignoreSize: boolean;
}

export function tickFeed(exchange: Exchange, subscription: TickByTick): Feed {
  const { reqId, conId, kind, pastTicks, ignoreSize } = subscription;
  let told: OpenQuote | undefined;
  const tell = (quote: Quote | undefined): Message[] => {
    if (quote === undefined || !isOpen(quote) || (told && !isNews(kind, quote, told, ignoreSize))) return [];
    told = quote;
    return [tickByTick(reqId, kind, quote)];
  };
  return {
    periodMs: ACCOUNT_REFRESH_MS,
    open: () => {
      if (pastTicks > 0)
        return [historicalTicks(reqId, kind, changesOf(exchange.trades(conId), kind).slice(-pastTicks))];
      return isTrade(kind) ? [] : tell(exchange.quote(conId));
    },
    on: (event) => (event.kind === 'quote' && event.quote.conId === conId ? tell(event.quote) : []),
    poll: () => [],
  };
}

/** The ticks of that kind in a run of trades: each trade, or each trade after which the quote was another. */
export function changesOf(quotes: readonly Quote[], kind: TickKind, ignoreSize = false): OpenQuote[] {
  const changes: OpenQuote[] = [];
  for (const quote of quotes) {
    const before = changes.at(-1);
    if (isOpen(quote) && (before === undefined || isNews(kind, quote, before, ignoreSize)))
      changes.push(quote);
  }
  return changes;
}

function isTrade(kind: TickKind): boolean {
  return kind === 'Last' || kind === 'AllLast';
}

function isNews(kind: TickKind, now: OpenQuote, before: OpenQuote, ignoreSize: boolean): boolean {
  if (isTrade(kind)) return true;
  const moved = now.bid !== before.bid || now.ask !== before.ask;
  const resized = now.bidSize !== before.bidSize || now.askSize !== before.askSize;
  return moved || (kind === 'BidAsk' && resized && !ignoreSize);
}
