/** One-minute bars as IB sends them -> ticks; and when a bar is complete. */
import type { Bar, Instrument } from '../../../engine/model/instrument';
import { ticksOf } from '../../../engine/model/money';
import { epochTs } from './time';

/** The client blocks the event loop for seconds on longer answers. */
export const BARS_MAX = 5_000;

/** A bar as the callbacks carry it: prices in points, `time` in epoch seconds. */
export interface IbBar {
  time: string;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

/** @returns null when the time or a price cannot be read, or a price is off the instrument's grid. */
export function barOf(bar: IbBar, instrument: Instrument): Bar | null {
  const ts = epochTs(bar.time);
  const openTicks = ticksOf(bar.open, instrument.tickSize);
  const highTicks = ticksOf(bar.high, instrument.tickSize);
  const lowTicks = ticksOf(bar.low, instrument.tickSize);
  const closeTicks = ticksOf(bar.close, instrument.tickSize);
  if (ts === null || openTicks === null || highTicks === null || lowTicks === null || closeTicks === null) {
    return null;
  }
  return { ts, openTicks, highTicks, lowTicks, closeTicks, volume: Math.max(0, bar.volume) };
}

/** The last bar is still forming: it is complete when a later one begins. */
export interface BarSeries {
  forming: Bar | null;
}

/** @returns the series after `bar`, and the bar that it completed. A bar older than the forming one is ignored. */
export function advance(series: BarSeries, bar: Bar): { series: BarSeries; closed: Bar | null } {
  const { forming } = series;
  if (forming !== null && bar.ts < forming.ts) return { series, closed: null };
  return { series: { forming: bar }, closed: forming !== null && forming.ts < bar.ts ? forming : null };
}
