/** Guards read as value against limit, with the failed ones first. */
import { describe, expect, test } from 'vitest';
import type { GuardResult } from '@/server/engine/model/reason';
import { failedFirst, limitSaid, observedSaid, summary } from './measure';

const distance: GuardResult = {
  guard: 'Distance to stop',
  code: 'INSUFFICIENT_DISTANCE',
  verdict: 'deny',
  observed: 2,
  relation: '≥',
  limit: 4,
  unit: 'ticks',
};
const loss: GuardResult = {
  guard: 'Loss at stop',
  code: 'MAX_LOSS_CAP',
  verdict: 'pass',
  observed: 300_000_000,
  relation: '≤',
  limit: 1_250_000_000,
  unit: 'usd',
};
const collar: GuardResult = { ...distance, guard: 'Entry away from market', verdict: 'skip', observed: null };

describe('a guard', () => {
  test('says ticks and dollars, and the unit once', () => {
    expect([observedSaid(distance), limitSaid(distance)]).toEqual(['2 ticks', '≥ 4']);
    expect([observedSaid(loss), limitSaid(loss)]).toEqual(['$300', '≤ $1,250']);
  });

  test('says ages in their own units and states in their own words', () => {
    expect(observedSaid({ ...loss, unit: 'ms', observed: 200 })).toBe('200 ms');
    expect(limitSaid({ ...loss, unit: 'ms', limit: 300_000 })).toBe('≤ 5 min 00 s');
    expect(limitSaid({ ...loss, unit: 'state', relation: '=', limit: 'connected' })).toBe('connected');
  });

  test('that could not be measured shows a dash', () => {
    expect(observedSaid(collar)).toBe('–');
  });
});

describe('a table of guards', () => {
  test('puts refusals first and the rest in its own part', () => {
    const { failed, rest } = failedFirst([loss, collar, distance]);
    expect(failed).toEqual([distance]);
    expect(rest).toEqual([loss, collar]);
  });

  test('is summed up in one line', () => {
    expect(summary([loss, distance])).toBe('1 of 2 guards refuses');
    expect(summary([loss, collar])).toBe('1 guard passes, 1 not measurable');
  });
});
