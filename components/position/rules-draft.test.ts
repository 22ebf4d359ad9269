import { describe, expect, test } from 'vitest';
import { draftOf, rulesOf } from './rules-draft';

const rules = { maxMinutes: 30, breakEvenAfterTicks: 8, trail: { afterTicks: 12, byTicks: 6 } };
const off = { maxMinutes: null, breakEvenAfterTicks: null, trail: null };

describe('exit rules while they are typed', () => {
  test('come back as they were', () => {
    expect(rulesOf(draftOf(rules))).toEqual(rules);
    expect(rulesOf(draftOf(off))).toEqual(off);
  });

  test('are nothing with a text that is no whole number from 1', () => {
    for (const text of ['0', '-3', '1.5', 'x', '12345', '1e3']) {
      expect(rulesOf({ ...draftOf(off), maxMinutes: text })).toBeNull();
    }
  });

  test('are nothing with half a trail', () => {
    expect(rulesOf({ ...draftOf(off), trailAfter: '12' })).toBeNull();
    expect(rulesOf({ ...draftOf(off), trailBy: '6' })).toBeNull();
  });
});
