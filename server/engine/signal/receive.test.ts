import { describe, expect, it } from 'vitest';
import { holdingDesk, openDesk } from '../testing/desk';
import { signal } from '../testing/events';
import { T0, ticks } from '../testing/instruments';
import { given } from '../testing/scenario';

const exitSignal = {
  action: 'EXIT',
  stopPrice: null,
  targetPrice: null,
  entryPrice: null,
  orderType: 'MKT',
} as const;

describe('the incident of 12 December', () => {
  it('order 14812, BUY 1 ES LMT 6890.50 without stop and target, is denied and nothing is sent', () => {
    const { facts, commands, state } = given().when(signal({ stopPrice: null, targetPrice: null }));
    expect(commands).toEqual([]);
    expect(facts.map((fact) => fact.type)).toEqual(['CycleOpened', 'GuardsEvaluated', 'EntryDenied']);
    expect(facts.at(-1)).toMatchObject({
      reasons: ['MISSING_PROTECTION'],
      detail: 'Stop and target: no stop, no target (must be both given)',
    });
    expect(Object.values(state.cycles)).toMatchObject([{ phase: 'denied', outcome: 'denied' }]);
    expect(state.day.denied).toBe(1);
    expect(state.orders).toEqual({});
  });

  it.each([
    ['only its stop is missing', { stopPrice: null }, 'MISSING_PROTECTION'],
    ['only its target is missing', { targetPrice: null }, 'MISSING_PROTECTION'],
    ['its stop is off the tick grid', { stopPrice: 6973.2882 }, 'OFF_TICK_GRID'],
    ['its stop is above the entry', { stopPrice: 6891.5 }, 'INVALID_BRACKET'],
    ['its stop is one tick away', { stopPrice: 6890.25 }, 'INSUFFICIENT_DISTANCE'],
    ['its target is one tick away', { targetPrice: 6890.75 }, 'INSUFFICIENT_DISTANCE'],
    ['it would lose more than $1,250', { stopPrice: 6860 }, 'MAX_LOSS_CAP'],
    ['it is stale', { createdTs: T0 - 30_001 }, 'STALE_SIGNAL'],
    ['it comes from the future', { createdTs: T0 + 2_001 }, 'FUTURE_SIGNAL'],
    ['its stop is not a number', { stopPrice: Number.NaN }, 'OFF_TICK_GRID'],
  ] as const)('an entry is denied and nothing is sent when %s', (_, rest, code) => {
    const { facts, commands } = given().when(signal(rest));
    expect(commands).toEqual([]);
    expect(facts.at(-1)).toMatchObject({ type: 'EntryDenied', reasons: expect.arrayContaining([code]) });
  });
});

describe('a signal', () => {
  it('for an instrument that is not traded here is ignored with UNKNOWN_INSTRUMENT', () => {
    const { facts, commands } = given().when(signal({ symbol: 'CL' }));
    expect(commands).toEqual([]);
    expect(facts).toMatchObject([{ type: 'SignalIgnored', code: 'UNKNOWN_INSTRUMENT', symbol: 'CL' }]);
  });

  it('before the gateway ever answered is ignored with DISCONNECTED', () => {
    const state = { instruments: {}, link: { ...openDesk().state.link, phase: 'connecting' as const } };
    expect(given(state).when(signal()).facts).toMatchObject([
      { type: 'SignalIgnored', code: 'DISCONNECTED' },
    ]);
  });

  it('is idempotent by its id for ever, not only inside the duplicate window', () => {
    const desk = openDesk().signal({ stopPrice: null });
    desk.later(120_000).market('ES', 6890.5);
    desk.signal({ signalId: 's-1' });
    expect(desk.facts).toMatchObject([{ type: 'SignalIgnored', code: 'DUPLICATE_SIGNAL' }]);
    expect(Object.keys(desk.state.cycles)).toHaveLength(1);
  });

  it('that repeats another inside the window opens a cycle that is denied as its duplicate', () => {
    const desk = openDesk().signal({ orderType: 'MKT', entryPrice: null });
    desk.when(...desk.broker.fill(desk.ref('target'), ticks(6898))).market('ES', 6890.5);
    desk.later(5_000).market('ES', 6890.5).signal({ signalId: 's-2', orderType: 'MKT', entryPrice: null });
    expect(desk.of('EntryDenied')).toMatchObject([{ reasons: ['DUPLICATE_SIGNAL'] }]);
    desk.later(59_750).market('ES', 6890.5).signal({ signalId: 's-3', orderType: 'MKT', entryPrice: null });
    expect(desk.of('EntryDenied')).toMatchObject([{ reasons: ['DUPLICATE_SIGNAL'] }]);
    desk.later(60_000).market('ES', 6890.5).signal({ signalId: 's-4', orderType: 'MKT', entryPrice: null });
    expect(desk.of('EntryApproved')).toHaveLength(1);
  });

  it('with the position is refused: one trade at a time', () => {
    const desk = holdingDesk();
    desk.later(61_000).market('ES', 6891).signal({ signalId: 's-2', entryPrice: 6891 });
    expect(desk.of('EntryDenied')[0]?.reasons).toEqual(['POSITION_OPEN', 'ORDER_IN_FLIGHT']);
    expect(desk.sent).toEqual([]);
  });
});

describe('an exit signal', () => {
  it('without a position is EXIT_WOULD_OPEN_POSITION and sends nothing (F01)', () => {
    const { facts, commands } = given().when(signal({ ...exitSignal }));
    expect(commands).toEqual([]);
    expect(facts).toMatchObject([{ type: 'SignalIgnored', code: 'EXIT_WOULD_OPEN_POSITION' }]);
  });

  it('after the position was closed is EXIT_WOULD_OPEN_POSITION, at once and later', () => {
    const desk = holdingDesk();
    desk.when(...desk.broker.fill(desk.ref('target'), ticks(6898)));
    desk.signal({ signalId: 'x-1', ...exitSignal });
    expect(desk.facts).toMatchObject([{ code: 'EXIT_WOULD_OPEN_POSITION' }]);
    expect(desk.sent).toEqual([]);
    desk.later(5_000).signal({ signalId: 'x-2', ...exitSignal });
    expect(desk.sent).toEqual([]);
    expect(desk.broker.position('ES')).toBe(0);
  });

  it('is never a duplicate: the same one, with the same id, is heard every time (F06)', () => {
    const desk = holdingDesk();
    desk.broker.mishap = (spec) => (spec.role === 'exit' ? { kind: 'rests' } : null);
    desk.signal({ signalId: 'x-1', ...exitSignal });
    expect(desk.of('ExitRequested')).toHaveLength(1);
    for (let repeat = 0; repeat < 3; repeat += 1) {
      desk.later(5_000).signal({ signalId: 'x-1', ...exitSignal });
      expect(desk.of('ExitRepeated')).toHaveLength(1);
      expect(desk.of('SignalIgnored')).toEqual([]);
    }
  });

  it('made before the position existed cannot mean it', () => {
    const desk = holdingDesk().later(10_000);
    desk.signal({ signalId: 'x-1', ...exitSignal, createdTs: T0 - 1_001 });
    expect(desk.facts).toMatchObject([{ type: 'SignalIgnored', code: 'STALE_SIGNAL' }]);
    expect(desk.sent).toEqual([]);
  });

  it('while the entry rests cancels the entry', () => {
    const desk = openDesk().signal();
    desk.signal({ signalId: 'x-1', ...exitSignal });
    expect(desk.sent).toEqual([{ type: 'CancelOrder', ref: desk.ref('entry') }]);
    expect(desk.cycle).toMatchObject({ phase: 'cancelled', outcome: 'entry not filled' });
    expect(desk.broker.working()).toEqual([]);
  });

  it('is not followed while trading is halted: the position keeps its stop, a person decides', () => {
    const desk = holdingDesk().operator({ kind: 'Halt', scope: 'ES', reason: 'news' });
    desk.signal({ signalId: 'x-1', ...exitSignal });
    expect(desk.facts).toMatchObject([{ type: 'SignalIgnored', code: 'TRADING_HALTED' }]);
    expect(desk.sent).toEqual([]);
    expect(desk.cycle.protection.state).toBe('protected');
  });
});

describe('an opposite signal', () => {
  it('is an exit at most: of the size of the position, not of the signal (F01, F11)', () => {
    const desk = holdingDesk({ quantity: 2 });
    desk.signal({ signalId: 's-2', action: 'SELL', quantity: 4, stopPrice: 6900, targetPrice: 6880 });
    expect(desk.sent).toMatchObject([
      {
        type: 'PlaceOrder',
        order: { role: 'exit', side: 'SELL', quantity: 2, type: 'LMT', reduceOnly: true },
      },
    ]);
    expect(desk.broker.position('ES')).toBe(0);
    expect(desk.cycle).toMatchObject({ phase: 'closed', outcome: 'exit signal' });
    expect(desk.state.positions.ES?.quantity).toBe(0);
  });

  it('while an entry is on its way opens nothing', () => {
    const desk = openDesk().signal();
    desk.signal({ signalId: 's-2', action: 'SELL', stopPrice: 6900, targetPrice: 6880 });
    expect(desk.of('EntryDenied')).toMatchObject([{ reasons: ['ORDER_IN_FLIGHT'] }]);
    expect(desk.sent).toEqual([]);
  });
});
