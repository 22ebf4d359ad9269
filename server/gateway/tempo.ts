/** How fast the market runs, in a person's words: a speed, a pause, one step, a jump ahead. */
import type { Exchange } from '../exchange/exchange';
import type { ExchangeClock } from './clock';
import type { Pump } from './pump';

/** Seconds of exchange time in a second, at the least and the most. */
export const SPEED_MIN = 0.1;
export const SPEED_MAX = 10_000;

export class Tempo {
  constructor(
    private readonly exchange: Pick<Exchange, 'now' | 'nextEventTs'>,
    private readonly clock: ExchangeClock,
    private readonly pump: Pick<Pump, 'advanceTo'>,
  ) {}

  get speed(): number {
    return this.clock.speed;
  }

  get running(): boolean {
    return this.clock.running;
  }

  runAt(speed: number): void {
    this.clock.runAt(speed);
  }

  pause(): void {
    this.clock.pause();
    this.advanceTo(this.clock.now());
  }

  resume(): void {
    this.clock.resume();
  }

  /** Pauses, then lets so much exchange time pass at once (ms); the next event of the market when not said, if one is due at all. */
  step(ms?: number): void {
    this.pause();
    const ts = ms === undefined ? this.exchange.nextEventTs() : this.exchange.now + ms;
    if (Number.isFinite(ts)) this.advanceTo(ts);
  }

  /** Everything until `ts` (epoch ms) happens at once, and clients hear of it; an earlier `ts` changes nothing. */
  advanceTo(ts: number): void {
    this.clock.jumpTo(ts);
    this.pump.advanceTo(ts);
  }
}
