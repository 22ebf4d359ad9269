/** The count of requests, in all and in the busiest second, and how long the next one waits. */
import { expect, it } from 'vitest';
import { Pacing } from './pacing';

it('keeps the busiest second, not the last one', () => {
  let now = 1_000_500;
  const pacing = new Pacing(50, () => now);
  for (let i = 0; i < 3; i += 1) pacing.count();
  now = 1_001_000;
  pacing.count();
  expect(pacing).toMatchObject({ total: 4, peakPerSecond: 3 });
});

it('makes the next one wait until the oldest of a full second is a second old, wherever that second begins', () => {
  let now = 1_000_900;
  const pacing = new Pacing(2, () => now);
  pacing.admit();
  now += 300;
  pacing.admit();
  expect(pacing.waitMs()).toBe(700);
  now += 700;
  expect(pacing.waitMs()).toBe(0);
  pacing.admit();
  expect(pacing.waitMs()).toBe(300);
});
