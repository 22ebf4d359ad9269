/** The count of requests, in all and in the busiest second. */
import { expect, it } from 'vitest';
import { Pacing } from './pacing';

it('keeps the busiest second, not the last one', () => {
  let now = 1_000_500;
  const pacing = new Pacing(() => now);
  for (let i = 0; i < 3; i += 1) pacing.count();
  now = 1_001_000;
  pacing.count();
  expect(pacing).toMatchObject({ total: 4, peakPerSecond: 3 });
});
