/** A broker that tells whole seconds, asked over a line that takes its time: how far its clock is from ours. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { skewMeter } from './skew';

const NOON = Date.UTC(2025, 11, 12, 12);

/** The broker's answer to a question at `askedMs` that takes `thereMs` to it and `backMs` back. */
function answer(askedMs: number, skewMs: number, [thereMs, backMs]: readonly [number, number]) {
  const told = askedMs + thereMs + skewMs;
  return {
    brokerMs: Math.floor(told / 1_000) * 1_000,
    answeredHostMs: askedMs + thereMs + backMs,
    roundTripMs: thereMs + backMs,
  };
}

describe('the skew of the clocks', () => {
  it('is within a second and the round trip after one answer, and not the whole second late that it seems', () => {
    const measure = skewMeter();
    expect(measure(answer(NOON + 999, 0, [0, 0]))).toEqual({ ms: -499, plusMinusMs: 500 });
    expect(skewMeter()(answer(NOON, 0, [200, 200]))).toEqual({ ms: 300, plusMinusMs: 700 });
  });

  it('is known to a few ms after a minute of heartbeats, whatever the line takes', () => {
    const measure = skewMeter();
    let skew = { ms: 0, plusMinusMs: 0 };
    for (let n = 0; n < 120; n++) skew = measure(answer(NOON + n * 513, -4_321, [5 + (n % 7), 5 + (n % 11)]));
    expect(Math.abs(skew.ms + 4_321)).toBeLessThanOrEqual(skew.plusMinusMs);
    expect(skew.plusMinusMs).toBeLessThan(40);
  });

  it('follows at once when a clock is set', () => {
    const measure = skewMeter();
    for (let n = 0; n < 40; n++) measure(answer(NOON + n * 513, 0, [1, 1]));
    const { ms, plusMinusMs } = measure(answer(NOON + 40 * 513, 60_000, [1, 1]));
    expect(Math.abs(ms - 60_000)).toBeLessThanOrEqual(plusMinusMs);
  });

  it('lies within what it says, for every line and every rhythm', () => {
    const leg = fc.integer({ min: 0, max: 400 });
    const questions = fc.array(fc.tuple(fc.integer({ min: 1, max: 2_000 }), leg, leg), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(questions, fc.integer({ min: -100_000, max: 100_000 }), (asked, skewMs) => {
        const measure = skewMeter();
        let atMs = NOON;
        for (const [gap, there, back] of asked) {
          atMs += gap + there + back;
          const { ms, plusMinusMs } = measure(answer(atMs, skewMs, [there, back]));
          expect(Math.abs(ms - skewMs)).toBeLessThanOrEqual(plusMinusMs + 1);
        }
      }),
    );
  });
});
