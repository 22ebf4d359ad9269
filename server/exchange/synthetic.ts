// An invented market of four futures: ES and NQ walk, the micros follow them; a rhythm says how lively it is, and where it jumps.
// Everything is drawn from the seed; its history is the same walk, begun earlier, so it joins without a seam.
import { MINUTE_MS, MinuteBars } from './bars';
import { SYMBOLS } from './contracts';
import type { Temper } from './globex-day';
import type { Market, MarketMaker, Move, TickBar } from './market';
import { leads, type Month, monthsOf, shareOf } from './month';
import { type Random, seededRandom } from './random';
import type { Rhythm } from './rhythm';
import type { Calendar } from './sessions';
import { dayOf, type SyntheticDay } from './synthetic-day';
import { Walk } from './walk';
import type { Contract } from './words';

export interface SyntheticOptions {
  /** `steady` unless said otherwise. */
  readonly day?: SyntheticDay;
  /** One-minute bars of history before the start; 240 unless said otherwise. */
  readonly historyBars?: number;
  /** Mean time between two trades of one contract in a busy hour, ms. */
  readonly meanIntervalMs?: number;
  /** The smallest size at the touch in a busy hour, contracts. */
  readonly touchSize?: number;
  /** Where the walk begins, points. */
  readonly prices?: Partial<Record<'ES' | 'NQ', number>>;
}

const DEFAULTS = { day: 'steady' as SyntheticDay, historyBars: 240, meanIntervalMs: 250, touchSize: 20 };
const QUARTER_HOUR_MS = 15 * MINUTE_MS;
const START_PRICES = { ES: 6850, NQ: 25_200 };

/** A market invented from the exchange's seed. @throws RangeError for a start price off the tick grid. */
export function syntheticMarket(options: SyntheticOptions = {}): MarketMaker {
  return ({ seed, startTs }) => new SyntheticMarket(seed, startTs, options);
}

interface Line extends Month {
  /** Of a month that does not lead: the market as a whole is the same with it and without. */
  readonly chance: Random;
  /** Between bid and ask at its last trade, ticks, a fraction. */
  middle: number;
  nextTs: number;
  volume: number;
  sessionEnd: number;
  closing: boolean;
}

class SyntheticMarket implements Market {
  readonly description: string;
  readonly listed: readonly Contract[];
  readonly calendar: Calendar;
  private readonly rhythm: Rhythm;
  private readonly meanIntervalMs: number;
  private readonly touchSize: number;
  private readonly random: Random;
  private readonly walk: Walk;
  private readonly lines: readonly Line[];
  private readonly past = new Map<number, readonly TickBar[]>();
  private upcoming: Line;

  constructor(seed: number, startTs: number, options: SyntheticOptions) {
    const { day, historyBars, meanIntervalMs, touchSize } = { ...DEFAULTS, ...options };
    this.meanIntervalMs = meanIntervalMs;
    this.touchSize = touchSize;
    const kind = dayOf(day, seed, startTs);
    this.calendar = kind.calendar;
    this.rhythm = kind.rhythm;
    this.description = kind.description;
    this.random = seededRandom(seed);
    const warmUpTs = openTimeBefore(this.calendar, startTs, historyBars * MINUTE_MS);
    const prices = { ...START_PRICES, ...options.prices };
    this.walk = new Walk(this.random, this.rhythm, prices, warmUpTs);
    const months = SYMBOLS.flatMap((symbol) => monthsOf(symbol, startTs, this.walk.of(symbol)));
    this.listed = months.map(({ contract }) => contract);
    const traded = kind.rolls ? months : months.filter((month) => leads(month, startTs));
    this.lines = traded.map((month) => this.lineOf(month, seed, warmUpTs));
    this.upcoming = this.earliest();
    this.inventHistory(startTs);
  }

  history(conId: number): readonly TickBar[] {
    return this.past.get(conId) ?? [];
  }

  nextTs(): number {
    return this.upcoming.nextTs;
  }

  next(): Move {
    const line = this.upcoming;
    const move = line.closing ? this.close(line) : this.trade(line);
    this.upcoming = this.earliest();
    return move;
  }

  private lineOf(month: Month, seed: number, fromTs: number): Line {
    const session = this.calendar.sessionFrom(fromTs);
    const line = {
      ...month,
      chance: seededRandom(seed ^ month.contract.conId),
      middle: this.walk.of(month.contract.symbol) + month.carryTicks,
      nextTs: Math.max(fromTs, session.open),
      volume: 0,
      sessionEnd: Math.min(session.close, month.endTs),
      closing: false,
    };
    line.nextTs += this.interval(line, this.rhythm.at(line.nextTs));
    return line;
  }

  private trade(line: Line): Move {
    const { nextTs: ts } = line;
    const temper = this.rhythm.at(ts);
    const { last, bid, ask } = this.quote(line, ts, temper.spread + (leads(line, ts) ? 0 : 1));
    const chance = this.chanceOf(line, ts);
    const lastSize = 1 + Math.floor(chance.unit() ** 3 * 12 * temper.depth);
    line.volume += lastSize;
    this.schedule(line, ts, temper);
    return {
      kind: 'trade',
      ts,
      conId: line.contract.conId,
      last,
      lastSize,
      bid,
      ask,
      bidSize: this.depth(chance, temper),
      askSize: this.depth(chance, temper),
      volume: line.volume,
    };
  }

  /** A trade takes the ask when the market has risen since the last one, and else hits the bid. */
  private quote(line: Line, ts: number, spread: number): { last: number; bid: number; ask: number } {
    const { symbol } = line.contract;
    const middle =
      (leads(line, ts) ? this.walk.middleAt(symbol, ts) : this.walk.of(symbol)) + line.carryTicks;
    const bid = Math.round(middle - spread / 2);
    const ask = bid + spread;
    const last = middle > line.middle ? ask : bid;
    line.middle = middle;
    return { last, bid, ask };
  }

  private close(line: Line): Move {
    const ts = line.nextTs;
    line.closing = false;
    this.openSession(line, ts);
    return { kind: 'close', ts, conId: line.contract.conId };
  }

  private schedule(line: Line, ts: number, temper: Temper): void {
    line.nextTs = ts + this.interval(line, temper);
    if (line.nextTs >= line.sessionEnd) this.leaveSession(line);
  }

  private leaveSession(line: Line): void {
    const next = this.calendar.sessionFrom(line.sessionEnd);
    if (next.open === line.sessionEnd && next.open < line.endTs) {
      line.volume = 0;
      line.sessionEnd = Math.min(next.close, line.endTs);
      return;
    }
    line.nextTs = line.sessionEnd;
    line.closing = true;
  }

  private openSession(line: Line, ts: number): void {
    const session = this.calendar.sessionFrom(ts);
    line.volume = 0;
    line.sessionEnd = Math.min(session.close, line.endTs);
    if (ts >= line.endTs) line.nextTs = Number.POSITIVE_INFINITY;
    else line.nextTs = session.open + this.interval(line, this.rhythm.at(session.open));
  }

  private inventHistory(startTs: number): void {
    const bars = new Map(this.lines.map((line) => [line.contract.conId, new MinuteBars()]));
    while (this.nextTs() < startTs) {
      const move = this.next();
      if (move.kind === 'trade') bars.get(move.conId)?.add(move.ts, move.last, move.lastSize);
    }
    for (const [conId, series] of bars) this.past.set(conId, series.all());
  }

  private interval(line: Line, { pace }: Temper): number {
    const { nextTs: ts } = line;
    const often = pace * this.walk.pace * shareOf(line, ts);
    return 1 + this.chanceOf(line, ts).below((2 * this.meanIntervalMs) / often);
  }

  private depth(chance: Random, { depth }: Temper): number {
    const least = Math.max(1, Math.round(this.touchSize * depth));
    return least + chance.below(least);
  }

  private chanceOf(line: Line, ts: number): Random {
    return leads(line, ts) ? this.random : line.chance;
  }

  private earliest(): Line {
    return this.lines.reduce((first, line) => (line.nextTs < first.nextTs ? line : first));
  }
}

/** A moment before `ts` from which at least `openMs` of open market lead up to it (sessions turn on quarter hours). */
function openTimeBefore(calendar: Calendar, ts: number, openMs: number): number {
  let from = ts;
  for (let left = openMs; left > 0; left -= QUARTER_HOUR_MS) {
    do from -= QUARTER_HOUR_MS;
    while (!calendar.isOpen(from));
  }
  return from;
}
