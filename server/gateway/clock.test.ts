/** Exchange time: standing until started, then running at its speed. */
import { expect, it } from 'vitest';
import { ExchangeClock } from './clock';

it('stands until it is started, then runs at its speed; a second start changes nothing', () => {
  let wall = 5000;
  const clock = new ExchangeClock({ startTs: 100_000, speed: 60 }, () => wall);
  wall += 9000;
  expect(clock.now()).toBe(100_000);
  expect(clock.wallMsUntil(160_000)).toBe(Number.POSITIVE_INFINITY);
  clock.start();
  wall += 500;
  clock.start();
  expect(clock.now()).toBe(130_000);
  expect(clock.wallMsUntil(160_000)).toBe(500);
  expect(clock.wallMsUntil(0)).toBe(0);
});

it('never moves at speed 0', () => {
  let wall = 0;
  const clock = new ExchangeClock({ startTs: 7, speed: 0 }, () => wall);
  clock.start();
  wall = 1_000_000;
  expect(clock.now()).toBe(7);
  expect(clock.wallMsUntil(8)).toBe(Number.POSITIVE_INFINITY);
});

it('runs at another speed, stands, goes on and jumps, and never back', () => {
  let wall = 1000;
  const clock = new ExchangeClock({ startTs: 0, speed: 1 }, () => wall);
  const after = (ms: number) => {
    wall += ms;
    return clock.now();
  };
  clock.start();
  expect(after(100)).toBe(100);
  clock.runAt(10);
  expect(after(100)).toBe(1100);
  expect(clock.wallMsUntil(1200)).toBe(10);
  clock.pause();
  clock.start();
  expect(after(1000)).toBe(1100);
  expect(clock.wallMsUntil(1200)).toBe(Number.POSITIVE_INFINITY);
  clock.resume();
  expect(after(10)).toBe(1200);
  clock.jumpTo(5000);
  clock.jumpTo(10);
  expect(after(1)).toBe(5010);
});
