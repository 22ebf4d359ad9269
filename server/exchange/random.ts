// Seeded chance: the same seed gives the same draws on every machine (integer arithmetic only, no Math.random).

/** A source of draws. `unit` is in [0, 1); `below(n)` is a whole number in [0, n); `bell` has mean 0, deviation 1. */
export interface Random {
  unit(): number;
  below(n: number): number;
  bell(): number;
}

/** Mulberry32 over the seed. Its period of 2^32 draws outlasts any run of the simulator. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const unit = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    unit,
    below: (n) => Math.floor(unit() * n),
    // Three uniform draws have variance 3/12, so twice their centred sum has variance 1.
    bell: () => 2 * (unit() + unit() + unit() - 1.5),
  };
}
