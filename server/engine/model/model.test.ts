import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ES } from '../testing/instruments';
import { adoptedCycleIdOf, cycleIdOf, digestOf, orderRefOf, parseOrderRef } from './ids';
import { markTicks, sessionAt, tickValueMicros } from './instrument';
import { dollarsOf, microsOf, priceOf, ticksOf } from './money';
import { isoDateOf } from './time';

describe('references', () => {
  it('give cycle, role and attempt back, also those of adopted cycles', () => {
    const roles = ['entry', 'target', 'stop', 'exit', 'emergency'] as const;
    const cycle = fc
      .tuple(fc.nat({ max: 2 ** 42 }), fc.nat(), fc.constantFrom('ES', 'MNQ', '6E', null))
      .map(([ts, seq, symbol]) => (symbol ? adoptedCycleIdOf(ts, seq, symbol) : cycleIdOf(ts, seq)));
    fc.assert(
      fc.property(
        cycle,
        fc.constantFrom(...roles),
        fc.integer({ min: 1, max: 99 }),
        (cycleId, role, attempt) => {
          expect(parseOrderRef(orderRefOf(cycleId, role, attempt))).toEqual({ cycleId, role, attempt });
        },
      ),
    );
  });

  it.each(['', 'manual', 'c-a-1', 'c-a-1:hedge', 'c-a-1:exit-x', 'x c-a-1:exit', 'c-a-1:exit-2 '])(
    '%o is not one of ours',
    (text) => {
      expect(parseOrderRef(text)).toBeNull();
    },
  );

  it('of a digest change with every letter', () => {
    expect(digestOf('')).toBe('cbf29ce484222325');
    expect(digestOf('a')).toBe('af63dc4c8601ec8c');
    expect(digestOf('{"quantity":1}')).not.toBe(digestOf('{"quantity":2}'));
  });
});

describe('money and ticks', () => {
  it('go there and back without loss', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), (ticks) => {
        expect(ticksOf(priceOf(ticks, 0.25), 0.25)).toBe(ticks);
        expect(ticksOf(priceOf(ticks, 0.1), 0.1)).toBe(ticks);
        expect(microsOf(dollarsOf(ticks))).toBe(ticks);
      }),
    );
  });

  it.each([0, -6890.5, Number.NaN, Number.POSITIVE_INFINITY, 6951.325963783578, 6890.3])(
    '%d is no price on the quarter grid',
    (price) => {
      expect(ticksOf(price, 0.25)).toBeNull();
    },
  );

  it('know what a tick of ES is worth', () => {
    expect(tickValueMicros(ES)).toBe(12_500_000);
  });
});

describe('the market', () => {
  const quote = { symbol: 'ES', bidSize: 1, askSize: 1, ts: 0, hostMs: 0, changedHostMs: 0 };

  it.each([
    [{ bidTicks: 10, askTicks: 13, lastTicks: 9 }, 9],
    [{ bidTicks: 10, askTicks: 13, lastTicks: null }, 11],
    [{ bidTicks: 10, askTicks: null, lastTicks: null }, 10],
    [{ bidTicks: null, askTicks: 13, lastTicks: null }, 13],
    [{ bidTicks: null, askTicks: null, lastTicks: null }, null],
  ])('%o is marked at %o', (prices, mark) => {
    expect(markTicks({ ...quote, ...prices })).toBe(mark);
  });

  it('is open from the first millisecond of a session to the last before its close', () => {
    const [session] = ES.sessions;
    if (!session) throw new Error('no session');
    expect(sessionAt(ES, session.openTs)).toEqual(session);
    expect(sessionAt(ES, session.closeTs - 1)).toEqual(session);
    expect(sessionAt(ES, session.closeTs)).toBeNull();
  });
});

describe('dates', () => {
  it('agree with the calendar over four centuries', () => {
    const instant = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2300, 0, 1) });
    fc.assert(
      fc.property(instant, (ms) => {
        expect(isoDateOf(ms)).toBe(new Date(ms).toISOString().slice(0, 10));
      }),
    );
  });
});
