/** The story of a cycle in its parts: steps, lines, headline. */
import { describe, expect, test } from 'vitest';
import type { CycleFact } from '@/server/engine/model/fact';
import type { CycleId, OrderRef } from '@/server/engine/model/ids';
import { headlineOf } from './said';
import { stepsOf } from './steps';
import { pricesFor, tell } from './tell';

const of = { cycleId: 'c-1-1' as CycleId, symbol: 'ES' };
const denied: CycleFact = { ...of, type: 'EntryDenied', reasons: ['MISSING_PROTECTION'], detail: 'no stop' };
const filled: CycleFact = {
  ...of,
  type: 'OrderFilled',
  ref: 'c-1-1:entry' as OrderRef,
  role: 'entry',
  side: 'BUY',
  execId: 'e1',
  quantity: 1,
  priceTicks: 27_562,
  positionAfter: 1,
};

describe('the timeline', () => {
  test('keeps together what one step concluded, in order', () => {
    const steps = stepsOf([
      { seq: 7, n: 0, ts: 100, fact: filled },
      { seq: 7, n: 1, ts: 100, fact: { ...of, type: 'PositionArming', quantity: 1 } },
      { seq: 9, n: 0, ts: 140, fact: denied },
    ]);
    expect(steps.map((step) => [step.seq, step.facts.length])).toEqual([
      [7, 2],
      [9, 1],
    ]);
  });

  test('leaves out what is not of the cycle', () => {
    expect(stepsOf([{ seq: 1, n: 0, ts: 0, fact: { type: 'ReconcileStarted', requestId: 1 } }])).toEqual([]);
  });

  test('says a fill as a price when the tick is known, else in ticks', () => {
    expect(tell(filled, pricesFor(0.25)).text).toBe('Filled, entry: BUY 1 @ 6,890.50');
    expect(tell(filled, pricesFor(null)).text).toContain('27562 ticks');
  });

  test('carries the reason codes of a denial', () => {
    expect(tell(denied, pricesFor(0.25))).toMatchObject({ tone: 'danger', codes: ['MISSING_PROTECTION'] });
  });
});

describe('the headline', () => {
  test('of a closed cycle is its outcome, toned by the money', () => {
    expect(headlineOf({ phase: 'closed', outcome: 'target', realizedMicros: 597_760_000 })).toEqual({
      words: 'closed at its target',
      tone: 'safe',
    });
    expect(headlineOf({ phase: 'closed', outcome: 'stop', realizedMicros: -1 }).tone).toBe('danger');
  });

  test('of one that never traded has no result to tone', () => {
    expect(headlineOf({ phase: 'denied', outcome: 'denied', realizedMicros: null })).toEqual({
      words: 'denied',
      tone: 'neutral',
    });
  });
});
