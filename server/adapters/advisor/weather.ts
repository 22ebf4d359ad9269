/** What the bars say about the market: trend and volatility, as figures in ticks and as the words they stand for. Pure. */
import type { AdvisorAnswer } from '../../engine/model/advisory';
import type { Bar } from '../../engine/model/instrument';

const TREND_BARS = 20;
export const ATR_BARS = 14;
const USUAL_BARS = 60;
/** A slope below this part of the ATR per bar is noise: over 20 bars it moves the price by less than two ATRs. */
const TREND_PART_OF_ATR = 0.1;
const QUIET_RATIO = 0.7;
const WILD_RATIO = 1.5;

/** Fewer bars than this say nothing about what is usual. */
export const BARS_NEEDED = 30;

export interface Weather {
  trend: Exclude<AdvisorAnswer['trend'], 'UNKNOWN'>;
  /** Least-squares slope of the last 20 closes, ticks a bar. */
  slopeTicks: number;
  volatility: Exclude<AdvisorAnswer['volatility'], 'UNKNOWN'>;
  /** Average true range of the last 14 bars, and of the last 60 (or as many as there are), ticks. */
  atrTicks: number;
  usualAtrTicks: number;
  /** Extremes of the last 20 bars, ticks. */
  lowTicks: number;
  highTicks: number;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Wilder's true range of each bar but the first. */
function trueRanges(bars: readonly Bar[]): readonly number[] {
  return bars.slice(1).map((bar, index) => {
    const before = bars[index]?.closeTicks ?? bar.openTicks;
    return Math.max(bar.highTicks, before) - Math.min(bar.lowTicks, before);
  });
}

/** @returns the least-squares slope of values one apart. */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const average = mean(values);
  const moments = values.map((value, x) => ({ xy: (x - middle) * (value - average), xx: (x - middle) ** 2 }));
  const sum = (pick: (moment: { xy: number; xx: number }) => number) => mean(moments.map(pick));
  return sum((moment) => moment.xy) / sum((moment) => moment.xx);
}

function trendOf(slopeTicks: number, atrTicks: number): Weather['trend'] {
  if (Math.abs(slopeTicks) <= TREND_PART_OF_ATR * atrTicks) return 'RANGE';
  return slopeTicks > 0 ? 'UPTREND' : 'DOWNTREND';
}

function volatilityOf(atrTicks: number, usualAtrTicks: number): Weather['volatility'] {
  if (atrTicks >= WILD_RATIO * usualAtrTicks) return 'HIGH';
  return atrTicks < QUIET_RATIO * usualAtrTicks ? 'LOW' : 'MEDIUM';
}

/** @param bars newest last; @returns null when there are fewer than `BARS_NEEDED`. */
export function weatherOf(bars: readonly Bar[]): Weather | null {
  if (bars.length < BARS_NEEDED) return null;
  const ranges = trueRanges(bars);
  const recent = bars.slice(-TREND_BARS);
  const slopeTicks = slopeOf(recent.map((bar) => bar.closeTicks));
  const atrTicks = mean(ranges.slice(-ATR_BARS));
  const usualAtrTicks = mean(ranges.slice(-USUAL_BARS));
  return {
    trend: trendOf(slopeTicks, atrTicks),
    slopeTicks,
    volatility: volatilityOf(atrTicks, usualAtrTicks),
    atrTicks,
    usualAtrTicks,
    lowTicks: Math.min(...recent.map((bar) => bar.lowTicks)),
    highTicks: Math.max(...recent.map((bar) => bar.highTicks)),
  };
}
