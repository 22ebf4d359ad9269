import { describe, expect, it } from 'vitest';
import { bareSpans, longestBareMs } from './cover';

const bought = { ts: 1_000, quantity: 2 };

describe('a position without a stop that covers it', () => {
  it('is bare from its fill until a stop works', () => {
    const spans = bareSpans(
      [bought],
      [{ fromTs: 4_000, toTs: Number.POSITIVE_INFINITY, side: 'SELL', quantity: 2 }],
    );
    expect(spans).toEqual([{ fromTs: 1_000, toTs: 4_000, contracts: 2 }]);
    expect(longestBareMs(spans)).toBe(3_000);
  });

  it('is bare for what the stop does not cover, and again once the stop is gone', () => {
    const spans = bareSpans(
      [bought, { ts: 9_000, quantity: -2 }],
      [{ fromTs: 1_000, toTs: 6_000, side: 'SELL', quantity: 1 }],
    );
    expect(spans).toEqual([{ fromTs: 1_000, toTs: 9_000, contracts: 2 }]);
  });

  it('is not covered by a stop of the wrong side (the flip of 12 December)', () => {
    const flipped = [bought, { ts: 2_000, quantity: -4 }];
    const stop = { fromTs: 1_000, toTs: Number.POSITIVE_INFINITY, side: 'SELL', quantity: 2 } as const;
    expect(bareSpans(flipped, [stop])).toEqual([
      { fromTs: 2_000, toTs: Number.POSITIVE_INFINITY, contracts: 2 },
    ]);
  });

  it('is never bare when fill and stop come at one instant', () => {
    expect(
      bareSpans([bought], [{ fromTs: 1_000, toTs: 9_000, side: 'SELL', quantity: 2 }]).at(0)?.fromTs,
    ).toBe(9_000);
    expect(longestBareMs([])).toBe(0);
  });
});
