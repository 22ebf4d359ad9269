// What a market is to the exchange: a source of moves in time order. Prices are whole ticks.
// Invariant: bid <= last <= ask, and moves never go back in time.
import type { Calendar } from './sessions';
import type { Contract } from './words';

/** The market of one contract after a trade. */
export interface Trade {
  readonly kind: 'trade';
  readonly ts: number;
  readonly conId: number;
  readonly last: number;
  readonly lastSize: number;
  readonly bid: number;
  readonly ask: number;
  /** Contracts to be had at the touch, and again at each deeper level. */
  readonly bidSize: number;
  readonly askSize: number;
  /** Contracts traded in the session, this trade included. */
  readonly volume: number;
}

/** The market of one contract went away: the session ended, or the tape has a gap. */
export interface Close {
  readonly kind: 'close';
  readonly ts: number;
  readonly conId: number;
}

export type Move = Trade | Close;

/** A one-minute bar in ticks that begins at `ts`. */
export interface TickBar {
  readonly ts: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  /** Sum of price x size of its trades, ticks, and how many they were; not there for a bar that was not made of trades. */
  readonly value?: number;
  readonly trades?: number;
}

export interface Market {
  readonly description: string;
  /** What a client can look up and order, the contract with quotes first: a tape knows only its own. */
  readonly listed: readonly Contract[];
  readonly calendar: Calendar;
  /** One-minute bars before the start, oldest first. */
  history(conId: number): readonly TickBar[];
  /** When the next move happens (epoch ms); Infinity when there is none. */
  nextTs(): number;
  /** Takes the next move. Asking for one after the end is an error of the caller. */
  next(): Move;
}

/** Makes a market that begins at `startTs`; all its chance comes from `seed`. */
export type MarketMaker = (setting: { readonly seed: number; readonly startTs: number }) => Market;
