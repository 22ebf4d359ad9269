// The mood of the invented market: it ranges, trends or bursts for a while, then changes its mind.
// It is lively on purpose: a bracket of 12 to 40 ticks is decided within seconds to a few minutes.
import type { Random } from './random';

interface Phase {
  readonly untilTs: number;
  /** Ticks a trade. */
  readonly drift: number;
  readonly deviation: number;
  /** Trades come so many times as often. */
  readonly pace: number;
  /** The pull, a trade, towards `centre`: 0 in a trend. */
  readonly pull: number;
  readonly centre: number;
}

const RANGE_SHARE = 0.45;
const TREND_SHARE = 0.4;
const BURST_PACE = 3;
/** A rubber band to the starting price keeps a run of weeks at prices that make sense. */
const HOME_PULL = 0.00002;

export class Mood {
  private phase: Phase;

  constructor(
    private readonly random: Random,
    private readonly home: number,
  ) {
    this.phase = { untilTs: 0, drift: 0, deviation: 1, pace: 1, pull: 0, centre: home };
  }

  get pace(): number {
    return this.phase.pace;
  }

  /** How far (ticks, a fraction) the walk at `price` goes with the trade at `ts`, when trades move it `swing` times as far as in a busy hour. */
  step(ts: number, price: number, swing: number): number {
    if (ts >= this.phase.untilTs) this.phase = this.turn(ts, price);
    const { drift, deviation, pull, centre } = this.phase;
    const walk = drift + deviation * this.random.bell();
    return swing * walk + pull * (centre - price) + HOME_PULL * (this.home - price);
  }

  /** The price jumped: what it ranged around has moved with it. */
  jump(ticks: number): void {
    this.phase = { ...this.phase, centre: this.phase.centre + ticks };
  }

  private turn(ts: number, price: number): Phase {
    const lot = this.random.unit();
    const side = this.random.unit() < 0.5 ? -1 : 1;
    const seconds = (least: number, most: number): number =>
      ts + 1000 * (least + this.random.below(most - least));
    if (lot < RANGE_SHARE) {
      return { untilTs: seconds(30, 150), drift: 0, deviation: 1.1, pace: 1, pull: 0.02, centre: price };
    }
    if (lot < RANGE_SHARE + TREND_SHARE) {
      const drift = side * (0.06 + 0.12 * this.random.unit());
      return { untilTs: seconds(30, 180), drift, deviation: 1, pace: 1, pull: 0, centre: price };
    }
    return {
      untilTs: seconds(4, 15),
      drift: side * 0.17,
      deviation: 1.05,
      pace: BURST_PACE,
      pull: 0,
      centre: price,
    };
  }
}
