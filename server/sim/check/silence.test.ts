import { describe, expect, it } from 'vitest';
import { silenceIsTold } from './silence';
import { Stand } from './testing/stand';

const turns = (stand = new Stand(silenceIsTold())) => stand.steps({ type: 'ClockTicked' });

describe('L10', () => {
  it('sees a worker that is silent for more than ten seconds, and nobody told', () => {
    expect(turns().later(10_000).violations).toEqual([]);
    expect(turns().later(10_250).violations).toEqual(['L10: No turn for 10250 ms, and nobody is told.']);
    expect(turns().later(10_000).pages(true).later(600_000).violations).toEqual([]);
  });

  it('sees a person told of one that took a turn', () => {
    expect(turns().later(8_000).pages(true).violations).toEqual([
      'L10: The worker is told of as silent 8000 ms after a turn.',
    ]);
    expect(turns().later(9_500).pages(true).violations).toEqual([]);
  });

  it('sees one that is back, and nobody told', () => {
    const back = turns(turns().later(10_000).pages(true));
    expect(back.later(1_250).violations).toEqual([
      'L10: The worker is back for 1250 ms, and nobody is told.',
    ]);
    expect(turns(turns().later(10_000).pages(true)).pages(false).later(5_000).violations).toEqual([]);
  });
});
