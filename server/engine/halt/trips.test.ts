/** Every automatic trip: the value that trips it, the value beside it that does not, and what a person must do. */
import { describe, expect, it } from 'vitest';
import { microsOf } from '../model/money';
import type { EngineState } from '../model/state';
import { type Desk, holdingDesk, openDesk } from '../testing/desk';
import { quote, TICK } from '../testing/events';
import { ticks } from '../testing/instruments';
import { calmState, given } from '../testing/scenario';

const tripsOf = (desk: Desk) => desk.of('ModeTripped');
const resume = (desk: Desk, scope = '*') =>
  desk.operator({ kind: 'Resume', scope, reason: 'looked at it' }, `resume-${desk.journal.length}`);

/** One tick over a calm state that differs in this. */
function ticked(rest: Partial<EngineState>) {
  const { facts, state, commands } = given(rest).when(TICK);
  return { trips: facts.filter((fact) => fact.type === 'ModeTripped'), state, commands };
}

const day = (rest: Partial<EngineState['day']>) => ({ day: { ...calmState().day, ...rest } });
const whole = { type: 'ModeTripped', scope: '*', to: 'Reducing' } as const;

describe('a cause of the day', () => {
  it.each([
    [
      'Loss today',
      'MAX_DAILY_LOSS',
      day({ realizedMicros: microsOf(-1_999.99) }),
      day({ realizedMicros: microsOf(-2_000) }),
      microsOf(2_000),
      microsOf(2_000),
      'usd',
    ],
    [
      'Drawdown today',
      'MAX_DRAWDOWN',
      day({ peakMicros: microsOf(2_500), realizedMicros: microsOf(-499.99) }),
      day({ peakMicros: microsOf(2_500), realizedMicros: microsOf(-500) }),
      microsOf(3_000),
      microsOf(3_000),
      'usd',
    ],
    [
      'Losses in a row',
      'MAX_CONSECUTIVE_LOSSES',
      day({ consecutiveLosses: 4 }),
      day({ consecutiveLosses: 5 }),
      5,
      5,
      'losses',
    ],
    ['Trades today', 'MAX_DAILY_TRADES', day({ entries: 19 }), day({ entries: 20 }), 20, 20, 'trades'],
    ['Clock skew', 'CLOCK_SKEW', { clockSkewMs: -4_999 }, { clockSkewMs: -5_000 }, 5_000, 5_000, 'ms'],
  ] as const)(
    '%s trips at its limit and not before, once, with its value',
    (trip, code, below, at, observed, limit, unit) => {
      expect(ticked(below).trips).toEqual([]);
      const { trips, state } = ticked(at);
      expect(trips).toEqual([{ ...whole, trip, code, observed, limit, unit }]);
      expect(state.modes['*']).toMatchObject({ mode: 'Reducing', by: 'engine' });
      expect(ticked({ ...at, modes: state.modes }).trips).toEqual([]);
    },
  );

  it('counts the open loss at the mark, and no open gain', () => {
    const desk = holdingDesk({ quantity: 4 });
    desk.when({
      type: 'LimitsChanged',
      limits: { maxDailyLossMicros: microsOf(500) },
      by: 'ana',
      why: 'test',
    });
    desk.market('ES', 6888.25);
    expect(tripsOf(desk)).toEqual([]);
    desk.market('ES', 6888);
    expect(tripsOf(desk)).toMatchObject([{ trip: 'Loss today', observed: microsOf(500) }]);
    const rising = holdingDesk({ quantity: 4 });
    rising.state = { ...rising.state, ...day({ realizedMicros: microsOf(-1_999) }) };
    expect(tripsOf(rising.market('ES', 6895))).toEqual([]);
  });

  it('lets the strategy’s exits go on, and takes away the entries that rest', () => {
    const desk = holdingDesk();
    desk.signal({ signalId: 's-2', symbol: 'MES' });
    desk.state = { ...desk.state, ...day({ consecutiveLosses: 5 }) };
    desk.later(250);
    expect(desk.sent).toEqual([{ type: 'CancelOrder', ref: desk.ref('entry') }]);
    expect(desk.commands).toContainEqual({
      type: 'SendAlert',
      severity: 'critical',
      text: 'ENTRIES HALTED. Losses in a row: 5 losses (limit 5 losses).',
    });
    desk.signal({ signalId: 'x-1', action: 'EXIT', stopPrice: null, targetPrice: null });
    expect(desk.broker.position('ES')).toBe(0);
  });

  it('that was the last trade of the day leaves that trade alone', () => {
    const desk = openDesk();
    desk.state = { ...desk.state, ...day({ entries: 19 }) };
    desk.signal();
    expect(tripsOf(desk)).toMatchObject([{ trip: 'Trades today', observed: 20 }]);
    expect(desk.order('entry').phase).toBe('Working');
  });

  it('refuses the resume with its value while it holds, and not on the next day', () => {
    const desk = openDesk();
    desk.state = { ...desk.state, ...day({ realizedMicros: microsOf(-2_000) }) };
    resume(desk.later(250));
    expect(desk.facts).toMatchObject([
      {
        type: 'CommandRefused',
        code: 'HEALTH_CHECK_FAILED',
        why: 'No limit exceeded: Loss today: $2000.00 (limit $2000.00)',
      },
    ]);
    desk.ts = Date.UTC(2025, 11, 14, 23, 0, 0);
    desk.later(250).market('ES', 6890.5).market('MES', 6890.5);
    expect(desk.state.modes['*']?.mode).toBe('Reducing');
    expect(resume(desk).state.modes['*']?.mode).toBe('Active');
  });
});

describe('the broker not connected', () => {
  it('for longer than its nightly restart takes trips while the venue is open', () => {
    const desk = openDesk().cutWire().later(600_000);
    expect(tripsOf(desk)).toEqual([]);
    expect(tripsOf(desk.later(250))).toEqual([
      {
        ...whole,
        trip: 'Broker not connected',
        code: 'DISCONNECTED',
        observed: 600_250,
        limit: 600_000,
        unit: 'ms',
      },
    ]);
    resume(desk);
    expect(desk.of('CommandRefused')).toHaveLength(1);
    desk.reconnect().market('ES', 6890.5);
    expect(resume(desk).state.modes['*']?.mode).toBe('Active');
  });

  it('while the venue is closed is nobody’s business', () => {
    const desk = openDesk();
    desk.ts = Date.UTC(2025, 11, 12, 22, 5, 0);
    desk.cutWire();
    desk.ts += 2_400_000;
    expect(tripsOf(desk.later(1_000))).toEqual([]);
  });
});

describe('market data', () => {
  it('that does not come any more stops the entries of its instrument (F40)', () => {
    const desk = openDesk();
    desk.silent = true;
    expect(tripsOf(desk.later(299_750))).toEqual([]);
    const stale = {
      type: 'ModeTripped',
      trip: 'Market data stale',
      code: 'STALE_MARKET_DATA',
      to: 'Reducing',
    };
    const value = { observed: 300_000, limit: 300_000, unit: 'ms' };
    expect(tripsOf(desk.later(250))).toEqual([
      { ...stale, ...value, scope: 'ES' },
      { ...stale, ...value, scope: 'MES' },
    ]);
    desk.market('ES', 6891);
    expect(resume(desk, 'MES').of('CommandRefused')).toMatchObject([
      { why: 'No limit exceeded: Market data stale in MES: 300 s (limit 300 s)' },
    ]);
    expect(resume(desk, 'ES').state.modes.ES?.mode).toBe('Active');
  });

  it('that only repeats itself is frozen (F39: 6981.50 for 2 h 42 min)', () => {
    const desk = openDesk();
    for (let minute = 0; minute < 10; minute += 1) {
      expect(tripsOf(desk)).toEqual([]);
      desk.market('MES', 6890.5).when(quote('ES', 6890.5)).later(60_000);
    }
    expect(tripsOf(desk.when(quote('ES', 6890.5)))).toMatchObject([]);
    expect(desk.state.modes.ES).toMatchObject({
      mode: 'Reducing',
      why: expect.stringMatching(/^Market data frozen in ES/),
    });
    expect(desk.state.modes.MES).toBeUndefined();
  });

  it('is as old as the break at the open, and as the outage after it: neither trips', () => {
    const desk = openDesk();
    desk.ts = Date.UTC(2025, 11, 14, 22, 59, 0);
    desk.later(60_000 + 250);
    expect(tripsOf(desk)).toEqual([]);
    const away = openDesk().cutWire();
    away.ts += 400_000;
    expect(tripsOf(away.reconnect())).toEqual([]);
  });
});

describe('entries that the broker refuses', () => {
  /** An entry that IB refuses, at a fresh price and with nothing in its way. */
  function refused(desk: Desk, n: number): Desk {
    desk.broker.mishap = (spec) =>
      spec.role === 'entry' ? { kind: 'refused', code: 201, text: 'no' } : null;
    return desk
      .later(61_000)
      .market('ES', 6890.5)
      .signal({ signalId: `r-${n}`, strategy: `t-${n}` });
  }

  it('three in a row trip (F35: 18 in 107 s), and a person who resumes begins the count anew', () => {
    const desk = refused(refused(openDesk(), 1), 2);
    expect(tripsOf(desk)).toEqual([]);
    expect(tripsOf(refused(desk, 3))).toEqual([
      {
        ...whole,
        trip: 'Entries refused by the broker',
        code: 'REJECTED_ENTRIES',
        observed: 3,
        limit: 3,
        unit: 'orders',
      },
    ]);
    expect(resume(desk).state.modes['*']?.mode).toBe('Active');
    expect(tripsOf(refused(desk, 4))).toEqual([]);
  });

  it('with one that works between them are no row', () => {
    const desk = refused(refused(openDesk(), 1), 2);
    desk.broker.mishap = () => null;
    desk.later(61_000).market('ES', 6890.5).signal({ signalId: 'good' });
    desk.operator({ kind: 'CancelEntries', scope: '*', reason: 'next' });
    expect(tripsOf(refused(desk, 3))).toEqual([]);
  });
});

describe('the same order again and again', () => {
  it('six of one kind with none filled trip (F36: BUY 5 ES every 6 s)', () => {
    const desk = openDesk();
    desk.when({ type: 'LimitsChanged', limits: { duplicateWindowMs: 0 }, by: 'ana', why: 'test' });
    for (let n = 1; n <= 6; n += 1) {
      expect(tripsOf(desk)).toEqual([]);
      desk
        .later(11_000)
        .market('ES', 6890.5)
        .signal({ signalId: `s-${n}` });
      if (n < 6) desk.operator({ kind: 'CancelEntries', scope: '*', reason: 'again' }, `cancel-${n}`);
    }
    expect(tripsOf(desk)).toMatchObject([
      { trip: 'Repeated orders', code: 'REPEATED_ORDERS', observed: 6, limit: 6 },
    ]);
    expect(desk.broker.working()).toEqual([]);
  });

  it('that fill are trades', () => {
    const desk = openDesk();
    const limits = { duplicateWindowMs: 0, cooldownMs: 0 };
    desk.when({ type: 'LimitsChanged', limits, by: 'ana', why: 'test' });
    for (let n = 1; n <= 7; n += 1) {
      desk
        .later(11_000)
        .market('ES', 6890.5)
        .signal({ signalId: `s-${n}` });
      desk.when(...desk.broker.fill(desk.ref('entry'), ticks(6890.5)));
      desk.when(...desk.broker.fill(desk.ref('target'), ticks(6898)));
    }
    expect(desk.state.modes['*']?.mode).toBe('Active');
    expect(desk.state.day.won).toBe(7);
  });
});

describe('an incident', () => {
  it('of one order with two permIds trips, until a person has looked', () => {
    const incident = { kind: 'TWO_PERM_IDS', ref: 'c-1:stop', detail: 'c-1:stop is 1 and 2', ts: 5 } as const;
    const { trips, state } = ticked({ incidents: [incident] });
    expect(trips).toMatchObject([{ trip: 'Two permIds', observed: 'c-1:stop is 1 and 2' }]);
    const looked = { ...state.conduct, sinceTs: 5 };
    expect(ticked({ incidents: [incident], conduct: looked }).trips).toEqual([]);
  });

  it('of a book that had to be corrected to the broker’s trips', () => {
    const desk = openDesk();
    desk.broker.tradeByHand('ES', 2);
    desk.cutWire().reconnect().later(2_500);
    expect(desk.state.positions.ES?.quantity).toBe(2);
    expect(desk.state.modes['*']).toMatchObject({ mode: 'Reducing', by: 'engine' });
    expect(desk.state.modes['*']?.why).toMatch(/^Book corrected/);
  });

  it('of the journal trips, denies entries by name, and keeps the resume away', () => {
    const desk = openDesk().when({ type: 'JournalFailed', why: 'The disk is full.' });
    expect(tripsOf(desk)).toMatchObject([
      { trip: 'Journal', code: 'JOURNAL_FAILED', observed: 'The disk is full.' },
    ]);
    expect(desk.signal().of('EntryDenied')).toMatchObject([
      { reasons: ['ENTRIES_HALTED', 'JOURNAL_FAILED'] },
    ]);
    expect(resume(desk).of('CommandRefused')[0]?.why).toContain('Journal written: NOTHING IS WRITTEN');
    desk.restart().reconnect().market('ES', 6890.5);
    expect(desk.state.journal.phase).toBe('writing');
    expect(desk.state.modes['*']?.mode).toBe('Reducing');
  });
});

describe('the rates at the last gate (I12)', () => {
  const limits = (rest: object) =>
    ({
      type: 'LimitsChanged',
      limits: { maxEntriesPerMinute: 100, duplicateWindowMs: 0, ...rest },
      by: 'ana',
      why: 'test',
    }) as const;

  it.each([
    ['orders in a second', { maxOrdersPerSecond: 5 }, 6, 5],
    ['orders in a minute', { maxOrdersPerMinute: 5 }, 6, 5],
    ['contracts in a minute', { maxContractsPerMinute: 1 }, 2, 1],
  ] as const)('hold an entry back: %s', (what, rest, observed, limit) => {
    const desk = openDesk().when(limits(rest)).signal();
    desk.operator({ kind: 'CancelEntries', scope: '*', reason: 'again' });
    desk.signal({ signalId: 's-2' });
    const { cycleId } = desk.cycle;
    expect(desk.of('EntryHeldBack')).toMatchObject([
      { observed, limit, detail: `${cycleId}:entry: ${observed} ${what} in ES (limit ${limit})` },
    ]);
    expect(desk.sent).toEqual([]);
    expect(desk.order('entry').phase).toBe('Absent');
    desk.later(250);
    expect(desk.cycle).toMatchObject({ phase: 'cancelled', outcome: 'entry not filled' });
    expect(desk.state.modes['*']?.why).toMatch(/^Order rate/);
  });

  it('are counted for each contract', () => {
    const desk = openDesk()
      .when(limits({ maxOrdersPerSecond: 5 }))
      .signal();
    expect(desk.signal({ signalId: 's-2', symbol: 'MES' }).of('EntryHeldBack')).toEqual([]);
  });

  it('never hold an exit back, and tell of it once', () => {
    const desk = holdingDesk({ quantity: 2 });
    desk.when(limits({ maxOrdersPerMinute: 3 }));
    desk.broker.mishap = (spec) => (spec.role === 'exit' ? { kind: 'api-cancelled' } : null);
    desk.operator({ kind: 'ExitPosition', cycleId: desk.cycle.cycleId, reason: 'out' });
    expect(desk.sent).toMatchObject([{ type: 'PlaceOrder', order: { role: 'exit', symbol: 'ES' } }]);
    expect(desk.of('ExitsOverRate')).toEqual([
      { type: 'ExitsOverRate', symbol: 'ES', observed: 4, limit: 3 },
    ]);
    desk.later(5_000);
    expect(desk.sent.length).toBeGreaterThan(2);
    expect(desk.of('ExitsOverRate')).toEqual([]);
  });
});
