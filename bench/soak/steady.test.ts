/** The judge of the soak: a leak does not pass, a quiet worker does, and what cannot be told does not pass either. */
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../server/exchange/random';
import { DATA_BOUND_MB, NOISE_MB, ROUNDS_LEAST } from './report';
import { slopeOf, type Verdict, verdictOn } from './steady';

const KB_IN_MB = 1 / 1_024;
/** Fewer than any round has seen: what is found with these is found with more. */
const ORDERS_A_ROUND = 85;
const QUOTE_BATCHES_A_ROUND = 800;
const RUNS = 200;

/** On what two hundred workers would weigh that keep so much more with each round. */
function verdicts(keptMbARound: number, rounds = ROUNDS_LEAST): readonly Verdict[] {
  return Array.from({ length: RUNS }, (_, seed) => {
    const random = seededRandom(seed);
    const readings = Array.from(
      { length: rounds },
      (_, n) => 40 + n * keptMbARound + random.bell() * NOISE_MB,
    );
    return verdictOn(slopeOf(readings, NOISE_MB), DATA_BOUND_MB);
  });
}

const share = (of: readonly Verdict[], verdict: Verdict) =>
  of.filter((one) => one === verdict).length / of.length;

describe('a soak', () => {
  it('passes no worker that keeps 1 kB of each order, and calls nearly all of them growing', () => {
    const found = verdicts(ORDERS_A_ROUND * KB_IN_MB);
    expect(found).not.toContain('flat');
    expect(share(found, 'GROWS')).toBeGreaterThan(0.95);
  });

  it('passes none that keeps 1 kB, or a tenth, of each batch of quotes', () => {
    for (const kept of [QUOTE_BATCHES_A_ROUND, QUOTE_BATCHES_A_ROUND / 10])
      expect(verdicts(kept * KB_IN_MB)).not.toContain('flat');
  });

  it('of thirty rounds passes none that keeps two thirds of a kB of each order', () => {
    expect(verdicts((ORDERS_A_ROUND / 1.5) * KB_IN_MB, 30)).not.toContain('flat');
  });

  it('passes one that keeps nothing, and over many rounds one that keeps a little machinery of V8', () => {
    expect(share(verdicts(0), 'flat')).toBe(1);
    expect(share(verdicts(DATA_BOUND_MB / 4), 'flat')).toBeGreaterThan(0.95);
    expect(share(verdicts(DATA_BOUND_MB / 2, 3 * ROUNDS_LEAST), 'flat')).toBe(1);
  });

  it('does not pass on readings that tell nothing: too few, or too far apart', () => {
    expect(verdicts(0, 3)).not.toContain('GROWS');
    expect(share(verdicts(0, 3), 'flat')).toBeLessThan(1);
    expect(verdictOn(slopeOf([40, 42, 39, 43, 38, 41]), DATA_BOUND_MB)).toBe('NOT TOLD');
  });
});

describe('the slope of readings', () => {
  it('is that of their line, and no more certain than one reading is', () => {
    expect(slopeOf([10, 12, 14, 16])).toEqual({ perRound: 2, error: 0 });
    expect(slopeOf([10, 12, 14], 0.5)).toEqual({ perRound: 2, error: 0.5 / Math.sqrt(2) });
  });
});
