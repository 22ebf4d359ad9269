// The hours of a Globex day: how an index future trades from 17:00 to 17:00 in Chicago, against a busy hour of the morning.
// Round figures in the shape of the real day: a night that is thin, Europe, the rush at the open and at the close, a quiet noon.

/** What a market is like at a moment, against a busy hour. */
export interface Temper {
  /** Trades: so many times as often. */
  readonly pace: number;
  /** How far one trade moves the price: so many times as far. */
  readonly swing: number;
  /** Between bid and ask, ticks. */
  readonly spread: number;
  /** Sizes at the touch and of trades: so many times as large. */
  readonly depth: number;
}

export const BUSY: Temper = { pace: 1, swing: 1, spread: 1, depth: 1 };

/** 08:30 in Chicago: the cash market of the United States opens. */
export const US_OPEN = at('08:30');
export const DAY_MS = 24 * 3_600_000;
const QUARTER_MS = 15 * 60_000;

/** From which time on (Chicago): pace, swing, spread, depth. */
const HOURS: readonly (readonly [string, number, number, number, number])[] = [
  ['17:00', 0.12, 0.8, 2, 0.4],
  ['17:30', 0.06, 0.8, 2, 0.3],
  ['19:00', 0.08, 0.8, 2, 0.35],
  ['21:00', 0.05, 0.7, 2, 0.3],
  ['23:00', 0.04, 0.7, 3, 0.25],
  ['01:00', 0.07, 0.8, 2, 0.3],
  ['02:00', 0.16, 0.9, 2, 0.4],
  ['04:00', 0.1, 0.8, 2, 0.4],
  ['06:00', 0.14, 0.8, 1, 0.5],
  ['07:00', 0.25, 0.8, 1, 0.6],
  ['08:00', 0.35, 0.8, 1, 0.7],
  ['08:30', 1.3, 1.1, 1, 1],
  ['09:30', 0.95, 0.9, 1, 1],
  ['10:30', 0.6, 0.7, 1, 1],
  ['11:30', 0.4, 0.6, 1, 0.9],
  ['13:00', 0.5, 0.7, 1, 0.9],
  ['14:00', 0.8, 0.8, 1, 1],
  ['14:45', 1.2, 1, 1, 1],
  ['15:00', 0.2, 0.7, 1, 0.6],
  ['15:15', 0.12, 0.7, 2, 0.5],
  ['16:00', 0.03, 0.6, 3, 0.25],
];

const QUARTERS: readonly Temper[] = Array.from({ length: DAY_MS / QUARTER_MS }, (_, index) => {
  const [, pace = 1, swing = 1, spread = 1, depth = 1] =
    HOURS.findLast(([from]) => at(from) <= index * QUARTER_MS) ?? [];
  return { pace, swing, spread, depth };
});

/** @param sinceOpenMs since 17:00 in Chicago, less than a day */
export function temperAt(sinceOpenMs: number): Temper {
  return QUARTERS[Math.floor(sinceOpenMs / QUARTER_MS)] ?? BUSY;
}

/** A time of day in Chicago as ms since the session began at 17:00. */
export function at(chicago: string): number {
  const [hours = 0, minutes = 0] = chicago.split(':').map(Number);
  return (((hours + 24 - 17) % 24) * 60 + minutes) * 60_000;
}
