/** The gateway's restarts and logins, told ahead. */
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { restartCalendar } from './restart';

const CHICAGO = { at: '23:45', zone: 'America/Chicago' };

/** Wall time in Chicago. */
const at = (text: string) => DateTime.fromISO(text, { zone: 'America/Chicago' }).toMillis();

function aheadOf(text: string, settings = CHICAGO) {
  const { nextMs, loginMs } = restartCalendar(settings).after(at(text));
  const said = (ms: number) =>
    DateTime.fromMillis(ms, { zone: settings.zone }).toFormat('ccc yyyy-MM-dd HH:mm');
  return { next: said(nextMs), login: said(loginMs) };
}

describe('the gateway', () => {
  it('restarts each night at its local time, and waits for a login at the first restart after Sunday 01:00 in New York', () => {
    expect(aheadOf('2025-12-10T09:30')).toEqual({
      next: 'Wed 2025-12-10 23:45',
      login: 'Sun 2025-12-14 23:45',
    });
    expect(aheadOf('2025-12-10T23:44')).toEqual({
      next: 'Wed 2025-12-10 23:45',
      login: 'Sun 2025-12-14 23:45',
    });
  });

  it('has begun to restart at the minute itself: the next one is tomorrow', () => {
    expect(aheadOf('2025-12-10T23:45').next).toBe('Thu 2025-12-11 23:45');
  });

  it('waits for a login this very night when the login ended this morning', () => {
    expect(aheadOf('2025-12-14T12:00')).toEqual({
      next: 'Sun 2025-12-14 23:45',
      login: 'Sun 2025-12-14 23:45',
    });
    expect(aheadOf('2025-12-14T23:50')).toEqual({
      next: 'Mon 2025-12-15 23:45',
      login: 'Sun 2025-12-21 23:45',
    });
  });

  it('that restarts after midnight waits on Sunday itself, if it restarts after 01:00 in New York', () => {
    const early = { ...CHICAGO, at: '00:30' };
    expect(aheadOf('2025-12-13T09:30', early)).toEqual({
      next: 'Sun 2025-12-14 00:30',
      login: 'Sun 2025-12-14 00:30',
    });
    const earlier = { ...CHICAGO, at: '23:59' };
    expect(aheadOf('2025-12-13T09:30', earlier)).toEqual({
      next: 'Sat 2025-12-13 23:59',
      login: 'Sun 2025-12-14 23:59',
    });
  });

  it('that is gone has restarted a moment ago, or waits for the login of the week', () => {
    const last = (text: string) => {
      const { lastMs, lastNeededLogin } = restartCalendar(CHICAGO).after(at(text));
      return [DateTime.fromMillis(lastMs, { zone: CHICAGO.zone }).toFormat('ccc dd HH:mm'), lastNeededLogin];
    };
    expect(last('2025-12-10T23:50')).toEqual(['Wed 10 23:45', false]);
    expect(last('2025-12-14T23:50')).toEqual(['Sun 14 23:45', true]);
    expect(last('2025-12-15T09:30')).toEqual(['Sun 14 23:45', true]);
    expect(last('2025-12-15T23:45')).toEqual(['Mon 15 23:45', false]);
  });

  it('keeps its local time over the change of clocks', () => {
    expect(aheadOf('2026-03-07T12:00')).toEqual({
      next: 'Sat 2026-03-07 23:45',
      login: 'Sun 2026-03-08 23:45',
    });
    expect(aheadOf('2026-03-08T12:00').next).toBe('Sun 2026-03-08 23:45');
    expect(aheadOf('2025-11-01T23:50')).toEqual({
      next: 'Sun 2025-11-02 23:45',
      login: 'Sun 2025-11-02 23:45',
    });
  });

  it('may be elsewhere than this machine', () => {
    const zurich = { at: '06:00', zone: 'Europe/Zurich' };
    const { nextMs } = restartCalendar(zurich).after(at('2025-12-10T09:30'));
    expect(new Date(nextMs).toISOString()).toBe('2025-12-11T05:00:00.000Z');
  });

  it('is looked up once a restart', () => {
    const calendar = restartCalendar(CHICAGO);
    const tonight = calendar.after(at('2025-12-10T09:30'));
    expect(calendar.after(at('2025-12-10T23:44'))).toBe(tonight);
    expect(calendar.after(at('2025-12-10T23:46')).nextMs).toBe(at('2025-12-11T23:45'));
  });

  it('always tells a restart within a day and a login within eight', () => {
    const calendar = { at: '23:45', zone: 'America/Chicago' };
    for (let hour = 0; hour < 24 * 400; hour += 7) {
      const nowMs = at('2025-01-01T00:10') + hour * 3_600_000;
      const { lastMs, nextMs, loginMs } = restartCalendar(calendar).after(nowMs);
      expect(nextMs - nowMs).toBeGreaterThan(0);
      expect(nextMs - nowMs).toBeLessThanOrEqual(25 * 3_600_000);
      expect(nowMs - lastMs).toBeGreaterThanOrEqual(0);
      expect(nextMs - lastMs).toBeLessThanOrEqual(25 * 3_600_000);
      expect(loginMs).toBeGreaterThanOrEqual(nextMs);
      expect(loginMs - nowMs).toBeLessThanOrEqual(8 * 86_400_000);
    }
  });
});
