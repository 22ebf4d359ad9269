/** When the skew of the clocks is news, and that it stops entries: from the broker's answer to the trip. */
import { describe, expect, it } from 'vitest';
import { wallClock } from '../adapters/clock/wall';
import { openDesk } from '../engine/testing/desk';
import { skewWatch } from './skew';

const NOON = Date.UTC(2025, 11, 12, 12);

/** A worker's wall clock, hearing each half second from a broker that is so far ahead of it. */
function heartbeats(aheadMs: () => number, count: number): (number | null)[] {
  let hostMs = NOON;
  const clock = wallClock(() => hostMs);
  const watch = skewWatch();
  return Array.from({ length: count }, () => {
    hostMs += 507;
    clock.sync(Math.floor((hostMs - 4 + aheadMs()) / 1_000) * 1_000, 8);
    return watch(clock.skew());
  });
}

const news = (told: (number | null)[]) => told.filter((skewMs) => skewMs !== null);

describe('the skew of the clocks', () => {
  it('is no news while it may be the second that the broker leaves out', () => {
    expect(news(heartbeats(() => 0, 100))).toEqual([]);
    expect(news(heartbeats(() => -900, 100))).toEqual([]);
  });

  it('is news once when it is large, and once when it is small again', () => {
    let n = 0;
    const told = news(heartbeats(() => (n++ < 50 ? 7_000 : 0), 100));
    expect(told).toHaveLength(2);
    expect(Math.abs((told[0] ?? 0) - 7_000)).toBeLessThan(600);
    expect(told[1]).toBe(0);
  });

  it('is told when it becomes large, changes much, or is small again', () => {
    const watch = skewWatch();
    const told = [-700, -1_400, -6_000, -6_400, -7_100, -700, -600].map((ms) =>
      watch({ ms, plusMinusMs: 200 }),
    );
    expect([watch(null), ...told]).toEqual([null, null, -1_400, -6_000, null, -7_100, 0, null]);
  });

  it('does not flutter about the line between the two', () => {
    let n = 0;
    expect(news(heartbeats(() => 1_000 + (n++ % 9) * 4, 400)).length).toBeLessThanOrEqual(1);
  });

  it('stops entries above the limit of 5 s', () => {
    const [skewMs = 0] = news(heartbeats(() => 7_000, 10));
    const desk = openDesk();
    desk.when({ type: 'ClockSkewed', skewMs });
    expect(desk.of('ModeTripped')).toMatchObject([
      { trip: 'Clock skew', code: 'CLOCK_SKEW', to: 'Reducing' },
    ]);
  });
});
