import { describe, expect, it } from 'vitest';
import { type ExitRules, NO_EXIT_RULES } from '../model/exit-rules';
import { type Desk, holdingDesk, openDesk } from '../testing/desk';
import { ticks } from '../testing/instruments';

const MINUTE = 60_000;

function ruled(desk: Desk, rules: Partial<ExitRules>, reason = 'lunch'): Desk {
  const { cycleId } = desk.cycle;
  return desk.operator({ kind: 'SetExitRules', cycleId, rules: { ...NO_EXIT_RULES, ...rules }, reason });
}

describe('the rules of a cycle', () => {
  it('are set by an operator, with a reason', () => {
    const desk = ruled(holdingDesk(), { maxMinutes: 30 });
    expect(desk.cycle.rules).toEqual({ ...NO_EXIT_RULES, maxMinutes: 30 });
    expect(desk.of('ExitRulesSet')).toMatchObject([
      { rules: { ...NO_EXIT_RULES, maxMinutes: 30 }, by: 'ana', reason: 'lunch' },
    ]);
    expect(desk.sent).toEqual([]);
  });

  it.each([
    ['without a reason', { maxMinutes: 30 }, '', 'REASON_REQUIRED', 'Say why.'],
    ['that are its rules already', {}, 'lunch', 'NOTHING_TO_DO', 'These are its rules already.'],
  ] as const)('are refused %s', (_, rules, reason, code, why) => {
    const desk = ruled(holdingDesk(), rules, reason);
    expect(desk.facts).toMatchObject([{ type: 'CommandRefused', code, why }]);
  });

  it('are refused when the cycle is over', () => {
    const desk = holdingDesk();
    desk.when(...desk.broker.fill(desk.ref('target'), ticks(6898)));
    expect(ruled(desk, { maxMinutes: 30 }).facts).toMatchObject([
      { type: 'CommandRefused', code: 'NOTHING_TO_DO', why: 'That cycle is over.' },
    ]);
  });

  it('of a new cycle come from the limits; all are off by default', () => {
    expect(holdingDesk().cycle.rules).toEqual(NO_EXIT_RULES);
    const desk = openDesk().when({
      type: 'LimitsChanged',
      limits: { exitAfterMinutes: 45, trailAfterTicks: 12, trailByTicks: 6 },
      by: 'ana',
      why: 'test',
    });
    desk.signal();
    expect(desk.cycle.rules).toEqual({
      maxMinutes: 45,
      breakEvenAfterTicks: null,
      trail: { afterTicks: 12, byTicks: 6 },
    });
  });
});

describe('a time exit', () => {
  it('closes the position after its minutes of exchange time, once, like a signal would', () => {
    const desk = ruled(holdingDesk(), { maxMinutes: 1 });
    expect(desk.later(MINUTE - 250).sent).toEqual([]);
    desk.market('ES', 6890.5).later(250);
    expect(desk.of('ExitRequested')).toMatchObject([
      { reason: 'time', by: 'rule', why: '1 minutes in the trade.' },
    ]);
    expect(desk.sent).toMatchObject([{ type: 'PlaceOrder', order: { role: 'exit', type: 'LMT' } }]);
    expect(desk.cycle).toMatchObject({ phase: 'closed', outcome: 'time exit' });
  });

  it('is set too late for the time that is over: it closes at once', () => {
    const desk = holdingDesk().later(2 * MINUTE);
    ruled(desk, { maxMinutes: 1 });
    expect(desk.of('ExitRequested')).toHaveLength(1);
  });

  it('goes out while trading is halted: it only reduces risk', () => {
    const desk = ruled(holdingDesk(), { maxMinutes: 1 });
    desk.operator({ kind: 'Halt', scope: '*', reason: 'news' }).later(MINUTE);
    expect(desk.broker.position('ES')).toBe(0);
  });

  it('is wished for once, and goes out at the open when the venue is closed (F05, F12)', () => {
    const desk = ruled(holdingDesk(), { maxMinutes: 30 });
    desk.ts = Date.UTC(2025, 11, 12, 22, 0, 0);
    expect(desk.later(250).sent).toEqual([]);
    expect(desk.of('ExitRequested')).toHaveLength(1);
    expect(desk.later(60_000).facts.filter(({ type }) => type.startsWith('Exit'))).toEqual([]);
    desk.ts = Date.UTC(2025, 11, 13, 23, 0, 0);
    expect(desk.later(250).sent).toMatchObject([
      { type: 'PlaceOrder', order: { role: 'exit', quantity: 1 } },
    ]);
    expect(desk.broker.position('ES')).toBe(0);
  });
});
