import { describe, expect, it } from 'vitest';
import { tableOpensAfter, tableStateAt } from './calendar';
import { centralDayText, centralOf, centralSecondText, centralTs } from './central';
import { civilOf, dayNumberOf, isoDayOf, weekdayOf } from './time';

/** Chicago's clock, without the code under test: UTC and its distance, said by hand. */
const cst = (text: string) => Date.parse(`${text}-06:00`);
const cdt = (text: string) => Date.parse(`${text}-05:00`);

describe('days', () => {
  it('are numbered and named, each way, over four centuries', () => {
    for (let day = -60_000; day < 90_000; day += 37) {
      expect(dayNumberOf(civilOf(day))).toBe(day);
      expect(isoDayOf(day)).toBe(new Date(day * 86_400_000).toISOString().slice(0, 10));
      expect(weekdayOf(day)).toBe(new Date(day * 86_400_000).getUTCDay());
    }
  });
});

describe('the clock in Chicago', () => {
  it.each([
    ['2026-03-08T01:59:59-06:00', '2026-03-08 01:59'],
    ['2026-03-08T02:00:00-06:00', '2026-03-08 03:00'],
    ['2026-11-01T01:59:59-05:00', '2026-11-01 01:59'],
    ['2026-11-01T02:00:00-05:00', '2026-11-01 01:00'],
    ['2025-12-31T23:59:59-06:00', '2025-12-31 23:59'],
  ])('at %s shows %s', (at, shown) => expect(centralDayText(Date.parse(at))).toBe(shown));

  it('turns back into the instant, and says the second', () => {
    for (const at of [cst('2025-12-24T12:15:00'), cdt('2026-03-08T17:00:00'), cdt('2027-07-05T12:00:00')]) {
      const { dayNumber, minute } = centralOf(at);
      expect(centralTs(dayNumber, minute)).toBe(at);
    }
    expect(centralSecondText(cst('2025-12-24T09:05:07'))).toBe('09:05:07');
  });
});

describe('the table of Globex equity index hours', () => {
  it.each([
    ['the daily halt begins', cst('2025-11-17T15:59:59'), cst('2025-11-17T16:00:00')],
    ['the week ends on Friday', cst('2025-11-14T15:59:59'), cst('2025-11-14T16:00:00')],
    ['24 December 2025 closes early (F12)', cst('2025-12-24T12:14:59'), cst('2025-12-24T12:15:00')],
    ['Thanksgiving closes at noon', cst('2026-11-26T11:59:59'), cst('2026-11-26T12:00:00')],
    ['Good Friday 2026 closes after the report', cdt('2026-04-03T08:14:59'), cdt('2026-04-03T08:15:00')],
    ['New Year’s Eve closes', cst('2025-12-31T15:59:59'), cst('2025-12-31T17:00:00')],
  ])('%s', (_, open, closed) => {
    expect([tableStateAt(open), tableStateAt(closed)]).toEqual(['open', 'closed']);
  });

  it.each([
    ['the daily halt ends', cst('2025-11-17T16:59:59'), cst('2025-11-17T17:00:00')],
    ['the week begins on Sunday', cst('2025-11-16T16:59:59'), cst('2025-11-16T17:00:00')],
    ['the week begins on the Sunday of the change', cdt('2026-03-08T16:59:59'), cdt('2026-03-08T17:00:00')],
    ['Christmas ends in the evening', cst('2025-12-25T16:59:59'), cst('2025-12-25T17:00:00')],
  ])('%s', (_, closed, open) => {
    expect([tableStateAt(closed), tableStateAt(open)]).toEqual(['closed', 'open']);
  });

  it('does not know the years around it', () => {
    expect(tableStateAt(cst('2024-12-31T10:00:00'))).toBe('unknown');
    expect(tableStateAt(cst('2028-01-03T10:00:00'))).toBe('unknown');
    expect(tableOpensAfter(cst('2027-12-31T16:30:00'))).toBeNull();
  });

  it('names the next opening, over a holiday and a weekend', () => {
    expect(tableOpensAfter(cst('2025-12-24T13:00:00'))).toBe(cst('2025-12-25T17:00:00'));
    expect(tableOpensAfter(cdt('2027-03-25T16:30:00'))).toBe(cdt('2027-03-28T17:00:00'));
  });
});
