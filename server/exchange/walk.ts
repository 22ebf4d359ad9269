// Where the four invented futures stand: ES and NQ walk together and jump together, each micro stays beside its big brother.
import { Mood } from './mood';
import type { Random } from './random';
import type { Rhythm } from './rhythm';
import { toTicks } from './units';
import type { ProductSymbol } from './words';

type Leader = 'ES' | 'NQ';

const LEADER: Readonly<Record<ProductSymbol, Leader>> = { ES: 'ES', MES: 'ES', NQ: 'NQ', MNQ: 'NQ' };
/** NQ ticks for an ES tick of the common walk, and the deviation (ticks) of its own. */
const NQ_BETA = 2;
const NQ_OWN_DEVIATION = 1;
/** How often a micro trades a tick away from its big brother. */
const MICRO_STRAYS = 0.2;

export class Walk {
  private readonly mood: Mood;
  private readonly leaders: Record<Leader, number>;

  /**
   * @param prices where it begins, points
   * @param jumpedTs what jumps before it (epoch ms) has jumped already
   * @throws RangeError for a price off the tick grid
   */
  constructor(
    private readonly random: Random,
    private readonly rhythm: Rhythm,
    prices: Readonly<Record<Leader, number>>,
    private jumpedTs: number,
  ) {
    this.leaders = { ES: startTicks('ES', prices.ES), NQ: startTicks('NQ', prices.NQ) };
    this.mood = new Mood(random, this.leaders.ES);
  }

  /** Trades come so many times as often as the hour alone says. */
  get pace(): number {
    return this.mood.pace;
  }

  /** Ticks, a fraction. */
  of(symbol: ProductSymbol): number {
    return this.leaders[LEADER[symbol]];
  }

  /** Where the middle between bid and ask of `symbol` is when it trades at `ts`: ticks, a fraction. */
  middleAt(symbol: ProductSymbol, ts: number): number {
    this.jump(ts);
    const { swing } = this.rhythm.at(ts);
    switch (symbol) {
      case 'ES': {
        const step = this.mood.step(ts, this.leaders.ES, swing);
        this.leaders.ES += step;
        this.leaders.NQ += NQ_BETA * step;
        return this.leaders.ES;
      }
      case 'NQ':
        this.leaders.NQ += NQ_OWN_DEVIATION * swing * this.random.bell();
        return this.leaders.NQ;
      case 'MES':
      case 'MNQ': {
        const stray = this.random.unit();
        const away = stray < MICRO_STRAYS / 2 ? -1 : stray < MICRO_STRAYS ? 1 : 0;
        return this.of(symbol) + away;
      }
    }
  }

  private jump(ts: number): void {
    const ticks = this.rhythm.jump(this.jumpedTs, ts);
    this.jumpedTs = ts;
    if (ticks === 0) return;
    this.leaders.ES += ticks;
    this.leaders.NQ += NQ_BETA * ticks;
    this.mood.jump(ticks);
  }
}

function startTicks(symbol: Leader, points: number): number {
  const ticks = toTicks(points);
  if (ticks === undefined || ticks <= 0)
    throw new RangeError(`${symbol} cannot start at ${points}: off the tick grid`);
  return ticks;
}
