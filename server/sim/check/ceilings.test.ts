import { describe, expect, it } from 'vitest';
import { excusedTooOften, excusesIn } from './ceilings';

describe('ceilings of excuses', () => {
  it('fail a run that excuses more than its share', () => {
    expect(excusedTooOften({ 'excused:I1:untold': 181 }, 2_000)).toEqual([
      'excused:I1:untold was given 181 times, at most 180 are expected.',
    ]);
    expect(excusedTooOften({ 'excused:I1:untold': 180 }, 2_000)).toEqual([]);
  });

  it('hold an excuse that nobody has named yet to a rare one', () => {
    expect(excusedTooOften({ 'excused:I3:new': 41 }, 10_000)).toHaveLength(1);
    expect(excusedTooOften({ 'excused:I3:new': 40 }, 10_000)).toEqual([]);
  });

  it('say nothing of a few by chance, nor of a run too short to say', () => {
    expect(excusedTooOften({ 'excused:I2:leftOut': 8 }, 1_000)).toEqual([]);
    expect(excusedTooOften({ 'excused:I2:leftOut': 99 }, 999)).toEqual([]);
  });

  it('are about excuses only', () => {
    expect(excusesIn({ fill: 9, 'excused:L2:byHand': 1, 'excused:I1:untold': 2 })).toEqual([
      ['excused:I1:untold', 2],
      ['excused:L2:byHand', 1],
    ]);
  });
});
