import { describe, expect, it } from 'vitest';
import { excusesIn, tooOften } from './ceilings';

describe('ceilings of excuses', () => {
  it('fail a run that excuses more than its share', () => {
    expect(tooOften({ 'excused:I1:untold': 181 }, 2_000)).toEqual([
      'excused:I1:untold was given 181 times, at most 180 are expected.',
    ]);
    expect(tooOften({ 'excused:I1:untold': 180 }, 2_000)).toEqual([]);
  });

  it('hold an excuse that nobody has named yet to a rare one', () => {
    expect(tooOften({ 'excused:I3:new': 41 }, 10_000)).toHaveLength(1);
    expect(tooOften({ 'excused:I3:new': 40 }, 10_000)).toEqual([]);
  });

  it('say nothing of a few by chance, nor of a run too short to say', () => {
    expect(tooOften({ 'excused:I2:leftOut': 8 }, 1_000)).toEqual([]);
    expect(tooOften({ 'excused:I2:leftOut': 99 }, 999)).toEqual([]);
  });

  it('let one position in a hundred be bare for more than a second (L1)', () => {
    expect(tooOften({ coveredLate: 28, positionHeard: 2_000 }, 2_000)).toEqual([]);
    expect(tooOften({ coveredLate: 29, positionHeard: 2_000 }, 2_000)).toEqual([
      '29 of 2000 positions were bare for more than a second, at most one in a hundred may be.',
    ]);
  });

  it('are about excuses only', () => {
    expect(excusesIn({ fill: 9, 'excused:L2:byHand': 1, 'excused:I1:untold': 2 })).toEqual([
      ['excused:I1:untold', 2],
      ['excused:L2:byHand', 1],
    ]);
  });
});
