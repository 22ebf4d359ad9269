// An invented market of four futures that moves the way a busy morning does: ES and NQ walk, the micros follow them.
// Everything is drawn from the seed; its history is the same walk, begun earlier, so it joins without a seam.
import { MINUTE_MS, MinuteBars } from './bars';
import { frontContract, listedFrom, SYMBOLS } from './contracts';
import type { Market, MarketMaker, Move, TickBar } from './market';
import { Mood } from './mood';
import { type Random, seededRandom } from './random';
import { alwaysOpenCalendar, type Calendar, globexCalendar } from './sessions';
import { Touch } from './touch';
import { toTicks } from './units';
import type { Contract, ProductSymbol } from './words';

export interface SyntheticOptions {
  /** True (the default) trades around the clock, weekends too; false keeps the CME's sessions and holidays. */
  readonly alwaysOpen?: boolean;
  /** One-minute bars of history before the start; 240 unless said otherwise. */
  readonly historyBars?: number;
  /** Mean time between two trades of one contract, ms. */
  readonly meanIntervalMs?: number;
  /** The smallest size at the touch, contracts. */
  readonly touchSize?: number;
  /** Where the walk begins, points. */
  readonly prices?: Partial<Record<'ES' | 'NQ', number>>;
}

const DEFAULTS = { alwaysOpen: true, historyBars: 240, meanIntervalMs: 250, touchSize: 20 };
const QUARTER_HOUR_MS = 15 * MINUTE_MS;
const START_PRICES = { ES: 6850, NQ: 25_200 };
const LEADER: Readonly<Record<ProductSymbol, 'ES' | 'NQ'>> = { ES: 'ES', MES: 'ES', NQ: 'NQ', MNQ: 'NQ' };
/** NQ ticks for an ES tick of the common walk, and the deviation (ticks) of its own. */
const NQ_BETA = 2;
const NQ_OWN_DEVIATION = 1;
/** How often a micro trades a tick away from its big brother. */
const MICRO_STRAYS = 0.2;

/** A market invented from the exchange's seed. @throws RangeError for a start price off the tick grid. */
export function syntheticMarket(options: SyntheticOptions = {}): MarketMaker {
  return ({ seed, startTs }) => new SyntheticMarket(seed, startTs, options);
}

interface Line {
  readonly contract: Contract;
  readonly touch: Touch;
  last: number;
  nextTs: number;
  volume: number;
  sessionEnd: number;
  closing: boolean;
}

class SyntheticMarket implements Market {
  readonly description: string;
  readonly listed: readonly Contract[];
  readonly calendar: Calendar;
  private readonly alwaysOpen: boolean;
  private readonly meanIntervalMs: number;
  private readonly touchSize: number;
  private readonly random: Random;
  private readonly mood: Mood;
  private readonly lines: readonly Line[];
  private readonly leaders: Record<'ES' | 'NQ', number>;
  private readonly past = new Map<number, readonly TickBar[]>();
  private upcoming: Line;

  constructor(seed: number, startTs: number, options: SyntheticOptions) {
    const { alwaysOpen, historyBars, meanIntervalMs, touchSize } = { ...DEFAULTS, ...options };
    this.alwaysOpen = alwaysOpen;
    this.meanIntervalMs = meanIntervalMs;
    this.touchSize = touchSize;
    this.calendar = alwaysOpen ? alwaysOpenCalendar() : globexCalendar();
    this.description = alwaysOpen
      ? 'an invented market, open around the clock (weekends too), unlike the real one'
      : 'an invented market that keeps the CME sessions';
    this.random = seededRandom(seed);
    const startPrices = { ...START_PRICES, ...options.prices };
    this.leaders = { ES: startTicks('ES', startPrices.ES), NQ: startTicks('NQ', startPrices.NQ) };
    this.mood = new Mood(this.random, this.leaders.ES);
    const warmUpTs = openTimeBefore(this.calendar, startTs, historyBars * MINUTE_MS);
    this.lines = SYMBOLS.map((symbol) => this.lineOf(symbol, startTs, warmUpTs));
    this.listed = this.lines.flatMap((line) => listedFrom(line.contract));
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

  private lineOf(symbol: ProductSymbol, startTs: number, fromTs: number): Line {
    const session = this.calendar.sessionFrom(fromTs);
    const line: Line = {
      contract: frontContract(symbol, startTs),
      touch: new Touch(),
      last: this.leaders[LEADER[symbol]],
      nextTs: Math.max(fromTs, session.open) + this.interval(),
      volume: 0,
      sessionEnd: session.close,
      closing: false,
    };
    return line;
  }

  private trade(line: Line): Move {
    const { nextTs: ts } = line;
    line.last = this.price(line, ts);
    const lastSize = 1 + Math.floor(this.random.unit() ** 3 * 12);
    line.volume += lastSize;
    this.schedule(line, ts);
    return {
      kind: 'trade',
      ts,
      conId: line.contract.conId,
      last: line.last,
      lastSize,
      ...line.touch.around(line.last),
      bidSize: this.depth(),
      askSize: this.depth(),
      volume: line.volume,
    };
  }

  private price(line: Line, ts: number): number {
    const { symbol } = line.contract;
    switch (symbol) {
      case 'ES': {
        const step = this.mood.step(ts, this.leaders.ES);
        this.leaders.ES += step;
        this.leaders.NQ += NQ_BETA * step;
        return Math.round(this.leaders.ES);
      }
      case 'NQ':
        this.leaders.NQ += NQ_OWN_DEVIATION * this.random.bell();
        return Math.round(this.leaders.NQ);
      case 'MES':
      case 'MNQ': {
        const stray = this.random.unit();
        const away = stray < MICRO_STRAYS / 2 ? -1 : stray < MICRO_STRAYS ? 1 : 0;
        return Math.round(this.leaders[LEADER[symbol]]) + away;
      }
    }
  }

  private close(line: Line): Move {
    const ts = line.nextTs;
    line.closing = false;
    this.openSession(line, ts);
    return { kind: 'close', ts, conId: line.contract.conId };
  }

  private schedule(line: Line, ts: number): void {
    line.nextTs = ts + this.interval();
    if (line.nextTs < line.sessionEnd) return;
    if (this.alwaysOpen) {
      line.volume = 0;
      line.sessionEnd = this.calendar.sessionFrom(line.nextTs).close;
      return;
    }
    line.nextTs = line.sessionEnd;
    line.closing = true;
  }

  private openSession(line: Line, ts: number): void {
    const session = this.calendar.sessionFrom(ts);
    line.volume = 0;
    line.sessionEnd = session.close;
    line.nextTs = session.open + this.interval();
  }

  private inventHistory(startTs: number): void {
    const bars = new Map(this.lines.map((line) => [line.contract.conId, new MinuteBars()]));
    while (this.nextTs() < startTs) {
      const move = this.next();
      if (move.kind === 'trade') bars.get(move.conId)?.add(move.ts, move.last, move.lastSize);
    }
    for (const [conId, series] of bars) this.past.set(conId, series.all());
  }

  private interval(): number {
    return 1 + this.random.below(2 * this.meanIntervalMs);
  }

  private depth(): number {
    return this.touchSize + this.random.below(this.touchSize);
  }

  private earliest(): Line {
    return this.lines.reduce((first, line) => (line.nextTs < first.nextTs ? line : first));
  }
}

function startTicks(symbol: string, points: number): number {
  const ticks = toTicks(points);
  if (ticks === undefined || ticks <= 0)
    throw new RangeError(`${symbol} cannot start at ${points}: off the tick grid`);
  return ticks;
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
