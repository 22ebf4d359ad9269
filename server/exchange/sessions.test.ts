// Sessions, holidays and the hours text, against the exchange's calendar of 2025 and 2026.
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { alwaysOpenCalendar, centralTime, globexCalendar, nextMidnight } from './sessions';

const globex = globexCalendar();

/** Epoch ms of a wall-clock time in Chicago. */
function chicago(text: string): number {
  return DateTime.fromISO(text, { zone: 'America/Chicago' }).toMillis();
}

describe('a Globex week', () => {
  it.each([
    ['2025-11-14T15:59:59', true],
    ['2025-11-14T16:00', false],
    ['2025-11-15T12:00', false],
    ['2025-11-16T16:59:59', false],
    ['2025-11-16T17:00', true],
    ['2025-11-17T16:30', false],
    ['2025-11-17T17:00', true],
  ])('at %s: open is %s', (time, open) => {
    expect(globex.isOpen(chicago(time))).toBe(open);
  });

  it('is liquid from 08:30 to 16:00', () => {
    const liquid = ['08:29:59', '08:30', '15:59:59', '16:00', '20:00'].map((hour) =>
      globex.isLiquid(chicago(`2025-11-17T${hour}`)),
    );
    expect(liquid).toEqual([false, true, true, false, false]);
  });

  it('keeps its wall-clock hours across the change of time', () => {
    expect(globex.isOpen(chicago('2026-03-08T16:59'))).toBe(false);
    expect(globex.isOpen(chicago('2026-03-08T17:00'))).toBe(true);
    expect(globex.sessionFrom(chicago('2025-11-02T18:00')).close).toBe(chicago('2025-11-03T16:00'));
  });

  it('answers the same whatever was asked before', () => {
    const times = ['2025-11-16T12:00', '2025-11-14T12:00', '2025-11-17T12:00', '2025-11-16T13:00'];
    const fresh = times.map((time) => globexCalendar().sessionFrom(chicago(time)));
    expect(times.map((time) => globex.sessionFrom(chicago(time)))).toEqual(fresh);
  });
});

describe('a holiday', () => {
  it.each(['2025-01-01', '2025-04-18', '2025-12-25', '2026-01-01', '2026-04-03', '2026-12-25', '2027-12-24'])(
    'closes %s',
    (date) => {
      expect(globex.isOpen(chicago(`${date}T10:00`))).toBe(false);
    },
  );

  it.each([
    ['2025-01-20', '12:00'],
    ['2025-05-26', '12:00'],
    ['2025-06-19', '12:00'],
    ['2025-07-03', '12:15'],
    ['2025-07-04', '12:00'],
    ['2025-09-01', '12:00'],
    ['2025-11-27', '12:00'],
    ['2025-11-28', '12:15'],
    ['2025-12-24', '12:15'],
    ['2026-02-16', '12:00'],
    ['2026-07-03', '12:00'],
  ])('ends the session of %s at %s', (date, close) => {
    expect(globex.sessionFrom(chicago(`${date}T08:00`)).close).toBe(chicago(`${date}T${close}`));
  });
});

describe('the hours text', () => {
  it('lists the coming days as IB does', () => {
    const now = chicago('2025-12-12T08:45');
    expect(globex.tradingHours(now)).toBe(
      '20251211:1700-20251212:1600;20251213:CLOSED;20251214:CLOSED;20251214:1700-20251215:1600;20251215:1700-20251216:1600;20251216:1700-20251217:1600',
    );
    expect(globex.liquidHours(now).split(';').slice(0, 3)).toEqual([
      '20251212:0830-20251212:1600',
      '20251213:CLOSED',
      '20251214:CLOSED',
    ]);
  });

  it('of a market that never closes has no closed day, and its sessions touch', () => {
    const always = alwaysOpenCalendar();
    const saturday = chicago('2025-12-13T12:00');
    expect([always.isOpen(saturday), always.isLiquid(saturday)]).toEqual([true, true]);
    expect(always.tradingHours(saturday).split(';').slice(0, 2)).toEqual([
      '20251212:1700-20251213:1700',
      '20251213:1700-20251214:1700',
    ]);
  });
});

describe('Central time', () => {
  it('is written as execution times are', () => {
    expect(centralTime(chicago('2025-11-22T12:00:01'))).toBe('20251122 12:00:01 US/Central');
  });

  it('turns the day at midnight in Chicago', () => {
    expect(nextMidnight(chicago('2025-11-22T23:59:59'))).toBe(chicago('2025-11-23T00:00'));
    expect(nextMidnight(chicago('2025-11-23T00:00'))).toBe(chicago('2025-11-24T00:00'));
  });
});
