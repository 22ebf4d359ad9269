/** The gateway in words: what a tired person reads in the strip. */
import { describe, expect, it } from 'vitest';
import type { InstrumentView, VenueView } from '@/server/engine/view/words';
import { fixtureView } from '../live/testing/fixture';
import { absenceSaid, farmSaid, farmTrouble, quoteTrouble, restartSaid, skewSaid } from './gateway-words';

const NOW = Date.UTC(2025, 11, 12, 15);
const MINUTE_MS = 60_000;

const farm = (name: string, state: VenueView['farms'][number]['state']): VenueView['farms'][number] => ({
  name,
  state,
  serves: 'market data',
  sinceHostMs: NOW,
});

describe('the data servers', () => {
  it('are no trouble while they are connected, or idle and there on demand', () => {
    expect(farmTrouble([])).toBeNull();
    expect(farmTrouble([farm('usfuture', 'ok'), farm('usopt', 'idle')])).toBeNull();
    expect(farmSaid('idle')).toEqual({ words: 'idle, there on demand', tone: 'neutral' });
  });

  it('are named when one is down, counted when several are', () => {
    expect(farmTrouble([farm('usfuture', 'broken'), farm('ushmds', 'ok')])).toBe('usfuture down');
    expect(farmTrouble([farm('usfuture', 'connecting')])).toBe('usfuture connecting');
    expect(farmTrouble([farm('usfuture', 'broken'), farm('ushmds', 'broken')])).toBe('2 data servers down');
  });
});

describe('quotes that do not come', () => {
  const es = fixtureView.instruments[0] as InstrumentView;
  const refused = (symbol: string, competing: boolean): InstrumentView => ({
    ...es,
    symbol,
    refusal: { code: competing ? 10197 : 354, text: 'text', competing, sinceHostMs: NOW },
  });

  it('say whose, and whether another session has taken them', () => {
    expect(quoteTrouble([es])).toBeNull();
    expect(quoteTrouble([es, refused('NQ', true)])).toBe('NQ: data taken');
    expect(quoteTrouble([refused('ES', true), refused('NQ', true)])).toBe('all: data taken');
    expect(quoteTrouble([es, refused('NQ', false)])).toBe('NQ: refused');
  });
});

describe('the next restart', () => {
  it('is counted down, marked when it is near, and says when it waits for a person', () => {
    const before = { lastMs: NOW - 1, lastNeededLogin: false };
    const nextMs = NOW + 130 * MINUTE_MS;
    const loginMs = nextMs + 86_400_000;
    expect(restartSaid({ ...before, nextMs, loginMs }, NOW)).toEqual({
      words: '2 h 10 min',
      tone: 'neutral',
      login: false,
    });
    expect(restartSaid({ ...before, nextMs, loginMs }, nextMs - 14 * MINUTE_MS)).toMatchObject({
      words: '14 min',
      tone: 'caution',
    });
    expect(restartSaid({ ...before, nextMs, loginMs: nextMs }, NOW)).toMatchObject({ login: true });
    expect(restartSaid({ ...before, nextMs, loginMs }, nextMs + 1)).toMatchObject({
      words: 'now',
      tone: 'caution',
    });
    expect(restartSaid(null, NOW)).toBeNull();
  });
});

describe('a gateway that is gone', () => {
  const restarts = (lastNeededLogin: boolean) => ({
    lastMs: NOW,
    lastNeededLogin,
    nextMs: NOW + 1,
    loginMs: NOW + 1,
  });

  it('at the time of its restart is said to be coming back, for ten minutes', () => {
    expect(absenceSaid(restarts(false), NOW + 5_000, NOW + MINUTE_MS)).toContain('back within a few minutes');
    expect(absenceSaid(restarts(false), NOW + 5_000, NOW + 11 * MINUTE_MS)).toBeNull();
  });

  it('since the restart after its login has ended waits for a person, however long', () => {
    expect(absenceSaid(restarts(true), NOW - 5_000, NOW + 300 * MINUTE_MS)).toContain('a person must log in');
  });

  it('at any other time has another reason', () => {
    expect(absenceSaid(restarts(true), NOW - 2 * MINUTE_MS, NOW)).toBeNull();
    expect(absenceSaid(restarts(true), NOW + 20 * MINUTE_MS, NOW + 21 * MINUTE_MS)).toBeNull();
    expect(absenceSaid(null, NOW, NOW)).toBeNull();
  });
});

describe('the clocks', () => {
  it('are the same as far as is known, or apart by what is certain', () => {
    expect(skewSaid(null)).toBeNull();
    expect(skewSaid({ ms: -300, plusMinusMs: 500 })).toEqual({ words: 'as ours, ± 500 ms', tone: 'neutral' });
    expect(skewSaid({ ms: 120, plusMinusMs: 20 })).toEqual({
      words: '120 ms ahead of ours, ± 20 ms',
      tone: 'neutral',
    });
    expect(skewSaid({ ms: -6_000, plusMinusMs: 40 })).toEqual({
      words: '6.0 s behind ours, ± 40 ms',
      tone: 'caution',
    });
  });
});
