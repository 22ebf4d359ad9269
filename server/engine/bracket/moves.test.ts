import { describe, expect, it } from 'vitest';
import { type ExitRules, NO_EXIT_RULES } from '../model/exit-rules';
import { type Desk, holdingDesk } from '../testing/desk';
import { quote, status } from '../testing/events';
import { ticks } from '../testing/instruments';

const ENTRY = 6890.5;
const above = (n: number) => ENTRY + n * 0.25;

function ruled(rules: Partial<ExitRules>, desk = holdingDesk()): Desk {
  const { cycleId } = desk.cycle;
  return desk.operator({
    kind: 'SetExitRules',
    cycleId,
    rules: { ...NO_EXIT_RULES, ...rules },
    reason: 'test',
  });
}

const short = () => holdingDesk({ action: 'SELL', stopPrice: 6895.5, targetPrice: 6883 });
const trigger = (desk: Desk) => desk.order('stop').spec.triggerTicks;

describe('break-even', () => {
  it('moves the stop to the average entry plus what both sides cost, rounded up to a tick, once the price was there', () => {
    const desk = ruled({ breakEvenAfterTicks: 8 });
    desk.market('ES', above(7)).later(1_000);
    expect(desk.sent).toEqual([]);
    desk.market('ES', above(8));
    // two commissions of $2.25 are 0.36 ticks of $12.50: one tick above the entry
    const to = ticks(ENTRY) + 1;
    expect(desk.sent).toMatchObject([
      { type: 'ModifyOrder', order: { ref: desk.ref('stop'), type: 'STP', triggerTicks: to, quantity: 1 } },
    ]);
    expect(desk.of('StopMoved')).toMatchObject([
      { fromTicks: ticks(6885.5), toTicks: to, why: 'Break-even after 8 ticks in favour.' },
    ]);
    expect(desk.cycle.protection).toMatchObject({ state: 'protected', triggerTicks: to });
    expect(desk.later(60_000).sent).toEqual([]);
  });

  it('of a short lies below its entry', () => {
    const desk = ruled({ breakEvenAfterTicks: 8 }, short());
    desk.market('ES', above(-8));
    expect(trigger(desk)).toBe(ticks(ENTRY) - 1);
  });

  it('waits while the price is behind it again: a stop that triggers at once is an exit that nobody asked for', () => {
    const desk = ruled({ breakEvenAfterTicks: 8 });
    desk.wired = false;
    desk.when(quote('ES', above(8)));
    desk.state = {
      ...desk.state,
      orders: { ...desk.state.orders, [desk.ref('stop')]: { ...desk.order('stop'), change: null } },
    };
    desk.wired = true;
    desk.market('ES', above(0)).later(2_000);
    expect(desk.sent).toEqual([]);
    desk.market('ES', above(2));
    expect(trigger(desk)).toBe(ticks(ENTRY) + 1);
  });

  it('never takes a stop further away', () => {
    const desk = ruled({ trail: { afterTicks: 4, byTicks: 2 } });
    desk.market('ES', above(10));
    expect(trigger(desk)).toBe(ticks(above(8)));
    ruled({ breakEvenAfterTicks: 4 }, desk).later(5_000);
    expect(trigger(desk)).toBe(ticks(above(8)));
  });
});

describe('a trailing stop', () => {
  it('follows the best price, one way only, a move a second', () => {
    const desk = ruled({ trail: { afterTicks: 12, byTicks: 6 } });
    desk.market('ES', above(11)).later(1_000);
    expect(trigger(desk)).toBe(ticks(6885.5));
    desk.market('ES', above(12));
    expect(desk.of('StopMoved')).toMatchObject([{ why: '6 ticks behind the best price.' }]);
    expect(trigger(desk)).toBe(ticks(above(6)));
    expect(desk.market('ES', above(14)).sent).toEqual([]);
    desk.later(1_000);
    expect(trigger(desk)).toBe(ticks(above(8)));
    desk.market('ES', above(9)).later(5_000);
    expect(trigger(desk)).toBe(ticks(above(8)));
  });

  it('of a short follows it down', () => {
    const desk = ruled({ trail: { afterTicks: 12, byTicks: 6 } }, short());
    desk.market('ES', above(-20));
    expect(trigger(desk)).toBe(ticks(above(-14)));
  });

  it('awaits the broker’s answer before the next move', () => {
    const desk = ruled({ trail: { afterTicks: 12, byTicks: 6 } });
    desk.wired = false;
    desk.market('ES', above(12));
    expect(desk.sent).toHaveLength(1);
    expect(trigger(desk)).toBe(ticks(6885.5));
    expect(desk.cycle.protection).toMatchObject({ state: 'protected', triggerTicks: ticks(6885.5) });
    desk.market('ES', above(16)).later(1_500);
    expect(desk.sent).toEqual([]);
    const prices = { limitTicks: null, triggerTicks: ticks(above(6)) };
    desk.when(status(desk.ref('stop'), 'PreSubmitted', { whyHeld: 'trigger', prices }));
    expect(trigger(desk)).toBe(ticks(above(6)));
    expect(desk.sent).toMatchObject([{ type: 'ModifyOrder', order: { triggerTicks: ticks(above(10)) } }]);
  });

  it('whose move is refused stays where it was, and is tried again ever more slowly', () => {
    const desk = ruled({ trail: { afterTicks: 12, byTicks: 6 } });
    desk.broker.changeMishap = () => 'refused';
    desk.market('ES', above(12));
    const modifications = () =>
      desk.broker.received.filter((command) => command.type === 'ModifyOrder').length;
    for (let second = 0; second < 60; second += 1) desk.market('ES', above(12)).later(1_000);
    expect(modifications()).toBeLessThanOrEqual(8);
    expect(trigger(desk)).toBe(ticks(6885.5));
    expect(desk.cycle).toMatchObject({ exit: null, protection: { state: 'protected' } });
  });

  it('does not move on a stale price', () => {
    const desk = ruled({}, holdingDesk());
    desk.market('ES', above(14));
    desk.ts += 6_000;
    ruled({ trail: { afterTicks: 12, byTicks: 6 } }, desk).later(2_000);
    expect(desk.sent).toEqual([]);
  });

  it('rests while an exit is under way', () => {
    const desk = ruled({ trail: { afterTicks: 12, byTicks: 6 } });
    desk.broker.mishap = (spec) => (spec.role === 'exit' ? { kind: 'rests' } : null);
    desk.operator({ kind: 'ExitPosition', cycleId: desk.cycle.cycleId, reason: 'out' });
    expect(desk.market('ES', above(12)).later(2_000).sent).toEqual([]);
  });
});
