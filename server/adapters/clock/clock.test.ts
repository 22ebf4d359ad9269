/** Both clocks under a host time that the test turns by hand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { steadyHost } from './host';
import { tapeClock } from './tape';
import { wallClock } from './wall';

const NOON = Date.UTC(2025, 11, 12, 12);

function handTurned(start = 1_000) {
  let ms = start;
  const pass = (by: number) => {
    ms += by;
  };
  return { host: () => ms, pass };
}

describe('steady host time', () => {
  it('goes on when the wall clock is set back', () => {
    let wall = NOON;
    let elapsed = 0;
    const host = steadyHost(
      () => wall,
      () => elapsed,
    );
    wall -= 3_600_000;
    elapsed += 250.7;
    expect(host()).toBe(NOON + 250);
  });

  it('follows the wall clock over a sleep of the machine', () => {
    let wall = NOON;
    const host = steadyHost(
      () => wall,
      () => 5,
    );
    wall += 3_600_000;
    expect(host()).toBe(NOON + 3_600_000);
    wall -= 3_000_000;
    expect(host()).toBe(NOON + 3_600_000);
  });
});

describe('the wall clock', () => {
  it('is the host time, whatever the broker says, and knows the skew', () => {
    const { host, pass } = handTurned(NOON);
    const clock = wallClock(host);
    expect(clock.skew()).toBeNull();
    clock.sync(NOON - 4_000, 0);
    const known = clock.skew();
    expect(known).toEqual({ ms: -3_500, plusMinusMs: 500 });
    pass(10);
    expect(clock.now()).toEqual({ ts: NOON + 10, hostMs: NOON + 10 });
    clock.sync(Number.NaN, 0);
    expect(clock.skew()).toEqual(known);
  });
});

describe('the tape clock', () => {
  it('has no exchange time before the first sync', () => {
    const { host, pass } = handTurned();
    const clock = tapeClock({ speed: 60, host });
    pass(5_000);
    expect(clock.now()).toEqual({ ts: 0, hostMs: 6_000 });
    clock.sync(Number.NaN, 0);
    clock.sync(0, 0);
    expect(clock.now().ts).toBe(0);
  });

  it('runs on from the first sync at the speed of the tape', () => {
    const { host, pass } = handTurned();
    const clock = tapeClock({ speed: 60, host });
    clock.sync(NOON, 0);
    pass(1_000);
    expect(clock.now().ts).toBe(NOON + 60_000);
  });

  it('does not move for a reading whose second it is in', () => {
    const { host, pass } = handTurned();
    const clock = tapeClock({ speed: 1, host });
    clock.sync(NOON, 0);
    pass(1_900);
    clock.sync(NOON + 1_000, 0);
    pass(1_000);
    expect(clock.now().ts).toBe(NOON + 2_900);
  });

  it('catches up within a second when the tape is ahead, without a jump', () => {
    const { host, pass } = handTurned();
    const clock = tapeClock({ speed: 1, host });
    clock.sync(NOON, 0);
    clock.sync(NOON + 10_000, 0);
    expect(clock.now().ts).toBe(NOON);
    pass(500);
    expect(clock.now().ts).toBe(NOON + 5_500);
    pass(500);
    expect(clock.now().ts).toBe(NOON + 11_000);
    pass(1_000);
    expect(clock.now().ts).toBe(NOON + 12_000);
  });

  it('stands still, and never goes back, while the tape is behind', () => {
    const { host, pass } = handTurned();
    const clock = tapeClock({ speed: 1, host });
    clock.sync(NOON + 60_000, 0);
    clock.sync(NOON, 0);
    pass(700);
    expect(clock.now().ts).toBe(NOON + 60_000);
  });

  it('tells whole ms that never run backwards, and ends within a second of the tape', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 5, maxLength: 40 });
    const speeds = fc.constantFrom(0.5, 1, 7.3, 60, 1_000);
    fc.assert(
      fc.property(gaps, speeds, (hostGaps, speed) => {
        const { host, pass } = handTurned();
        const clock = tapeClock({ speed, host });
        let last = 0;
        for (const gap of [0, ...hostGaps]) {
          pass(gap);
          const truth = NOON + host() * speed;
          clock.sync(Math.floor(truth / 1_000) * 1_000, 0);
          const { ts } = clock.now();
          expect(ts).toBeGreaterThanOrEqual(last);
          expect(Number.isInteger(ts)).toBe(true);
          expect(Math.abs(truth - ts)).toBeLessThanOrEqual(1_000 + 1);
          last = ts;
        }
      }),
    );
  });
});
