import { describe, expect, it } from 'vitest';
import { openDesk } from '../testing/desk';
import { ES, T0 } from '../testing/instruments';

const bar = (n: number) => ({
  ts: T0 + n * 60_000,
  openTicks: 1,
  highTicks: 3,
  lowTicks: 0,
  closeTicks: n,
  volume: 5,
});

describe('hours that the broker gives', () => {
  it('and our table does not, are said once: on paper and to a person', () => {
    const desk = openDesk();
    const early = ES.sessions.map((session) => ({ ...session, closeTs: session.closeTs - 4 * 3_600_000 }));
    const sessions = [...early.slice(1, 2), ...ES.sessions.slice(2)];
    const told = { type: 'InstrumentResolved', instrument: { ...ES, sessions } } as const;
    desk.when(told);
    expect(desk.of('HoursDiffer')).toEqual([
      {
        type: 'HoursDiffer',
        symbol: 'ES',
        detail:
          "2025-12-12 12:00 to 2025-12-12 16:00 US/Central: the broker's hours say closed, the table of 2026-11 says open. No entries then.",
      },
    ]);
    expect(desk.commands).toMatchObject([{ type: 'SendAlert', severity: 'warning' }]);
    expect(desk.later(60_000).when(told).of('HoursDiffer')).toEqual([]);
  });
});

describe('the market', () => {
  it('keeps the newest quote of each instrument, stamped with both clocks', () => {
    const desk = openDesk().later(1_000).market('ES', 6891);
    expect(desk.state.market.quotes).toMatchObject({
      ES: { lastTicks: 27_564, ts: T0 + 1_000, hostMs: desk.hostMs },
      MES: { lastTicks: 27_562, ts: T0 },
    });
    expect(desk.commands).toEqual([]);
  });

  it('keeps four hours of bars, and a bar that comes again replaces itself', () => {
    const desk = openDesk();
    const bars = Array.from({ length: 300 }, (_, n) => bar(n));
    desk.when({ type: 'BarsLoaded', symbol: 'ES', bars });
    expect(desk.state.bars.ES).toHaveLength(240);
    desk.when({ type: 'BarClosed', symbol: 'ES', bar: { ...bar(299), volume: 9 } });
    expect(desk.state.bars.ES).toHaveLength(240);
    expect(desk.state.bars.ES?.at(-1)).toMatchObject({ closeTicks: 299, volume: 9 });
    desk.when({ type: 'BarClosed', symbol: 'ES', bar: bar(300) });
    expect(desk.state.bars.ES?.at(0)?.ts).toBe(bar(61).ts);
  });
});
