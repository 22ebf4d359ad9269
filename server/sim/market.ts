/** The simulated market: ES walks and jumps, MES follows. Thin on purpose, so that orders fill in parts; it can freeze, and it keeps the CME's hours. */
import { frontContract } from '../exchange/contracts';
import type { Market, MarketMaker, Move, TickBar } from '../exchange/market';
import { type Random, seededRandom } from '../exchange/random';
import { globexCalendar } from '../exchange/sessions';
import type { Contract } from '../exchange/words';

export interface MarketMood {
  /** Mean time between two trades of one future, ms. */
  meanMs: number;
  /** Deviation of one trade, ticks. */
  deviation: number;
  /** How often a trade is a jump, and its size in ticks. */
  jumps: number;
  jumpTicks: number;
  /** Contracts at the touch: at least this many. */
  depth: number;
}

const START_TICKS = 27_400;
const calendar = globexCalendar();

/** Hours begin at a handful of moments: what is traded then is looked up once. */
const fronts = new Map<number, readonly Contract[]>();

function frontContracts(ts: number): readonly Contract[] {
  const known = fronts.get(ts);
  if (known) return known;
  const contracts = (['ES', 'MES'] as const).map((symbol) => frontContract(symbol, ts));
  fronts.set(ts, contracts);
  return contracts;
}

interface Line {
  readonly contract: Contract;
  last: number;
  nextTs: number;
  volume: number;
  open: boolean;
}

export class SimMarket implements Market {
  readonly description = 'a simulated market';
  readonly listed: readonly Contract[];
  readonly calendar = calendar;
  private readonly lines: readonly Line[];
  private readonly random: Random;
  private frozenUntilTs = 0;
  private home = START_TICKS;

  constructor(
    seed: number,
    startTs: number,
    private readonly mood: MarketMood,
  ) {
    this.random = seededRandom(seed ^ 0x51ed270b);
    const open = calendar.isOpen(startTs);
    this.lines = frontContracts(startTs).map((contract, n) => ({
      contract,
      last: START_TICKS,
      nextTs: open ? startTs + n : calendar.sessionFrom(startTs).open,
      volume: 0,
      open,
    }));
    this.listed = this.lines.map((line) => line.contract);
  }

  /** No trade before then: a feed that says nothing new. */
  freeze(untilTs: number): void {
    this.frozenUntilTs = untilTs;
    for (const line of this.lines) line.nextTs = Math.max(line.nextTs, untilTs);
  }

  /** The next trade is this far away, ticks. */
  jump(ticks: number): void {
    for (const line of this.lines) line.last += ticks;
    this.home += ticks;
  }

  lastTicks(symbol: string): number {
    return this.lines.find((line) => line.contract.symbol === symbol)?.last ?? START_TICKS;
  }

  history(): readonly TickBar[] {
    return [];
  }

  nextTs(): number {
    return Math.min(...this.lines.map((line) => line.nextTs));
  }

  next(): Move {
    const [first, second] = this.lines as [Line, Line];
    const line = first.nextTs <= second.nextTs ? first : second;
    const ts = line.nextTs;
    const { conId } = line.contract;
    if (!calendar.isOpen(ts)) {
      line.open = false;
      line.nextTs = calendar.sessionFrom(ts).open;
      return { kind: 'close', ts, conId };
    }
    line.open = true;
    line.last = this.walk(line);
    const { close } = calendar.sessionFrom(ts);
    line.nextTs = Math.min(
      close,
      Math.max(this.frozenUntilTs, ts + 1 + this.random.below(2 * this.mood.meanMs)),
    );
    line.volume += 1;
    const askUp = this.random.unit() < 0.5;
    return {
      kind: 'trade',
      ts,
      conId,
      last: line.last,
      lastSize: 1,
      bid: askUp ? line.last : line.last - 1,
      ask: askUp ? line.last + 1 : line.last,
      bidSize: this.mood.depth + this.random.below(this.mood.depth + 1),
      askSize: this.mood.depth + this.random.below(this.mood.depth + 1),
      volume: line.volume,
    };
  }

  private walk(line: Line): number {
    const { deviation, jumps, jumpTicks } = this.mood;
    const pull = (this.home - line.last) * 0.01;
    const jump =
      this.random.unit() < jumps ? (this.random.unit() < 0.5 ? -1 : 1) * this.random.below(jumpTicks) : 0;
    return Math.round(line.last + this.random.bell() * deviation + pull) + jump;
  }
}

/** @param made hears of the market that the exchange makes of it. */
export function simMarket(mood: MarketMood, made: (market: SimMarket) => void): MarketMaker {
  return ({ seed, startTs }) => {
    const market = new SimMarket(seed, startTs, mood);
    made(market);
    return market;
  };
}
