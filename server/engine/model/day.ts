/** The book of one trading day. */
import type { ById } from './ids';

export interface DayBook {
  /** Exchange date, YYYY-MM-DD, of the trading day (a new one begins at 17:00 US/Central). */
  date: string;
  realizedMicros: number;
  commissionMicros: number;
  entries: number;
  won: number;
  lost: number;
  denied: number;
  waited: number;
  consecutiveLosses: number;
  /** By instrument, exchange time. */
  lastLossTs: ById<number>;
  peakMicros: number;
  worstDrawdownMicros: number;
  equity: readonly { ts: number; micros: number }[];
}

export const EMPTY_DAY: DayBook = {
  date: '',
  realizedMicros: 0,
  commissionMicros: 0,
  entries: 0,
  won: 0,
  lost: 0,
  denied: 0,
  waited: 0,
  consecutiveLosses: 0,
  lastLossTs: {},
  peakMicros: 0,
  worstDrawdownMicros: 0,
  equity: [],
};
