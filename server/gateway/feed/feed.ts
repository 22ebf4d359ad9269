/** A subscription of one client: it speaks when it opens, when something happens, and at its own pace in between. */
import type { ExchangeEvent } from '../../exchange/words';
import type { Message } from '../wire/frame';

export interface Feed {
  /** The request id of a feed of market data. */
  readonly tickerId?: number;
  /** Milliseconds of wall time between two polls. */
  readonly periodMs: number;
  /** What a new subscriber is told at once. */
  open(): Message[];
  on(event: ExchangeEvent): Message[];
  poll(): Message[];
}

/** Milliseconds. IB refreshes account values at this pace when nothing happens. */
export const ACCOUNT_REFRESH_MS = 180_000;
/** Milliseconds. IB's pace for P&L and for the bar in the making. */
export const SECOND_MS = 1000;
