// A market that plays a tape for one contract. Bars before the start are its history.
// A gap between bars, and the end of the tape, are a closed market: a Close move, then no quotes.
import { MINUTE_MS } from './bars';
import { frontContract } from './contracts';
import type { Market, MarketMaker, Move, TickBar } from './market';
import { globexCalendar } from './sessions';
import type { Tape } from './tape';
import { type PathPoint, pathThrough } from './tape-path';
import { type TapeOptions, TapeQuotes, TOUCH_SIZE } from './tape-quotes';
import type { Contract } from './words';

/**
 * Plays `tape` from the exchange's start on. Its contract is the front of its product when the tape begins, and
 * stays that one to the tape's end, as a recording of one contract does.
 */
export function tapeMarket(tape: Tape, options: TapeOptions = {}): MarketMaker {
  return ({ startTs }) => new TapeMarket(tape.bars, startTs, options);
}

class TapeMarket implements Market {
  readonly description: string;
  readonly listed: readonly Contract[];
  readonly calendar = globexCalendar();
  private readonly conId: number;
  private readonly quotes: TapeQuotes;
  private readonly past: readonly TickBar[];
  private barIndex: number;
  private points: readonly PathPoint[] = [];
  private pointIndex = 0;

  constructor(
    private readonly bars: readonly TickBar[],
    startTs: number,
    { symbol = 'ES', touchSize = TOUCH_SIZE }: TapeOptions,
  ) {
    const contract = frontContract(symbol, bars[0]?.ts ?? startTs);
    this.conId = contract.conId;
    this.listed = [contract];
    this.quotes = new TapeQuotes(contract.conId, this.calendar, touchSize);
    const firstUnfinished = bars.findIndex((bar) => bar.ts + MINUTE_MS > startTs);
    this.barIndex = firstUnfinished === -1 ? bars.length : firstUnfinished;
    this.past = bars.slice(0, this.barIndex);
    this.description = `a tape of ${bars.length} one-minute bars of ${contract.localSymbol}`;
    this.load();
    const firstPoint = this.points.findIndex((point) => point.ts >= startTs);
    this.pointIndex = firstPoint === -1 ? this.points.length : firstPoint;
  }

  history(conId: number): readonly TickBar[] {
    return conId === this.conId ? this.past : [];
  }

  nextTs(): number {
    const point = this.points[this.pointIndex];
    if (point !== undefined) return point.ts;
    const bar = this.bars[this.barIndex];
    return bar === undefined ? Number.POSITIVE_INFINITY : bar.ts + MINUTE_MS;
  }

  next(): Move {
    const point = this.points[this.pointIndex];
    if (point === undefined) return this.closeAtGap();
    this.pointIndex += 1;
    const move = this.quotes.after(point);
    if (this.pointIndex === this.points.length && this.followsAtOnce()) this.turnBar();
    return move;
  }

  private closeAtGap(): Move {
    const ts = this.nextTs();
    if (!Number.isFinite(ts)) throw new RangeError('the tape is over: nothing more happens on it');
    this.turnBar();
    return { kind: 'close', ts, conId: this.conId };
  }

  private followsAtOnce(): boolean {
    const bar = this.bars[this.barIndex];
    return bar !== undefined && this.bars[this.barIndex + 1]?.ts === bar.ts + MINUTE_MS;
  }

  private turnBar(): void {
    this.barIndex += 1;
    this.load();
  }

  private load(): void {
    const bar = this.bars[this.barIndex];
    this.points = bar === undefined ? [] : pathThrough(bar);
    this.pointIndex = 0;
  }
}
