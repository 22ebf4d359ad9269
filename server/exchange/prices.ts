// The market as the floor sees it: the latest trade of each open contract, and whether a contract is closed.
import type { Market, Move, Trade } from './market';
import { toPoints } from './units';
import type { Quote } from './words';

export class Prices {
  private readonly open = new Map<number, Trade>();
  private readonly shut = new Set<number>();

  constructor(private readonly market: Market) {}

  note(move: Move): void {
    if (move.kind === 'trade') {
      this.open.set(move.conId, move);
      this.shut.delete(move.conId);
    } else {
      this.open.delete(move.conId);
      this.shut.add(move.conId);
    }
  }

  /** The latest trade; undefined while the contract is closed, and before its first. */
  of(conId: number): Trade | undefined {
    return this.open.get(conId);
  }

  isClosed(conId: number, ts: number): boolean {
    return this.shut.has(conId) || !this.market.calendar.isOpen(ts);
  }

  /** When a closed market opens again: the next session, or within one the end of the gap in the tape. */
  opensAt(ts: number): number {
    const { calendar } = this.market;
    const session = calendar.sessionFrom(ts);
    if (session.open > ts) return session.open;
    const next = this.market.nextTs();
    return Number.isFinite(next) ? next : calendar.sessionFrom(session.close).open;
  }

  isLiquid(ts: number): boolean {
    return this.market.calendar.isLiquid(ts);
  }

  /** When the session of `ts`, or else the next one, ends: the end of a DAY order. */
  sessionEnd(ts: number): number {
    return this.market.calendar.sessionFrom(ts).close;
  }
}

/** A move as the boundary shows it: in points, and without any price when it closes the market. */
export function quoteOf(move: Move): Quote {
  const { conId, ts } = move;
  if (move.kind === 'close') {
    return {
      conId,
      ts,
      bid: undefined,
      ask: undefined,
      bidSize: 0,
      askSize: 0,
      last: undefined,
      lastSize: 0,
      volume: 0,
    };
  }
  return {
    conId,
    ts,
    bid: toPoints(move.bid),
    ask: toPoints(move.ask),
    bidSize: move.bidSize,
    askSize: move.askSize,
    last: toPoints(move.last),
    lastSize: move.lastSize,
    volume: move.volume,
  };
}
