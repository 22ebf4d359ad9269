/** A snapshot of market data that takes its time: it says what comes until it ends (11 s at IB, ib-protocol 2.3, message 57). */
import type { Exchange } from '../../exchange/exchange';
import { tickSnapshotEnd } from '../answer/market';
import type { Feed } from './feed';

interface SnapshotEnd {
  readonly reqId: number;
  /** Exchange time, epoch ms. */
  readonly ts: number;
  /** The subscription is over. */
  readonly done: () => void;
}

export function snapshotFeed(exchange: Pick<Exchange, 'now'>, quotes: Feed, end: SnapshotEnd): Feed {
  return {
    ...quotes,
    poll: () => {
      const news = quotes.poll();
      if (exchange.now < end.ts) return news;
      end.done();
      return [...news, tickSnapshotEnd(end.reqId)];
    },
  };
}
