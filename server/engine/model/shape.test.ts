import { describe, expect, it } from 'vitest';
import { openedCycle } from './cycle';
import { cycleWith, stateWith } from './shape';
import { INITIAL_STATE } from './state';

describe('a copy', () => {
  it('has what was asked for, and everything else of what it was made from', () => {
    const before = structuredClone(INITIAL_STATE);
    const after = stateWith(INITIAL_STATE, { lastOrderId: 7, flatten: null });
    expect(after).toStrictEqual({ ...INITIAL_STATE, lastOrderId: 7 });
    expect(after.orders).toBe(INITIAL_STATE.orders);
    expect(INITIAL_STATE).toStrictEqual(before);
  });

  it('has its fields in one order, whatever it was made from', () => {
    const mixed = { ...Object.fromEntries(Object.entries(INITIAL_STATE).reverse()) } as typeof INITIAL_STATE;
    expect(Object.keys(stateWith(mixed, {}))).toEqual(
      Object.keys(stateWith(INITIAL_STATE, { journal: mixed.journal })),
    );
  });

  it('of a cycle keeps every field', () => {
    const cycle = openedCycle({
      cycleId: 'c-1-1' as never,
      symbol: 'ES',
      origin: 'signal',
      signalId: 's-1',
      signalTs: 1,
      fingerprint: 'f',
      strategy: 'demo',
      source: 'test',
      phase: 'proposed',
      side: 'BUY',
      quantity: 1,
      orderType: 'LMT',
      asked: { entryPrice: 1, stopPrice: 1, targetPrice: 1 },
      plan: null,
      confidence: null,
      openedTs: 1,
    });
    expect(cycleWith(cycle, { phase: 'open' })).toStrictEqual({ ...cycle, phase: 'open' });
  });
});
