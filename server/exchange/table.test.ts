/** The engine's table of hours and the exchange's rules were written apart: here they are compared, every hour and every edge of three years. */
import { DateTime } from 'luxon';
import { expect, it } from 'vitest';
import { tableStateAt } from '../engine/model/calendar';
import { venueAt } from '../engine/model/venue';
import { instrumentAt } from '../engine/testing/instruments';
import { alwaysOpenCalendar, globexCalendar } from './sessions';

const chicago = (text: string) => DateTime.fromISO(text, { zone: 'America/Chicago' }).toMillis();
const HOUR_MS = 3_600_000;

/** Where the exchange's rules know no better than the holiday: what CME published for these days is in the table. */
const PUBLISHED: readonly (readonly [from: string, to: string])[] = [
  // day of mourning for President Carter: closed at 08:30
  ['2025-01-09T08:30', '2025-01-09T16:00'],
  // Good Friday with an employment report: open until 08:15
  ['2026-04-02T17:00', '2026-04-03T08:15'],
];

it('the table says what the exchange’s rules say, but for the two days that no rule foresees', () => {
  const globex = globexCalendar();
  const expected = PUBLISHED.map(([from, to]) => [chicago(from), chicago(to)] as const);
  const differing: number[] = [];
  // a quarter past each quarter hour too: early closes end there
  for (let ts = chicago('2024-12-31T17:00'); ts < chicago('2027-12-31T16:00'); ts += HOUR_MS / 4) {
    if ((tableStateAt(ts) === 'open') !== globex.isOpen(ts)) differing.push(ts);
  }
  const explained = (ts: number) => expected.some(([from, to]) => from <= ts && ts < to);
  expect(differing.filter((ts) => !explained(ts)).map((ts) => new Date(ts).toISOString())).toEqual([]);
  const hours = expected.reduce((sum, [from, to]) => sum + (to - from) / HOUR_MS, 0);
  expect(differing).toHaveLength(hours * 4);
});

it('a simulated market that never closes is open on a Saturday too', () => {
  const saturday = chicago('2026-11-21T12:00');
  const hours = alwaysOpenCalendar().tradingHours(saturday);
  expect(venueAt(instrumentAt(hours), saturday)).toEqual({ open: true, broker: 'open', table: 'none' });
});
