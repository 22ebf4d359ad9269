// When the invented market is lively and when it is thin, and where it jumps. It holds no chance of its own: seed and time say all.
import { BUSY, DAY_MS, type Temper, temperAt, US_OPEN } from './globex-day';
import { type Jump, jumpsOf, type Span } from './jumps';
import type { Calendar } from './sessions';

export interface Rhythm {
  at(ts: number): Temper;
  /** How far (ticks of ES) the price jumps in `(fromTs, ts]`; what happens while the market is closed is in the gap. */
  jump(fromTs: number, ts: number): number;
}

/** One busy morning without an end. */
export const STEADY: Rhythm = { at: () => BUSY, jump: () => 0 };

const HOUR_MS = 3_600_000;
/** News is felt for so long, less and less. */
const SHOCK_MS = 120_000;
/** How far trades move the price against the steady market, in which brackets are decided within minutes. The demo's first hour is as restless. */
const GLOBEX_SWING = 0.6;
const DEMO_SWING = 0.8;
/** Who has just started a demo sees a market at work before he sees news. */
const DEMO_CALM_MS = 900_000;

/** The sessions of `calendar`, by Chicago's clock. */
export function globexRhythm(seed: number, calendar: Calendar): Rhythm {
  return new DayRhythm(seed, GLOBEX_SWING, (ts) => {
    const { open, close } = calendar.sessionFrom(ts);
    // Whole hours, rounded up.
    let closedMs = HOUR_MS;
    while (!calendar.isOpen(open - closedMs - 1)) closedMs += HOUR_MS;
    return { open, close, closedMs };
  });
}

/** The same day again and again, without a close; the US open is at `startTs`, whatever the clock says. */
export function demoRhythm(seed: number, startTs: number): Rhythm {
  const first = startTs - US_OPEN;
  const calm = { from: startTs - SHOCK_MS, to: startTs + DEMO_CALM_MS };
  return new DayRhythm(seed, DEMO_SWING, (ts) => {
    const open = first + Math.floor((ts - first) / DAY_MS) * DAY_MS;
    return { open, close: open + DAY_MS, closedMs: HOUR_MS, calm };
  });
}

class DayRhythm implements Rhythm {
  private span: Span = { open: 0, close: 0, closedMs: 0 };
  private jumps: readonly Jump[] = [];

  constructor(
    private readonly seed: number,
    private readonly swing: number,
    private readonly spanOf: (ts: number) => Span,
  ) {}

  at(ts: number): Temper {
    this.turnTo(ts);
    const hour = temperAt(ts - this.span.open);
    const plain = { ...hour, swing: hour.swing * this.swing };
    const news = this.jumps.findLast((jump) => jump.kind === 'news' && jump.ts <= ts);
    const shock = news === undefined ? 0 : 1 - (ts - news.ts) / SHOCK_MS;
    return shock > 0 ? shaken(plain, shock) : plain;
  }

  jump(fromTs: number, ts: number): number {
    this.turnTo(ts);
    let ticks = 0;
    for (const jump of this.jumps) if (jump.ts > fromTs && jump.ts <= ts) ticks += jump.ticks;
    return ticks;
  }

  private turnTo(ts: number): void {
    if (ts >= this.span.open && ts < this.span.close) return;
    this.span = this.spanOf(ts);
    this.jumps = jumpsOf(this.seed, this.span);
  }
}

/** @param shock 1 at the news, 0 when it is over */
function shaken({ pace, swing, spread, depth }: Temper, shock: number): Temper {
  return {
    pace: pace * (1 + 4 * shock),
    swing: swing * (1 + 0.6 * shock),
    spread: spread + Math.round(3 * shock),
    depth: depth * (1 - 0.7 * shock),
  };
}
