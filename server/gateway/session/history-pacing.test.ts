/** The three limits of historical requests, each at its edge. */
import { beforeEach, describe, expect, it } from 'vitest';
import { HistoryPacing } from './history-pacing';

let now = 0;
let pacing = new HistoryPacing();
beforeEach(() => {
  now = 1_000_000;
  pacing = new HistoryPacing(() => now);
});

describe('historical requests', () => {
  it('that are alike are 15 s apart', () => {
    expect([pacing.admits('a', 'ES'), pacing.admits('a', 'ES'), pacing.admits('b', 'ES')]).toEqual([
      true,
      false,
      true,
    ]);
    now += 14_999;
    expect(pacing.admits('a', 'ES')).toBe(false);
    now += 1;
    expect(pacing.admits('a', 'ES')).toBe(true);
  });

  it('of one contract and kind are at most five in 2 s', () => {
    const sent = Array.from({ length: 6 }, (_, i) => pacing.admits(`${i}`, 'ES'));
    expect(sent).toEqual([true, true, true, true, true, false]);
    expect(pacing.admits('another', 'NQ')).toBe(true);
    now += 2000;
    expect(pacing.admits('5', 'ES')).toBe(true);
  });

  it('are at most sixty in ten minutes', () => {
    for (let i = 0; i < 60; i += 1) expect(pacing.admits(`${i}`, `${i}`)).toBe(true);
    expect(pacing.admits('60', '60')).toBe(false);
    now += 600_000;
    expect(pacing.admits('60', '60')).toBe(true);
  });
});

describe('streams of ticks', () => {
  it('of one instrument and kind begin 15 s apart, whether the first goes on or not', () => {
    expect([
      pacing.admitsStream('ES Last'),
      pacing.admitsStream('ES Last'),
      pacing.admitsStream('ES BidAsk'),
    ]).toEqual([...[true, false, true]]);
    now += 15_000;
    expect(pacing.admitsStream('ES Last')).toBe(true);
  });
});
