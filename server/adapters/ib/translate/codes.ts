/** IB's numbers for errors, warnings and notices: which of them say that an order failed, and which that the line did. */

export const CODE = {
  /** Not IB's: the adapter itself has something to say. */
  adapter: 0,
  rateExceeded: 100,
  clientIdInUse: 326,
  connectFailed: 502,
  clientTooOld: 503,
  notConnected: 504,
  /** The client could not make sense of a message. */
  unreadable: 505,
  versionUnsupported: 506,
  upstreamLost: 1100,
  upstreamRestoredDataLost: 1101,
  upstreamRestored: 1102,
  portMoved: 1300,
  upstreamBroken: 2110,
  /** Some of what was asked for is not subscribed; the rest comes. */
  partlySubscribed: 10090,
  /** Another session of the same login takes the market data. */
  competingSession: 10197,
  duplicateOrderId: 103,
  orderToCancelNotFound: 10147,
} as const;

/** 399 held until the open, 10349 time in force set by a preset, 2100..2169 warnings (2109: outsideRth ignored). */
const WARNINGS_FIRST = 2100;
const WARNINGS_LAST = 2169;
/** In the range of warnings, but a refusal: "unable to modify this order as it is still being processed". */
const MODIFY_REFUSED = 2102;
const OTHER_WARNINGS: readonly number[] = [399, 10349];

/** True when the order lives on as if nothing had been said. */
export function isWarning(code: number): boolean {
  if (code === MODIFY_REFUSED) return false;
  return (code >= WARNINGS_FIRST && code <= WARNINGS_LAST) || OTHER_WARNINGS.includes(code);
}
