import { describe, expect, it } from 'vitest';
import type { BrokerEvent } from '../model/event';
import { type Desk, holdingDesk, openDesk } from '../testing/desk';
import { executed, failed, quote, status } from '../testing/events';
import { ticks } from '../testing/instruments';

const emergencies = (desk: Desk) =>
  desk.broker.received.filter(
    (command) => command.type === 'PlaceOrder' && command.order.role === 'emergency',
  );

/** Holds ES, and everything the broker says from here on is said by the test. */
function quietDesk(quantity = 1): Desk {
  const desk = holdingDesk({ quantity });
  desk.wired = false;
  return desk;
}

describe('protection', () => {
  it('is there with the fill: a PreSubmitted stop that IB holds for its trigger covers', () => {
    const desk = openDesk().signal();
    desk.when(...desk.broker.fill(desk.ref('entry'), ticks(6890.5)));
    expect(desk.order('stop')).toMatchObject({
      phase: 'Working',
      brokerStatus: 'PreSubmitted',
      whyHeld: 'trigger',
    });
    expect(desk.of('PositionProtected')).toMatchObject([
      { quantity: 1, triggerTicks: ticks(6885.5), afterMs: 0 },
    ]);
    expect(desk.cycle.protection).toEqual({
      state: 'protected',
      ref: desk.ref('stop'),
      triggerTicks: ticks(6885.5),
      quantity: 1,
    });
    expect(desk.later(60_000).sent).toEqual([]);
  });

  it('is not there while the stop is a child that waits for its parent: after one second an emergency stop goes out', () => {
    const desk = openDesk().signal();
    const [execution] = desk.broker.fill(desk.ref('entry'), ticks(6890.5));
    if (execution) desk.when(execution);
    expect(desk.order('stop').whyHeld).toBe('child,trigger');
    expect(desk.cycle.protection.state).toBe('arming');
    expect(desk.later(750).sent).toEqual([]);
    expect(desk.later(250).of('PositionUnprotected')).toHaveLength(1);
    expect(desk.sent).toMatchObject([
      { type: 'PlaceOrder', order: { role: 'emergency', side: 'SELL', quantity: 1 } },
    ]);
  });

  it('measures how long the position was bare', () => {
    const desk = openDesk().signal();
    const [execution, ...rest] = desk.broker.fill(desk.ref('entry'), ticks(6890.5));
    if (execution) desk.when(execution);
    desk.later(500).when(...rest);
    expect(desk.of('PositionProtected')).toMatchObject([{ afterMs: 500 }]);
    expect(desk.cycle.protectedAfterMs).toBe(500);
  });

  it('does not change a working bracket, however long its target rests (F08, F10)', () => {
    const desk = holdingDesk();
    desk.ts += 3 * 3_600_000;
    expect(desk.later(1_000).sent).toEqual([]);
    expect(desk.cycle.protection.state).toBe('protected');
  });
});

describe('the emergency stop', () => {
  it('goes out at once, and once, when the broker refuses the stop (F14)', () => {
    const desk = openDesk();
    desk.broker.mishap = (spec) =>
      spec.role === 'stop' ? { kind: 'refused', code: 110, text: 'The price does not conform.' } : null;
    desk.signal();
    desk.when(...desk.broker.fill(desk.ref('entry'), ticks(6890.5)));
    const { cycleId } = desk.cycle;
    expect(desk.commands).toEqual([
      {
        type: 'PlaceOrder',
        order: {
          ref: `${cycleId}:emergency`,
          cycleId,
          role: 'emergency',
          symbol: 'ES',
          side: 'SELL',
          quantity: 1,
          type: 'STP LMT',
          triggerTicks: ticks(6890.5) - 16,
          limitTicks: ticks(6890.5) - 24,
          tif: 'GTC',
          ocaGroup: `${cycleId}:oca`,
          parentRef: null,
          reduceOnly: true,
        },
      },
      {
        type: 'SendAlert',
        severity: 'critical',
        text: `EMERGENCY STOP SELL 1 ES: No working stop covers 1 of the 1 of ${cycleId}:entry.`,
      },
    ]);
    expect(desk.of('PositionProtected')).toMatchObject([
      { ref: desk.ref('emergency'), triggerTicks: desk.order('emergency').spec.triggerTicks },
    ]);
    desk.later(30_000);
    expect(emergencies(desk)).toHaveLength(1);
    expect(desk.cycle.protection).toMatchObject({ state: 'emergency', ref: desk.ref('emergency') });
  });

  it('does not push aside a stop that fills in part: the rest leaves at the market (I3; seed 310054801)', () => {
    const desk = openDesk().signal({ quantity: 3 });
    desk.when(...desk.broker.fill(desk.ref('entry'), ticks(6890.5), 2)).later(500);
    desk.broker.changeMishap = () => 'lost';
    desk.when(...desk.broker.fill(desk.ref('entry'), ticks(6890.5), 1));
    desk.when(...desk.broker.fill(desk.ref('stop'), ticks(6885.5), 1));
    expect(desk.sent).toEqual([]);
    expect(desk.later(1_500).of('ExitRequested')).toMatchObject([
      { reason: 'emergency', why: 'A stop has filled in part, and nothing covers the rest.' },
    ]);
    expect(desk.order('exit').spec).toMatchObject({ type: 'MKT', quantity: 2 });
    expect(desk.broker.position('ES')).toBe(0);
  });

  it('of a short position lies above it', () => {
    const desk = holdingDesk({ action: 'SELL', stopPrice: 6895.5, targetPrice: 6883 });
    desk.when(...desk.broker.drop(desk.ref('target')), ...desk.broker.drop(desk.ref('stop')));
    expect(desk.order('emergency').spec).toMatchObject({
      side: 'BUY',
      triggerTicks: ticks(6890.5) + 16,
      limitTicks: ticks(6890.5) + 24,
    });
  });

  it('waits one second when the stop vanishes while its target lives: the target is probably filling', () => {
    const desk = holdingDesk();
    desk.when(...desk.broker.drop(desk.ref('stop')));
    expect(desk.cycle.protection.state).toBe('arming');
    expect(desk.later(750).sent).toEqual([]);
    desk.later(250);
    expect(desk.sent).toMatchObject([{ type: 'PlaceOrder', order: { role: 'emergency' } }]);
    expect(desk.order('emergency').spec.ocaGroup).toBe(desk.order('target').spec.ocaGroup);
  });

  it('is not sent for a stop whose cancel is pending while its target lives', () => {
    const desk = quietDesk();
    desk.when(status(desk.ref('stop'), 'PendingCancel', { whyHeld: 'trigger' }));
    expect(desk.sent).toEqual([]);
    expect(desk.of('PositionUnprotected')).toEqual([]);
  });

  it('refused three times becomes a market exit', () => {
    const desk = holdingDesk();
    desk.broker.mishap = (spec) =>
      spec.role === 'emergency'
        ? { kind: 'refused', code: 201, text: 'Order rejected - reason:margin' }
        : null;
    desk.when(...desk.broker.drop(desk.ref('target')), ...desk.broker.drop(desk.ref('stop')));
    expect(emergencies(desk)).toHaveLength(3);
    expect(desk.of('ExitRequested')).toMatchObject([{ why: 'The broker takes no emergency stop.' }]);
    expect(desk.sent.at(-1)).toMatchObject({
      type: 'PlaceOrder',
      order: { role: 'exit', type: 'MKT', quantity: 1 },
    });
    expect(desk.broker.position('ES')).toBe(0);
    expect(desk.cycle.outcome).toBe('emergency stop');
  });

  it('that nobody answers becomes a market exit after two seconds', () => {
    const desk = holdingDesk();
    desk.broker.mishap = (spec) => (spec.role === 'emergency' ? { kind: 'lost' } : null);
    desk.broker.losesReports = true;
    desk.when(...desk.broker.drop(desk.ref('target')), ...desk.broker.drop(desk.ref('stop')));
    expect(desk.later(1_750).sent).toEqual([]);
    expect(desk.later(250).sent).toMatchObject([
      { type: 'PlaceOrder', order: { role: 'exit', type: 'MKT' } },
    ]);
    expect(desk.of('ExitRequested')).toMatchObject([
      { why: 'The broker does not answer the emergency stop.' },
    ]);
    expect(desk.broker.position('ES')).toBe(0);
  });

  it('that nobody answers after one was refused becomes a market exit too', () => {
    const desk = holdingDesk();
    desk.broker.mishap = ({ ref, role }) => {
      if (role !== 'emergency') return null;
      return ref.endsWith(':emergency') ? { kind: 'refused', code: 201, text: 'margin' } : { kind: 'lost' };
    };
    desk.broker.losesReports = true;
    desk.when(...desk.broker.drop(desk.ref('target')), ...desk.broker.drop(desk.ref('stop')));
    expect(emergencies(desk)).toHaveLength(2);
    expect(desk.later(1_750).sent).toEqual([]);
    expect(desk.later(250).of('ExitRequested')).toMatchObject([
      { why: 'The broker does not answer the emergency stop.' },
    ]);
  });

  it('is followed by another when the broker drops it, and the new one protects', () => {
    const desk = holdingDesk();
    desk.when(...desk.broker.drop(desk.ref('target')), ...desk.broker.drop(desk.ref('stop'))).later(1_000);
    desk.when(...desk.broker.drop(desk.ref('emergency')));
    expect(desk.cycle.protection).toEqual({
      state: 'emergency',
      ref: desk.ref('emergency', 2),
      sinceHostMs: desk.hostMs,
      beyondSinceHostMs: null,
    });
    expect(desk.of('PositionProtected')).toMatchObject([{ ref: desk.ref('emergency', 2), quantity: 1 }]);
  });

  it('is not given up for a market that has no price at all', () => {
    const desk = holdingDesk();
    desk.when(...desk.broker.drop(desk.ref('target')), ...desk.broker.drop(desk.ref('stop')));
    const { type, quote: told } = quote('ES', 6890.5);
    desk.silent = true;
    desk.when({ type, quote: { ...told, bidTicks: null, askTicks: null, lastTicks: null } }).later(4_000);
    expect(desk.sent).toEqual([]);
    expect(desk.cycle).toMatchObject({ exit: null, protection: { state: 'emergency' } });
  });

  it('whose limit the price has passed for two seconds becomes a market exit, in the same group', () => {
    const desk = holdingDesk();
    desk.when(...desk.broker.drop(desk.ref('target')), ...desk.broker.drop(desk.ref('stop')));
    const limit = 6890.5 - 24 * 0.25;
    desk.market('ES', limit).later(3_000);
    expect(desk.sent).toEqual([]);
    desk.market('ES', limit - 0.25);
    expect(desk.cycle.protection).toMatchObject({ beyondSinceHostMs: desk.hostMs });
    expect(desk.later(1_750).sent).toEqual([]);
    expect(desk.later(250).sent).toMatchObject([{ type: 'PlaceOrder', order: { role: 'exit' } }]);
    expect(desk.of('ExitRequested')).toMatchObject([{ why: 'The price is beyond the emergency stop.' }]);
    expect(desk.order('exit').spec.ocaGroup).toBe(desk.order('emergency').spec.ocaGroup);
    expect(desk.broker.position('ES')).toBe(0);
    expect(desk.broker.working()).toEqual([]);
  });

  it('is patient again when the price comes back', () => {
    const desk = holdingDesk();
    desk.when(...desk.broker.drop(desk.ref('target')), ...desk.broker.drop(desk.ref('stop')));
    desk.market('ES', 6884).later(1_750).market('ES', 6885).market('ES', 6884).later(1_750);
    expect(desk.sent).toEqual([]);
    expect(desk.cycle.exit).toBeNull();
  });

  it('whose limit the market has passed already is not sent: it would rest behind the market, which is where the position goes', () => {
    const desk = holdingDesk();
    desk.market('ES', 6890.5 - 25 * 0.25);
    desk.when(...desk.broker.drop(desk.ref('target')), ...desk.broker.drop(desk.ref('stop')));
    expect(emergencies(desk)).toEqual([]);
    expect(desk.of('ExitRequested')).toMatchObject([
      { reason: 'emergency', why: 'The price is already beyond the limit of an emergency stop.' },
    ]);
    expect(desk.broker.position('ES')).toBe(0);
  });

  it('of a position that was found far under water is measured from the market: a person decides about that loss', () => {
    const desk = openDesk();
    desk.broker.tradeByHand('ES', 2);
    desk.when(executed({ execId: 'manual', quantity: 2, priceTicks: ticks(6990.5) }));
    expect(desk.cycle).toMatchObject({ origin: 'adopted', exit: null, protection: { state: 'emergency' } });
    expect(desk.order('emergency').spec).toMatchObject({
      triggerTicks: ticks(6890.5) - 16,
      limitTicks: ticks(6890.5) - 24,
    });
    expect(desk.of('OrderJournaled')).toMatchObject([
      { entryRef: null, why: `No working stop covers 2 of the 2 of adopted ${desk.cycle.cycleId}.` },
    ]);
  });

  it.each([
    ['from its price while such a stop is ahead of the market', 15, 15],
    ['from the market once the market is at such a stop', 16, 0],
  ])('of a position that was found a little under water is measured %s', (_, lostTicks, from) => {
    const desk = openDesk();
    desk.broker.tradeByHand('ES', 1);
    desk.when(executed({ execId: 'manual', priceTicks: ticks(6890.5) + lostTicks }));
    expect(desk.order('emergency').spec.triggerTicks).toBe(ticks(6890.5) + from - 16);
  });

  it('whose trigger only is passed is sent: it closes the position within its room', () => {
    const desk = holdingDesk();
    desk.market('ES', 6890.5 - 20 * 0.25);
    desk.when(...desk.broker.drop(desk.ref('target')), ...desk.broker.drop(desk.ref('stop')));
    expect(emergencies(desk)).toHaveLength(1);
    expect(desk.cycle.exit).toBeNull();
  });

  it('is decided by no stale price (I13)', () => {
    const desk = holdingDesk();
    desk.market('ES', 6890.5 - 25 * 0.25);
    desk.ts += 6_000;
    desk.when(...desk.broker.drop(desk.ref('target')), ...desk.broker.drop(desk.ref('stop')));
    expect(emergencies(desk)).toHaveLength(1);
  });

  it('says which entry it is the stop of', () => {
    const desk = holdingDesk();
    desk.when(...desk.broker.drop(desk.ref('target')), ...desk.broker.drop(desk.ref('stop')));
    expect(desk.of('OrderJournaled')).toMatchObject([
      { entryRef: desk.ref('entry'), why: `No working stop covers 1 of the 1 of ${desk.ref('entry')}.` },
    ]);
  });

  it('follows a position that is reduced by hand, so that it cannot open one', () => {
    const desk = holdingDesk({ quantity: 2 });
    desk.when(...desk.broker.drop(desk.ref('target')), ...desk.broker.drop(desk.ref('stop')));
    desk.broker.tradeByHand('ES', -1);
    desk.when(executed({ execId: 'manual', side: 'SELL', quantity: 1 }));
    expect(desk.sent).toMatchObject([{ type: 'ModifyOrder', order: { role: 'emergency', quantity: 1 } }]);
  });

  it('is not put beside a target that still lives in a spent group: that is cancelled first (I2)', () => {
    const desk = holdingDesk({ quantity: 2 });
    desk.when(...desk.broker.fill(desk.ref('target'), ticks(6898), 1));
    // the group is about to cancel the stop; until it has, the stop must not be larger than what is held
    expect(desk.sent).toMatchObject([{ type: 'ModifyOrder', order: { role: 'stop', quantity: 1 } }]);
    desk.later(1_000);
    expect(desk.sent).toMatchObject([
      { type: 'CancelOrder', ref: desk.ref('target') },
      { type: 'PlaceOrder', order: { role: 'emergency', quantity: 1 } },
    ]);
    expect(desk.broker.working()).toEqual([desk.ref('emergency')]);
  });

  it('is not put beside an exit that is under way: the position is being closed', () => {
    const desk = holdingDesk();
    desk.broker.mishap = (spec) => (spec.role === 'exit' ? { kind: 'rests' } : null);
    desk.operator({ kind: 'ExitPosition', cycleId: desk.cycle.cycleId, reason: 'out' });
    desk.when(...desk.broker.drop(desk.ref('target')), ...desk.broker.drop(desk.ref('stop')));
    desk.later(5_000);
    expect(desk.of('PositionUnprotected')).toHaveLength(1);
    expect(desk.sent).toEqual([]);
  });

  it('is not sent while the wire is down or the book is not compared yet', () => {
    const desk = holdingDesk().cutWire();
    desk.broker.losesReports = true;
    desk.when(status(desk.ref('target'), 'Cancelled'), status(desk.ref('stop'), 'Cancelled'));
    expect(desk.commands).toEqual([]);
    desk.reconnect();
    expect(desk.sent).toEqual([]);
  });
});

describe('a target that fills (F03)', () => {
  const filled = { filled: 1, remaining: 0 };
  const parts = (desk: Desk): Record<'target' | 'stop' | 'execution', BrokerEvent> => ({
    target: status(desk.ref('target'), 'Filled', filled),
    stop: status(desk.ref('stop'), 'Cancelled'),
    execution: executed({
      execId: 'x',
      orderRef: desk.ref('target'),
      side: 'SELL',
      priceTicks: ticks(6898),
    }),
  });

  it.each([
    ['target', 'stop', 'execution'],
    ['target', 'execution', 'stop'],
    ['stop', 'target', 'execution'],
    ['stop', 'execution', 'target'],
    ['execution', 'target', 'stop'],
    ['execution', 'stop', 'target'],
  ] as const)('told as %s, %s, %s never looks like a bare position', (...order) => {
    const desk = quietDesk();
    for (const part of order) {
      desk.when(parts(desk)[part]);
      expect(desk.sent).toEqual([]);
      expect(desk.of('PositionUnprotected')).toEqual([]);
    }
    desk.later(2_000);
    expect(desk.sent).toEqual([]);
    expect(desk.cycle).toMatchObject({ phase: 'closed', outcome: 'target', protection: { state: 'none' } });
  });

  it('leaves nothing behind: a stop that the group did not cancel is cancelled by us', () => {
    const desk = quietDesk();
    const { target, execution } = parts(desk);
    desk.when(execution, target);
    expect(desk.sent).toEqual([]);
    expect(desk.later(250).sent).toEqual([{ type: 'CancelOrder', ref: desk.ref('stop') }]);
    expect(desk.of('OrderCancelRequested')).toMatchObject([{ role: 'stop', why: 'The cycle is flat.' }]);
    expect(desk.later(1_000).sent).toEqual([]);
  });
});

describe('a partly filled entry', () => {
  it('that is cancelled has its children resized, not cancelled', () => {
    const desk = openDesk().signal({ quantity: 3 });
    desk.when(...desk.broker.fill(desk.ref('entry'), ticks(6890.5), 1));
    expect(desk.cycle.protection.state).toBe('protected');
    desk.operator({ kind: 'CancelEntries', scope: 'ES', reason: 'news' });
    expect(desk.sent).toMatchObject([
      { type: 'CancelOrder', ref: desk.ref('entry') },
      { type: 'ModifyOrder', order: { ref: desk.ref('target'), quantity: 1 } },
      { type: 'ModifyOrder', order: { ref: desk.ref('stop'), quantity: 1 } },
    ]);
    desk.later(5_000);
    expect(desk.sent).toEqual([]);
    expect(desk.order('stop')).toMatchObject({ phase: 'Working', spec: { quantity: 1 } });
  });

  it('whose filled part was closed does not go on filling', () => {
    const desk = openDesk().signal({ quantity: 2 });
    desk.when(...desk.broker.fill(desk.ref('entry'), ticks(6890.5), 1));
    desk.when(...desk.broker.fill(desk.ref('target'), ticks(6898), 1));
    expect(desk.state.positions.ES?.quantity).toBe(0);
    desk.later(250);
    expect(desk.sent).toContainEqual({ type: 'CancelOrder', ref: desk.ref('entry') });
    desk.later(1_000);
    expect(desk.broker.working()).toEqual([]);
    expect(desk.cycle).toMatchObject({ phase: 'closed', outcome: 'target' });
  });
});

describe('a position that stays bare because nothing about it is certain', () => {
  it('is told of after five seconds, once (L1; seed 320306438)', () => {
    const desk = quietDesk(2);
    const ended = { filled: 1, remaining: 1 };
    desk.when(status(desk.ref('stop'), 'Cancelled', ended), status(desk.ref('target'), 'Cancelled'));
    const told = () =>
      desk.commands.filter((one) => one.type === 'SendAlert' && one.text.startsWith('WITHOUT A STOP'));
    expect(desk.later(4_750)).toMatchObject({ sent: [], cycle: { protection: { state: 'unprotected' } } });
    expect(told()).toEqual([]);
    desk.later(250);
    expect(told()).toEqual([
      {
        type: 'SendAlert',
        severity: 'critical',
        text: 'WITHOUT A STOP for 5 s: 2 of 2 ES. No working stop covers it. The engine goes on trying; look in TWS.',
      },
    ]);
    desk.later(2_000);
    expect(told()).toEqual([]);
  });
});

describe('an execution that is heard of before its parent’s', () => {
  it('is a phantom position: never protected, the broker is asked (rule 6)', () => {
    const desk = openDesk().signal({ quantity: 2 });
    desk.broker.losesReports = true;
    const child = { orderRef: desk.ref('stop'), side: 'SELL', priceTicks: ticks(6885.5) } as const;
    desk.when(
      executed({ execId: 'p1', orderRef: desk.ref('entry'), quantity: 1 }),
      executed({ execId: 'c1', ...child, quantity: 2 }),
    );
    expect(desk.state.positions.ES?.quantity).toBe(-1);
    expect(desk.sent).toEqual([]);
    expect(desk.commands).toMatchObject([{ type: 'RequestReport' }]);
    expect(desk.later(1_500).sent).toEqual([]);
    desk.when(executed({ execId: 'p2', orderRef: desk.ref('entry'), quantity: 1 }), quote('ES', 6885.5));
    expect(desk.state.positions.ES?.quantity).toBe(0);
    expect(desk.later(2_000).of('CycleClosed')).toMatchObject([{ outcome: 'stop' }]);
  });

  it('is adopted, stopped and reported when the broker confirms it: two closers filled (F04, F23)', () => {
    const desk = holdingDesk();
    const [target] = [desk.ref('target')];
    // type 1 failed to hold: target and stop both fill
    desk.broker.fill(desk.ref('stop'), ticks(6885.5));
    const both = executed({ execId: 'second', orderRef: target, side: 'SELL', priceTicks: ticks(6885.5) });
    desk.broker.ledger.executions.push(both.execution);
    const [first] = desk.broker
      .report(0)
      .executions.filter((execution) => execution.orderRef === desk.ref('stop'));
    if (first) desk.when({ type: 'ExecutionReported', execution: first }, both);
    expect(desk.broker.position('ES')).toBe(-1);
    expect(desk.state.positions.ES?.quantity).toBe(-1);
    const adopted = desk.openCycles().find((cycle) => cycle.origin === 'adopted');
    expect(adopted).toMatchObject({ side: 'SELL', quantity: 1, protection: { state: 'emergency' } });
    expect(desk.sent).toMatchObject([
      { type: 'PlaceOrder', order: { role: 'emergency', side: 'BUY', quantity: 1 } },
    ]);
    expect(desk.state.modes['*']?.mode).toBe('Reducing');
    expect(desk.commands).toContainEqual(
      expect.objectContaining({ type: 'SendAlert', severity: 'critical' }),
    );
  });
});

describe('a cancel that the broker answers with an error of an order that protects', () => {
  it('leaves the order where it was', () => {
    const desk = quietDesk();
    desk.when(failed(desk.ref('stop'), 399, 'Your order will not be placed until tomorrow.'));
    expect(desk.order('stop').phase).toBe('Working');
    expect(desk.cycle.protection.state).toBe('protected');
  });
});

describe('a position whose protection stays as it is', () => {
  const dropped = (desk: Desk) => [
    ...desk.broker.drop(desk.ref('target')),
    ...desk.broker.drop(desk.ref('stop')),
  ];
  const states: [string, () => Desk][] = [
    ['protected', () => holdingDesk()],
    [
      'emergency',
      () => {
        const desk = holdingDesk();
        return desk.when(...dropped(desk));
      },
    ],
    [
      'overprotected',
      () => {
        const desk = quietDesk(2);
        return desk.when(executed({ execId: 'manual', side: 'SELL' }));
      },
    ],
    [
      'unprotected',
      () => {
        const desk = quietDesk(2);
        const ended = { filled: 1, remaining: 1 };
        return desk
          .when(status(desk.ref('stop'), 'Cancelled', ended), status(desk.ref('target'), 'Cancelled'))
          .later(1_250);
      },
    ],
  ];

  it.each(states)('%s writes nothing into the journal', (state, made) => {
    const desk = made();
    expect(desk.cycle.protection.state).toBe(state);
    const { length } = desk.journal;
    desk.later(500);
    expect(desk.journal).toHaveLength(length);
  });
});

describe('a stop that is refused', () => {
  it('while the entry is cut short leaves no hope: the emergency stop does not wait for the target', () => {
    const desk = openDesk().signal({ quantity: 3 });
    desk.when(...desk.broker.fill(desk.ref('entry'), ticks(6890.5), 1));
    desk.when(...desk.broker.drop(desk.ref('entry')));
    desk.when(status(desk.ref('stop'), 'Inactive'));
    expect(desk.sent).toMatchObject([{ type: 'PlaceOrder', order: { role: 'emergency', quantity: 1 } }]);
  });

  it('is not called held back because its target is', () => {
    const desk = openDesk();
    desk.broker.activation = 'complete';
    desk.broker.mishap = (spec) =>
      spec.role === 'stop' ? { kind: 'refused', code: 201, text: 'Order rejected - reason:margin' } : null;
    desk.signal({ quantity: 2 });
    desk.when(...desk.broker.fill(desk.ref('entry'), ticks(6890.5), 1));
    expect(desk.of('PositionUnprotected')).toMatchObject([
      { quantity: 1, why: 'No working stop covers it.' },
    ]);
  });
});

describe('a market exit that nobody takes', () => {
  it('is asked for once by the engine, and is not repeated at each tick', () => {
    const desk = holdingDesk();
    desk.broker.mishap = ({ role }) => {
      if (role === 'exit') return { kind: 'rests' };
      return role === 'emergency' ? { kind: 'refused', code: 201, text: 'margin' } : null;
    };
    desk.when(...desk.broker.drop(desk.ref('target')), ...desk.broker.drop(desk.ref('stop')));
    expect(desk.cycle.exit).toMatchObject({ reason: 'emergency', step: 'market' });
    desk.later(1_000);
    expect(desk.of('ExitRepeated')).toEqual([]);
    expect(desk.commands.filter(({ type }) => type === 'SendAlert')).toEqual([]);
  });
});
