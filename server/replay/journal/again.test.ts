import { describe, expect, it } from 'vitest';
import { openDesk } from '../../engine/testing/desk';
import { JournalReplay, judgeAgain } from './again';

/** A day in which one entry went out, one was denied and one waited. */
function journal() {
  const desk = openDesk();
  desk.signal({ signalId: 'near', stopPrice: 6889.25 });
  desk.signal({ signalId: 'bare', symbol: 'MES', stopPrice: null });
  desk.advisor = 'WAIT';
  desk.signal({ signalId: 'unsure', symbol: 'MES', confidence: 0.6 });
  return desk.journal;
}

describe('our own journal under other limits', () => {
  it('decides as it did when nothing is changed', async () => {
    const replay = await judgeAgain(journal(), {});
    expect(replay.decisions.map(({ at, was }) => [at, was.is, ...was.reasons])).toEqual([
      ['signal', 'asked'],
      ['answer', 'sent'],
      ['signal', 'denied', 'MISSING_PROTECTION'],
      ['signal', 'asked'],
      ['answer', 'waiting', 'AWS_WAIT'],
    ]);
    expect(replay.decisions.every(({ was, now }) => JSON.stringify(was) === JSON.stringify(now))).toBe(true);
    expect(replay.summary).toEqual({ decisions: 5, stopped: 0, released: 0, same: 5 });
    expect(JournalReplay.parse(JSON.parse(JSON.stringify(replay)))).toEqual(replay);
  });

  it('stops what is too near under a longer distance, and names the guard', async () => {
    const { decisions, summary } = await judgeAgain(journal(), { minDistanceTicks: 6 });
    expect(summary).toEqual({ decisions: 5, stopped: 2, released: 0, same: 3 });
    expect(decisions[0]).toMatchObject({
      was: { is: 'asked', reasons: [] },
      now: { is: 'denied', reasons: ['INSUFFICIENT_DISTANCE'] },
      changed: ['Distance to stop: pass before, deny now (5 ≥ 6)'],
    });
  });

  it('lets a WAIT be lifted under a lower threshold', async () => {
    const { decisions, summary } = await judgeAgain(journal(), { waitOverrideConfidence: 0.5 });
    expect(summary).toMatchObject({ stopped: 0, released: 1 });
    expect(decisions.at(-1)).toMatchObject({ was: { is: 'waiting' }, now: { is: 'sent', reasons: [] } });
  });
});
