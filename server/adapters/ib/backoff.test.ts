/** Attempts to connect grow apart, up to a limit. */
import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff';

describe('the pause before another attempt', () => {
  const span = { firstMs: 250, mostMs: 10_000 };

  it('doubles up to ten seconds, and never more', () => {
    expect([1, 2, 3, 6, 7, 60, 5_000].map((n) => backoffMs(n, span, 1))).toEqual([
      250, 500, 1_000, 8_000, 10_000, 10_000, 10_000,
    ]);
  });

  it('is shaken down to half of it', () => {
    expect(backoffMs(1, span, 0)).toBe(125);
    expect(backoffMs(9, span, 0.5)).toBe(7_500);
  });
});
