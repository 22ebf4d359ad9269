/** Chance from a seed: the same seed, the same demo. */

export interface Chance {
  /** A whole number in [low, high]. */
  between(low: number, high: number): number;
  /** True in `part` of all cases, 0..1. */
  happens(part: number): boolean;
}

/** 32-bit generator of the mulberry family: enough for a demo, not for anything secret. */
export function chanceFrom(seed: number): Chance {
  let state = seed | 0;
  const draw = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    between: (low, high) => low + Math.floor(draw() * (high - low + 1)),
    happens: (part) => draw() < part,
  };
}
