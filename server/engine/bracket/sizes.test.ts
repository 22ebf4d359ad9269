import { describe, expect, it } from 'vitest';
import { ordersOf } from '../model/book';
import { closingExposure, entryRemainder } from '../model/cover';
import { netQuantity } from '../model/cycle';
import type { Activation } from '../testing/broker';
import { type Desk, holdingDesk, openDesk } from '../testing/desk';
import { executed, failed, status } from '../testing/events';
import { ticks } from '../testing/instruments';

const fillEntry = (desk: Desk, quantity: number) =>
  desk.when(...desk.broker.fill(desk.ref('entry'), ticks(6890.5), quantity));

const resized = (desk: Desk) =>
  desk.sent.flatMap((command) =>
    command.type === 'ModifyOrder' ? [`${command.order.role} ${command.order.quantity}`] : [command.type],
  );

/** Whatever may still be closed never exceeds what is held and what the entry may still add (I2). */
function bounded(desk: Desk): void {
  const orders = ordersOf(desk.state, desk.cycle.cycleId);
  expect(closingExposure(orders)).toBeLessThanOrEqual(
    Math.abs(netQuantity(desk.cycle)) + entryRemainder(orders),
  );
}

describe.each<Activation>(['scaled', 'full', 'complete'])(
  'children of an entry that fills in part, activated %s',
  (activation) => {
    const partly = () => {
      const desk = openDesk();
      desk.broker.activation = activation;
      return fillEntry(desk.signal({ quantity: 3 }), 1);
    };

    it('are left alone while a burst of fills goes on', () => {
      const desk = partly();
      expect(desk.sent).toEqual([]);
      fillEntry(desk, 2);
      expect(desk.later(60_000).sent).toEqual([]);
      expect(desk.cycle.protection).toMatchObject({ state: 'protected', quantity: 3 });
    });

    it('are modified to what has filled after 250 ms, never cancelled (rule 11)', () => {
      const desk = partly().later(250);
      expect(resized(desk)).toEqual(['target 1', 'stop 1']);
      bounded(desk);
      // even in full the stop cannot turn the position round now
      expect(desk.broker.orders.get(desk.ref('stop'))?.spec.quantity).toBe(1);
    });

    it('grow again as it fills, and one change waits for the answer to the last', () => {
      const desk = partly().later(250);
      desk.wired = false;
      fillEntry(desk, 1);
      expect(resized(desk)).toEqual(['target 2', 'stop 2']);
      fillEntry(desk, 1);
      expect(desk.sent).toEqual([]);
      bounded(desk);
      desk.when(status(desk.ref('stop'), 'PreSubmitted', { remaining: 2, whyHeld: 'trigger' }));
      expect(resized(desk)).toEqual(['stop 3']);
    });

    it('cover again when the entry completes after all', () => {
      const desk = partly().later(2_000);
      fillEntry(desk, 2);
      expect(desk.later(500).cycle.protection).toMatchObject({ state: 'protected', quantity: 3 });
      bounded(desk);
      expect(desk.broker.working()).toContain(desk.ref('stop'));
    });
  },
);

describe('a position that is not known yet, and at most so large', () => {
  const cancelledHalfFilled = () => {
    const desk = openDesk();
    desk.broker.activation = 'full';
    desk.signal({ quantity: 4 });
    const fill = desk.broker.fill(desk.ref('entry'), ticks(6890.5), 2);
    const ended = desk.broker.drop(desk.ref('entry'));
    return desk.when(...[...fill, ...ended].filter(({ type }) => type === 'OrderStatusReported'));
  };

  it('has its closers shrunk by the word of statuses, before an execution is heard of (I2; seed 730024477)', () => {
    const desk = cancelledHalfFilled();
    expect(netQuantity(desk.cycle)).toBe(0);
    expect(resized(desk.later(250))).toEqual(['target 2', 'stop 2']);
  });

  it('leaves it to the broker at first, whose own cut a change could undo (I2; seed 1504978548)', () => {
    const desk = cancelledHalfFilled();
    expect(resized(desk)).toEqual([]);
    const cut = (role: 'target' | 'stop') =>
      status(desk.ref(role), 'PreSubmitted', { remaining: 2, whyHeld: role === 'stop' ? 'trigger' : '' });
    expect(resized(desk.when(cut('target'), cut('stop')).later(1_000))).toEqual([]);
  });

  it('is sized to what it is when that is known', () => {
    const desk = cancelledHalfFilled().later(3_000).later(250);
    expect(desk.cycle.protection).toMatchObject({ state: 'protected', quantity: 2 });
    expect(desk.sent).toEqual([]);
    bounded(desk);
  });

  it('leaves them as they are while the entry may fill to its end', () => {
    const desk = openDesk().signal({ quantity: 4 });
    desk.when(status(desk.ref('entry'), 'Submitted', { filled: 2, remaining: 2 }));
    expect(resized(desk)).toEqual([]);
  });
});

describe('children that IB holds back until the last contract', () => {
  it('get an emergency stop beside them after a second, in their own group, for what is held and no more', () => {
    const desk = openDesk();
    desk.broker.activation = 'complete';
    fillEntry(desk.signal({ quantity: 3 }), 1);
    desk.later(750);
    expect(desk.cycle.protection.state).toBe('arming');
    desk.later(250);
    expect(desk.of('PositionUnprotected')).toMatchObject([
      { quantity: 1, why: 'IB holds its stop back until the whole entry has filled.' },
    ]);
    const { ocaGroup } = desk.order('stop').spec;
    expect(desk.sent).toMatchObject([
      { type: 'PlaceOrder', order: { role: 'emergency', side: 'SELL', quantity: 1, ocaGroup } },
    ]);
    fillEntry(desk, 2);
    desk.later(1_000);
    expect(desk.cycle.protection).toMatchObject({ state: 'protected', quantity: 3 });
    const orders = ordersOf(desk.state, desk.cycle.cycleId);
    expect(closingExposure(orders)).toBe(3);
  });
});

describe('a stop for a part of the position', () => {
  it('covers that part: the rest is bare, grows for a second, and then gets an emergency stop in the same group', () => {
    const desk = holdingDesk({ quantity: 3 });
    const works = desk.broker.orders.get(desk.ref('stop'));
    if (works) works.spec = { ...works.spec, quantity: 1 };
    desk.broker.changeMishap = (spec) => (spec.role === 'stop' ? 'refused' : null);
    desk.when(status(desk.ref('stop'), 'PreSubmitted', { remaining: 1, whyHeld: 'trigger' }));
    expect(desk.cycle.protection.state).toBe('arming');
    expect(resized(desk)).toEqual(['stop 3']);
    desk.later(1_000);
    expect(desk.of('PositionUnprotected')).toMatchObject([{ quantity: 2, why: 'Its stop covers 1.' }]);
    expect(desk.order('emergency').spec).toMatchObject({
      quantity: 3,
      ocaGroup: desk.order('stop').spec.ocaGroup,
    });
    expect(desk.cycle.protection).toMatchObject({ state: 'emergency' });
    bounded(desk);
  });

  it('grows by modification when the position outgrew it (a second fill of the entry)', () => {
    const desk = holdingDesk({ quantity: 1 });
    desk.when(executed({ execId: 'double', orderRef: desk.ref('entry') }));
    expect(desk.cycle).toMatchObject({ entryQuantity: 2, protection: { state: 'protected' } });
    expect(resized(desk)).toEqual(['target 2', 'stop 2']);
    expect(desk.cycle.protection).toMatchObject({ state: 'protected', quantity: 2 });
  });
});

describe('a stop for more than the position', () => {
  const closedByHand = (desk: Desk) => {
    desk.broker.tradeByHand('ES', -1);
    return desk.when(executed({ execId: 'manual', side: 'SELL' }));
  };

  it('is overprotected until the broker has shrunk it', () => {
    const desk = holdingDesk({ quantity: 2 });
    desk.wired = false;
    closedByHand(desk);
    expect(desk.of('PositionOverprotected')).toMatchObject([{ ref: desk.ref('stop'), quantity: 2, held: 1 }]);
    expect(resized(desk)).toEqual(['target 1', 'stop 1']);
    expect(desk.cycle.protection).toMatchObject({ state: 'overprotected', quantity: 2 });
    desk.when(status(desk.ref('stop'), 'PreSubmitted', { remaining: 1, whyHeld: 'trigger' }));
    expect(desk.cycle.protection).toMatchObject({ state: 'protected', quantity: 1 });
  });

  it('that the broker refuses to shrink is tried three times at a pace, then the position is closed through its group', () => {
    const desk = holdingDesk({ quantity: 2 });
    desk.broker.changeMishap = () => 'refused';
    closedByHand(desk);
    expect(resized(desk)).toEqual(['target 1', 'stop 1']);
    expect(resized(desk.later(500))).toEqual(['target 1', 'stop 1']);
    expect(desk.later(750).sent).toEqual([]);
    desk.later(250);
    expect(desk.of('ExitRequested')).toMatchObject([
      {
        reason: 'emergency',
        why: 'The broker does not shrink the target, which could close more than is held.',
      },
    ]);
    expect(desk.commands).toContainEqual(
      expect.objectContaining({ type: 'SendAlert', severity: 'critical' }),
    );
    expect(desk.broker.position('ES')).toBe(0);
    expect(desk.broker.working()).toEqual([]);
  });
});

describe('a stop that was thought gone and works after all', () => {
  it('is never a second closer: the group that holds it goes (I2)', () => {
    const desk = holdingDesk();
    desk.when(...desk.broker.drop(desk.ref('target')), ...desk.broker.drop(desk.ref('stop')));
    const emergency = desk.ref('emergency');
    const late = { ...desk.order('stop'), phase: 'Working' as const, brokerStatus: 'PreSubmitted' as const };
    desk.state = {
      ...desk.state,
      orders: {
        ...desk.state.orders,
        [emergency]: {
          ...desk.order('emergency'),
          spec: { ...desk.order('emergency').spec, ocaGroup: 'other' },
        },
        [late.spec.ref]: { ...late, whyHeld: 'trigger', cancelWished: false, endedHostMs: null },
      },
    };
    desk.later(250);
    expect(desk.of('PositionOverprotected')).toMatchObject([{ quantity: 2, held: 1 }]);
    expect(desk.sent).toEqual([{ type: 'CancelOrder', ref: emergency }]);
    expect(desk.of('OrderCancelRequested')).toMatchObject([
      { why: 'A second group of closing orders could close the position twice.' },
    ]);
  });
});

describe('a target that two of the broker’s reports lacked', () => {
  /** Its stop was cancelled, and the broker’s reports leave out what works. */
  function halfReported(filled: number): Desk {
    const desk = holdingDesk({ quantity: 3 });
    const { report } = desk.broker;
    desk.broker.report = (requestId) => ({ ...report.call(desk.broker, requestId), openOrders: [] });
    if (filled > 0) desk.when(...desk.broker.fill(desk.ref('target'), ticks(6898), filled));
    else desk.when(...desk.broker.drop(desk.ref('stop')));
    desk.broker.losesCancels = true;
    desk.ts += 10;
    return desk.when(failed(desk.ref('target'), 10_147));
  }

  it('may still work: the emergency stop joins its group, so that both cannot fill (I2)', () => {
    const desk = halfReported(0).later(1_000);
    expect(desk.order('target').phase).toBe('Absent');
    expect(desk.order('emergency').spec.ocaGroup).toBe(desk.order('target').spec.ocaGroup);
  });

  it('in a spent group is cancelled before anything is put beside it', () => {
    const desk = halfReported(1);
    expect(desk.order('target').phase).toBe('Absent');
    desk.later(1_000);
    const sent = desk.broker.received.flatMap((command) =>
      command.type === 'CancelOrder' || command.type === 'PlaceOrder' ? [command.type] : [],
    );
    expect(sent).toEqual(['CancelOrder']);
    expect(desk.later(2_500).order('emergency').spec).toMatchObject({ quantity: 2 });
  });
});

describe('a stop that goes without our asking while its target lives (rule 5)', () => {
  it('makes the engine ask the broker first', () => {
    const desk = holdingDesk();
    desk.wired = false;
    desk.when(...desk.broker.drop(desk.ref('stop')));
    expect(desk.commands).toMatchObject([{ type: 'RequestReport' }]);
    expect(desk.later(750).commands).toEqual([]);
    expect(desk.later(250).sent).toMatchObject([{ type: 'PlaceOrder', order: { role: 'emergency' } }]);
  });
});

describe('an entry whose stop is gone before it has filled (F09, F22)', () => {
  it('is cancelled: it could fill into a bare position', () => {
    const desk = openDesk().signal({ quantity: 2 });
    desk.when(failed(desk.ref('stop'), 110, 'The price does not conform.'));
    desk.when(status(desk.ref('stop'), 'Inactive'));
    expect(desk.sent).toEqual([]);
    expect(desk.later(250).sent).toEqual([{ type: 'CancelOrder', ref: desk.ref('entry') }]);
    expect(desk.of('OrderCancelRequested')[0]).toMatchObject({
      role: 'entry',
      why: 'It has no stop any more.',
    });
    expect(desk.cycle).toMatchObject({ phase: 'cancelled', outcome: 'entry not filled' });
    expect(desk.later(2_000).sent).toEqual([]);
    expect(desk.broker.working()).toEqual([]);
  });
});

describe('a closing order that is under way', () => {
  const bought = (desk: Desk) => desk.when(executed({ execId: 'late', orderRef: desk.ref('entry') }));

  it('is not grown when the position is: what came late is the next attempt’s', () => {
    const desk = holdingDesk({ quantity: 2 });
    desk.broker.mishap = (spec) => (spec.role === 'exit' ? { kind: 'rests' } : null);
    desk.operator({ kind: 'ExitPosition', cycleId: desk.cycle.cycleId, reason: 'out' });
    bought(desk);
    expect(netQuantity(desk.cycle)).toBe(3);
    expect(resized(desk)).toEqual(['target 3', 'stop 3']);
  });

  it('is not grown once a part of it has filled: its group takes nothing in any more', () => {
    const desk = holdingDesk({ quantity: 3 });
    desk.broker.losesCancels = true;
    desk.when(...desk.broker.fill(desk.ref('target'), ticks(6898), 1));
    bought(desk);
    expect(netQuantity(desk.cycle)).toBe(3);
    expect(resized(desk.later(250)).filter((one) => one.startsWith('target'))).toEqual([]);
  });

  it('says what the position is when it is resized', () => {
    const desk = holdingDesk({ quantity: 2 });
    desk.broker.tradeByHand('ES', -1);
    desk.when(executed({ execId: 'manual', side: 'SELL' }));
    expect(desk.of('OrderResized')).toMatchObject([
      { ref: desk.ref('target'), quantity: 1, why: 'The position is 1.' },
      { ref: desk.ref('stop'), quantity: 1, why: 'The position is 1.' },
    ]);
  });
});

describe('a trailing stop whose moves are refused', () => {
  it('is not held to be too large for that: only when it is not shrunk either', () => {
    const desk = holdingDesk({ quantity: 2 });
    const { cycleId } = desk.cycle;
    const rules = { maxMinutes: null, breakEvenAfterTicks: null, trail: { afterTicks: 12, byTicks: 6 } };
    desk.operator({ kind: 'SetExitRules', cycleId, rules, reason: 'test' });
    desk.broker.changeMishap = () => 'refused';
    for (let second = 0; second < 8; second += 1) desk.market('ES', 6893.5).later(1_000);
    expect(desk.order('stop').change).toMatchObject({ phase: 'refused', quantity: 2 });
    expect(desk.order('stop').change?.refusals).toBeGreaterThanOrEqual(3);
    desk.broker.changeMishap = () => 'lost';
    desk.broker.tradeByHand('ES', -1);
    desk.when(executed({ execId: 'manual', side: 'SELL' }));
    expect(desk.of('ExitRequested')).toEqual([]);
    expect(desk.cycle.exit).toBeNull();
  });
});
