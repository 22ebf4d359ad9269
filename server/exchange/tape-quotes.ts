// What a tape's trade leaves behind: the touch by the tick rule, a fixed size on both sides, the volume of the session so far.
// A tape says how much was traded and nothing of what could be had: the size of a trade limits no fill.
import type { Trade } from './market';
import type { Calendar } from './sessions';
import type { PathPoint } from './tape-path';
import { Touch } from './touch';
import type { ProductSymbol } from './words';

export interface TapeOptions {
  /** Whose tape it is: ES unless said otherwise. */
  readonly symbol?: ProductSymbol;
  /** Contracts to be had at the touch and at each deeper level. */
  readonly touchSize?: number;
}

export const TOUCH_SIZE = 20;

export class TapeQuotes {
  private readonly touch = new Touch();
  private volume = 0;
  private sessionEnd = 0;

  constructor(
    private readonly conId: number,
    private readonly calendar: Calendar,
    private readonly touchSize: number,
  ) {}

  after({ ts, price, size }: PathPoint): Trade {
    if (ts >= this.sessionEnd) {
      this.volume = 0;
      this.sessionEnd = this.calendar.sessionFrom(ts).close;
    }
    this.volume += size;
    return {
      kind: 'trade',
      ts,
      conId: this.conId,
      last: price,
      lastSize: size,
      ...this.touch.around(price),
      bidSize: this.touchSize,
      askSize: this.touchSize,
      volume: this.volume,
    };
  }
}
