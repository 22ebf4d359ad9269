/** Where the price stands between stop and target. Shares of the way: 0 at the stop, 1 at the target, whichever side they lie on. */

export interface Span {
  /** Null when a level or the price is not known. */
  price: number | null;
  entry: number;
}

function clamp(share: number): number {
  return Math.max(0, Math.min(1, share));
}

/** @returns null without both levels: there is no way to measure along. */
export function spanOf(position: {
  stop: number | null;
  target: number | null;
  average: number;
  last: number | null;
}): Span | null {
  const { stop, target, average, last } = position;
  if (stop === null || target === null || stop === target) return null;
  const share = (value: number) => clamp((value - stop) / (target - stop));
  return { price: last === null ? null : share(last), entry: share(average) };
}
