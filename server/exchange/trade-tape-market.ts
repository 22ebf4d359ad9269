// A market that plays a tape of trades for one contract, each at its own moment. Trades before the start are its history.
// It closes with its sessions and a minute's end after the last trade; a silence within a session is a quiet market, not a closed one.
import { MINUTE_MS, MinuteBars } from './bars';
import { frontContract } from './contracts';
import type { Market, MarketMaker, Move, TickBar } from './market';
import { globexCalendar } from './sessions';
import type { PathPoint } from './tape-path';
import { type TapeOptions, TapeQuotes, TOUCH_SIZE } from './tape-quotes';
import type { TradeTape } from './trade-tape';
import type { Contract } from './words';

/** Plays `tape` from the exchange's start on. Its contract is the front of its product when the tape begins. */
export function tradeTapeMarket(tape: TradeTape, options: TapeOptions = {}): MarketMaker {
  return ({ startTs }) => new TradeTapeMarket(tape.trades, startTs, options);
}

class TradeTapeMarket implements Market {
  readonly description: string;
  readonly listed: readonly Contract[];
  readonly calendar = globexCalendar();
  private readonly conId: number;
  private readonly quotes: TapeQuotes;
  private readonly past: readonly TickBar[];
  private index: number;
  /** When what is open now closes; undefined while it is closed. */
  private closesTs: number | undefined;

  constructor(
    private readonly trades: readonly PathPoint[],
    startTs: number,
    { symbol = 'ES', touchSize = TOUCH_SIZE }: TapeOptions,
  ) {
    const contract = frontContract(symbol, trades[0]?.ts ?? startTs);
    this.conId = contract.conId;
    this.listed = [contract];
    this.quotes = new TapeQuotes(contract.conId, this.calendar, touchSize);
    const first = trades.findIndex(({ ts }) => ts >= startTs);
    this.index = first === -1 ? trades.length : first;
    this.past = barsOf(trades.slice(0, this.index));
    this.description = `a tape of ${trades.length} trades of ${contract.localSymbol}`;
  }

  history(conId: number): readonly TickBar[] {
    return conId === this.conId ? this.past : [];
  }

  nextTs(): number {
    return Math.min(
      this.trades[this.index]?.ts ?? Number.POSITIVE_INFINITY,
      this.closesTs ?? Number.POSITIVE_INFINITY,
    );
  }

  next(): Move {
    const trade = this.trades[this.index];
    const { closesTs } = this;
    if (closesTs !== undefined && closesTs <= (trade?.ts ?? closesTs)) {
      this.closesTs = undefined;
      return { kind: 'close', ts: closesTs, conId: this.conId };
    }
    if (trade === undefined) throw new RangeError('the tape is over: nothing more happens on it');
    this.index += 1;
    this.closesTs = this.closeAfter(trade.ts);
    return this.quotes.after(trade);
  }

  /** The end of the session, or for the last trade of all the end of its minute. */
  private closeAfter(ts: number): number {
    const { close } = this.calendar.sessionFrom(ts);
    return this.index < this.trades.length ? close : Math.min(close, ts - (ts % MINUTE_MS) + MINUTE_MS);
  }
}

function barsOf(trades: readonly PathPoint[]): TickBar[] {
  const bars = new MinuteBars();
  for (const { ts, price, size } of trades) bars.add(ts, price, size);
  return bars.all();
}
