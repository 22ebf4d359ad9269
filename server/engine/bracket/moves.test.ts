import { describe, expect, it } from 'vitest';
import { type ExitRules, NO_EXIT_RULES } from '../model/exit-rules';
import { type Desk, holdingDesk, openDesk } from '../testing/desk';
import { executed, quote, status } from '../testing/events';
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
    // at the stop itself it would trigger as well
    expect(desk.market('ES', above(1)).sent).toEqual([]);
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
    expect(desk.market('ES', above(12)).sent).toEqual([]);
    expect(desk.later(2_000).sent).toEqual([]);
  });
});

describe('what break-even costs', () => {
  it('is nothing before a commission is known: the stop goes to the entry itself', () => {
    const unpaid = (action: 'BUY' | 'SELL', stopPrice: number, targetPrice: number) => {
      const desk = openDesk().signal({ action, stopPrice, targetPrice });
      const events = desk.broker.fill(desk.ref('entry'), ticks(ENTRY));
      return ruled(
        { breakEvenAfterTicks: 8 },
        desk.when(...events.filter(({ type }) => type !== 'CommissionReported')),
      );
    };
    expect(trigger(unpaid('BUY', 6885.5, 6898).market('ES', above(8)))).toBe(ticks(ENTRY));
    expect(trigger(unpaid('SELL', 6895.5, 6883).market('ES', above(-8)))).toBe(ticks(ENTRY));
  });

  it('is counted for each contract: three that cost 0.36 ticks each need one tick, not two', () => {
    const desk = ruled({ breakEvenAfterTicks: 8 }, holdingDesk({ quantity: 3 }));
    desk.market('ES', above(8));
    expect(trigger(desk)).toBe(ticks(ENTRY) + 1);
  });

  it('counts what was closed already: it has paid its way in and out', () => {
    const desk = holdingDesk({ quantity: 2 });
    desk.broker.tradeByHand('ES', -1);
    desk.when(executed({ execId: 'manual', side: 'SELL' })).later(1_000);
    expect(desk.cycle).toMatchObject({ entryQuantity: 2, exitQuantity: 1 });
    ruled({ breakEvenAfterTicks: 8 }, desk).market('ES', above(8));
    expect(trigger(desk)).toBe(ticks(ENTRY) + 1);
  });
});

describe('break-even and a trailing stop together', () => {
  const both = { breakEvenAfterTicks: 8, trail: { afterTicks: 8, byTicks: 6 } };

  it('go where less is at risk: behind the best price when that is further', () => {
    expect(trigger(ruled(both).market('ES', above(12)))).toBe(ticks(above(6)));
    expect(trigger(ruled(both, short()).market('ES', above(-12)))).toBe(ticks(above(-6)));
  });

  it('go where less is at risk: to break-even when the trail is further away', () => {
    const wide = { ...both, trail: { afterTicks: 8, byTicks: 10 } };
    expect(trigger(ruled(wide).market('ES', above(8)))).toBe(ticks(ENTRY) + 1);
    expect(trigger(ruled(wide, short()).market('ES', above(-8)))).toBe(ticks(ENTRY) - 1);
  });
});

describe('rules that move a stop', () => {
  it('do not say again that the position is protected: it was all the time', () => {
    const desk = ruled({ trail: { afterTicks: 12, byTicks: 6 } });
    desk.market('ES', above(12));
    expect(desk.of('StopMoved')).toHaveLength(1);
    expect(desk.of('PositionProtected')).toEqual([]);
  });

  it('leave an emergency stop where it is', () => {
    const desk = ruled({ trail: { afterTicks: 12, byTicks: 6 } });
    desk.when(...desk.broker.drop(desk.ref('target')), ...desk.broker.drop(desk.ref('stop')));
    expect(desk.cycle.protection.state).toBe('emergency');
    expect(desk.market('ES', above(12)).sent).toEqual([]);
  });

  it('of a short move on no stale price either', () => {
    const desk = short().market('ES', above(-14));
    desk.ts += 6_000;
    expect(ruled({ trail: { afterTicks: 12, byTicks: 6 } }, desk).sent).toEqual([]);
    expect(desk.later(2_000).sent).toEqual([]);
  });
});
