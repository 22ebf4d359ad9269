import { describe, expect, it } from 'vitest';
import { closing, placeOrder } from '../model/placing';
import { type Desk, holdingDesk, openDesk } from '../testing/desk';
import { commanded, executed, failed, status } from '../testing/events';
import { ticks } from '../testing/instruments';

function exitSignal(desk: Desk, signalId: string): Desk {
  const none = { entryPrice: null, stopPrice: null, targetPrice: null };
  return desk.signal({ signalId, action: 'EXIT', quantity: 99, orderType: 'MKT', ...none });
}

describe('an exit order', () => {
  it.each([
    ['BUY', 'SELL', 6885.5, 6898],
    ['SELL', 'BUY', 6895.5, 6883],
  ] as const)(
    'of a %s cycle has side and size of the position, joins its group and carries its cycle id',
    (side, closes, stopPrice, targetPrice) => {
      const desk = holdingDesk({ action: side, quantity: 3, stopPrice, targetPrice });
      exitSignal(desk, 'x-1');
      const { cycleId } = desk.cycle;
      expect(desk.sent).toEqual([
        {
          type: 'PlaceOrder',
          order: {
            ref: `${cycleId}:exit`,
            cycleId,
            role: 'exit',
            symbol: 'ES',
            side: closes,
            quantity: 3,
            type: 'LMT',
            limitTicks: side === 'BUY' ? ticks(6890.25) : ticks(6890.5),
            triggerTicks: null,
            tif: 'DAY',
            ocaGroup: desk.order('stop').spec.ocaGroup,
            parentRef: null,
            reduceOnly: true,
          },
        },
      ]);
      expect(desk.broker.position('ES')).toBe(0);
      expect(desk.broker.working()).toEqual([]);
    },
  );

  it('waits for the cancel of an entry that would close the same position (I1; seed 310035235)', () => {
    const desk = openDesk().signal({ action: 'SELL', stopPrice: 6895.5, targetPrice: 6883 });
    desk.broker.losesCancels = true;
    desk.broker.tradeByHand('ES', 1);
    desk.when(executed({ execId: 'elsewhere' }));
    const { cycleId } = desk.cycle;
    desk.operator({ kind: 'ExitPosition', cycleId, reason: 'out' });
    const placed = () => desk.sent.filter(({ type }) => type === 'PlaceOrder');
    expect(desk.state.cycles[cycleId]).toMatchObject({ origin: 'adopted', exit: { reason: 'operator' } });
    expect(placed()).toEqual([]);
    expect(placed.call(desk.later(2_250))).toMatchObject([
      { order: { role: 'emergency', quantity: 1 } },
      { order: { role: 'exit', quantity: 1 } },
    ]);
  });

  it('waits for executions that another cycle of its instrument was promised (I1; seed 310201686)', () => {
    const desk = openDesk().signal({ action: 'SELL', stopPrice: 6895.5, targetPrice: 6883 });
    desk.broker.losesReports = true;
    const entry = desk.ref('entry');
    desk.when(executed({ execId: 'elsewhere' }), status(entry, 'Filled', { filled: 1, remaining: 0 }));
    desk.operator({ kind: 'ExitPosition', cycleId: desk.cycle.cycleId, reason: 'out' });
    expect(desk.later(2_500).sent.filter(({ type }) => type === 'PlaceOrder')).toEqual([]);
    desk.when(executed({ execId: 'ours', orderRef: entry, side: 'SELL' }));
    expect(desk.sent.filter(({ type }) => type === 'PlaceOrder')).toEqual([]);
    expect(desk.state.positions.ES?.quantity).toBe(0);
  });

  it('is not copied while it rests: wanted every 5 s for 8 minutes, there is never more than one, and it never grows (F02)', () => {
    const desk = holdingDesk({ quantity: 2 });
    desk.broker.mishap = (spec) => (spec.role === 'exit' ? { kind: 'rests' } : null);
    for (let n = 0; n < 94; n += 1) {
      exitSignal(desk, `x-${n}`);
      if (n > 0) expect(desk.sent).toEqual([]);
      for (let ticked = 0; ticked < 20; ticked += 1) {
        desk.market('ES', 6890.5).later(250);
        const exits = desk.broker.working().filter((ref) => ref.includes(':exit'));
        expect(exits.length).toBeLessThanOrEqual(1);
        for (const ref of exits) expect(desk.broker.orders.get(ref)?.spec.quantity).toBe(2);
      }
    }
    desk.broker.mishap = () => null;
    desk.later(30_000);
    expect(desk.broker.position('ES')).toBe(0);
    expect(desk.cycle).toMatchObject({ phase: 'closed', outcome: 'exit signal' });
  });

  it('that the API cancels is the next attempt, 23 times, neither suppressed nor copied: six a minute, and a person is called (F06)', () => {
    const desk = holdingDesk();
    let refusals = 0;
    desk.broker.mishap = (spec) => {
      if (spec.role !== 'exit' || refusals >= 23) return null;
      refusals += 1;
      return { kind: 'api-cancelled' };
    };
    exitSignal(desk, 'x-1');
    const attempts = () =>
      desk.broker.received.flatMap((command) =>
        command.type === 'PlaceOrder' ? [`${command.order.ref} ${command.order.type}`] : [],
      );
    const { cycleId } = desk.cycle;
    const alerts: string[] = [];
    for (let minute = 1; minute <= 5; minute += 1) {
      desk.later(60_000);
      alerts.push(
        ...desk.commands.flatMap((command) =>
          command.type === 'SendAlert' && command.text.startsWith('NOT CLOSED') ? [command.text] : [],
        ),
      );
    }
    expect(attempts().slice(0, 3)).toEqual([
      `${cycleId}:exit LMT`,
      `${cycleId}:exit-2 MKT`,
      `${cycleId}:exit-3 MKT`,
    ]);
    const sentAt = Object.values(desk.state.orders)
      .filter((order) => order.spec.role === 'exit')
      .map((order) => order.sentHostMs);
    for (const at of sentAt) {
      expect(sentAt.filter((other) => other > at - 60_000 && other <= at).length).toBeLessThanOrEqual(6);
    }
    expect(attempts()).toHaveLength(24);
    expect(new Set(attempts()).size).toBe(24);
    expect(alerts[0]).toBe(
      `NOT CLOSED after 5 attempts: 1 ES of ${cycleId}. It is tried again, slowly; look at the broker.`,
    );
    expect(alerts).toHaveLength(4);
    expect(desk.broker.position('ES')).toBe(0);
    expect(desk.cycle.outcome).toBe('exit signal');
  });

  it('that is refused waits a second before the next attempt, which says what is still open', () => {
    const desk = holdingDesk({ quantity: 2 });
    let refused = false;
    desk.broker.mishap = (spec) => {
      if (spec.role !== 'exit' || refused) return null;
      refused = true;
      return { kind: 'refused', code: 201, text: 'Order rejected - reason:margin' };
    };
    exitSignal(desk, 'x-1');
    expect(desk.order('exit')).toMatchObject({ phase: 'Rejected', text: 'Order rejected - reason:margin' });
    expect(desk.later(750).sent).toEqual([]);
    desk.later(250);
    const ended = 'Attempt 2: 2 still open. The last one: rejected, Order rejected - reason:margin.';
    expect(desk.of('OrderJournaled')).toMatchObject([{ why: `${ended} At the market now.` }]);
    expect(desk.of('ExitStepped')).toMatchObject([
      { step: 'market', limitTicks: null, why: 'At the market now.' },
    ]);
    expect(desk.broker.position('ES')).toBe(0);
  });

  it('is for what is left after a partial fill, never for the first size again', () => {
    const desk = holdingDesk({ quantity: 3 });
    desk.broker.mishap = (spec) => (spec.ref.endsWith(':exit') ? { kind: 'rests' } : null);
    exitSignal(desk, 'x-1');
    desk.when(...desk.broker.fill(desk.ref('exit'), ticks(6890), 1));
    desk.when(...desk.broker.drop(desk.ref('exit'))).later(1_000);
    expect(desk.order('exit', 2).spec).toMatchObject({ side: 'SELL', quantity: 2 });
    expect(desk.broker.position('ES')).toBe(0);
  });

  it('does not join a group that has filled: what still lives in it is cancelled first, and it opens a new group', () => {
    const desk = holdingDesk({ quantity: 2 });
    desk.when(...desk.broker.fill(desk.ref('target'), ticks(6898), 1));
    expect(desk.broker.working()).toEqual([desk.ref('target')]);
    exitSignal(desk, 'x-1');
    expect(desk.sent).toMatchObject([
      { type: 'CancelOrder', ref: desk.ref('target') },
      { type: 'PlaceOrder', order: { role: 'exit', quantity: 1 } },
    ]);
    expect(desk.order('exit').spec.ocaGroup).not.toBe(desk.order('target').spec.ocaGroup);
    expect(desk.broker.position('ES')).toBe(0);
  });

  it('waits as long as it is in doubt whether a leg of a spent group has filled (I1)', () => {
    const desk = holdingDesk({ quantity: 2 });
    desk.when(...desk.broker.fill(desk.ref('target'), ticks(6898), 1));
    desk.broker.losesReports = true;
    const late = desk.broker.fill(desk.ref('target'), ticks(6898), 1);
    exitSignal(desk, 'x-1');
    expect(desk.sent).toEqual([{ type: 'CancelOrder', ref: desk.ref('target') }]);
    expect(desk.order('target').phase).toBe('Unknown');
    desk.later(10_000);
    expect(
      desk.sent.filter((command) => command.type === 'PlaceOrder' && command.order.role === 'exit'),
    ).toEqual([]);
    desk.when(...late).later(1_000);
    expect(desk.broker.position('ES')).toBe(0);
    expect(desk.broker.working()).toEqual([]);
    expect(desk.cycle).toMatchObject({ phase: 'closed', outcome: 'target' });
  });

  it('waits for the executions that a status has promised: nothing is decided from a position that settles', () => {
    const desk = holdingDesk();
    const target = desk.ref('target');
    desk.when(status(target, 'Filled', { filled: 1, remaining: 0 }));
    exitSignal(desk, 'x-1');
    expect(desk.sent).toEqual([]);
    desk.when(...desk.broker.fill(target, ticks(6898)));
    expect(desk.sent).toEqual([]);
    expect(desk.cycle).toMatchObject({ phase: 'closed', outcome: 'target' });
  });

  it('cancels what is left of the entry first, and sends the size that did fill', () => {
    const desk = openDesk().signal({ quantity: 3 });
    desk.when(...desk.broker.fill(desk.ref('entry'), ticks(6890.5), 2));
    exitSignal(desk, 'x-1');
    expect(desk.sent).toMatchObject([
      { type: 'CancelOrder', ref: desk.ref('entry') },
      { type: 'ModifyOrder', order: { role: 'target', quantity: 2 } },
      { type: 'ModifyOrder', order: { role: 'stop', quantity: 2 } },
      { type: 'PlaceOrder', order: { role: 'exit', side: 'SELL', quantity: 2 } },
    ]);
    expect(desk.broker.position('ES')).toBe(0);
    expect(desk.broker.working()).toEqual([]);
  });

  it('does not wait for an entry for ever whose cancel nobody confirms', () => {
    const desk = openDesk().signal({ quantity: 2 });
    desk.when(...desk.broker.fill(desk.ref('entry'), ticks(6890.5), 1));
    desk.broker.losesCancels = true;
    desk.broker.losesReports = true;
    exitSignal(desk, 'x-1');
    expect(desk.sent).toEqual([{ type: 'CancelOrder', ref: desk.ref('entry') }]);
    desk.later(1_750);
    expect(desk.sent).toMatchObject([
      { type: 'ModifyOrder', order: { role: 'target', quantity: 1 } },
      { type: 'ModifyOrder', order: { role: 'stop', quantity: 1 } },
    ]);
    expect(desk.later(250).sent).toMatchObject([
      { type: 'PlaceOrder', order: { role: 'exit', quantity: 1 } },
    ]);
  });

  it('is not sent to a closed venue, and goes out when it opens (F12)', () => {
    const desk = holdingDesk();
    desk.ts = Date.UTC(2025, 11, 12, 22, 0, 0);
    desk.operator({ kind: 'ExitPosition', cycleId: desk.cycle.cycleId, reason: 'weekend' });
    expect(desk.sent).toEqual([]);
    desk.ts = Date.UTC(2025, 11, 13, 23, 0, 0);
    expect(desk.later(250).sent).toMatchObject([{ type: 'PlaceOrder', order: { role: 'exit' } }]);
  });

  it('is not sent for a position that the broker disputes (F05)', () => {
    const desk = holdingDesk();
    desk.broker.tradeByHand('ES', -1);
    desk.broker.losesReports = true;
    desk.when(failed(desk.ref('stop'), 10_147));
    const { requestId } = desk.state.reconciliation;
    const report = desk.broker.report(requestId);
    desk.when({ type: 'BrokerReported', report });
    expect(desk.state.reconciliation).toMatchObject({ phase: 'mismatch', disputed: ['ES'] });
    exitSignal(desk, 'x-1');
    expect(desk.sent).toEqual([]);
    expect(desk.broker.position('ES')).toBe(0);
  });
});

describe('an exit that does not fill', () => {
  /** A limit exit that nobody takes. */
  function resting(): Desk {
    const desk = holdingDesk({ quantity: 2 });
    desk.broker.mishap = (spec) => (spec.role === 'exit' && spec.type === 'LMT' ? { kind: 'rests' } : null);
    return exitSignal(desk, 'x-1');
  }

  it('follows the touch twice, a second each, then makes way for the market: four steps, each with its reason', () => {
    const desk = resting();
    expect(desk.sent).toMatchObject([
      { type: 'PlaceOrder', order: { type: 'LMT', limitTicks: ticks(6890.25) } },
    ]);
    expect(desk.of('OrderJournaled')).toMatchObject([{ why: 'EXIT signal x-1.' }]);
    expect(desk.later(750).sent).toEqual([]);
    desk.market('ES', 6889.75).later(250);
    expect(desk.sent).toMatchObject([
      { type: 'ModifyOrder', order: { ref: desk.ref('exit'), type: 'LMT', limitTicks: ticks(6889.5) } },
    ]);
    expect(desk.of('ExitStepped')).toMatchObject([
      { step: 'limit', limitTicks: ticks(6889.5), why: 'Not filled for 1 s: the limit follows the touch.' },
    ]);
    // the touch has not moved: a tick further all the same
    desk.later(1_000);
    expect(desk.sent).toMatchObject([{ type: 'ModifyOrder', order: { limitTicks: ticks(6889.25) } }]);
    desk.later(1_000);
    expect(desk.of('ExitStepped')).toMatchObject([
      { step: 'market', why: 'The limit did not fill in 3 steps.' },
    ]);
    expect(desk.sent).toMatchObject([
      { type: 'CancelOrder', ref: desk.ref('exit') },
      { type: 'PlaceOrder', order: { type: 'MKT', quantity: 2 } },
    ]);
    expect(desk.of('OrderCancelRequested')).toContainEqual(
      expect.objectContaining({ ref: desk.ref('exit'), why: 'It makes way for a market order.' }),
    );
    expect(desk.broker.position('ES')).toBe(0);
    expect(desk.broker.working()).toEqual([]);
    expect(desk.cycle.outcome).toBe('exit signal');
  });

  it('keeps its bracket’s stop and its group while it bargains', () => {
    const desk = resting().later(500);
    expect(desk.cycle.protection.state).toBe('protected');
    expect(desk.order('exit').spec.ocaGroup).toBe(desk.order('stop').spec.ocaGroup);
  });

  it('goes to the market at once when it fills in part: its group took the stop along', () => {
    const desk = resting();
    desk.when(...desk.broker.fill(desk.ref('exit'), ticks(6890.25), 1));
    expect(desk.order('stop').phase).toBe('Cancelled');
    desk.later(250);
    expect(desk.sent).toMatchObject([
      { type: 'CancelOrder', ref: desk.ref('exit') },
      { type: 'PlaceOrder', order: { type: 'MKT', quantity: 1 } },
    ]);
    expect(desk.of('ExitStepped')).toMatchObject([
      { why: 'The limit filled in part, and its group took the stop along.' },
    ]);
    expect(desk.broker.position('ES')).toBe(0);
  });

  it('of a short follows the ask up, a tick further each time', () => {
    const desk = holdingDesk({ action: 'SELL', stopPrice: 6895.5, targetPrice: 6883 });
    desk.broker.mishap = (spec) => (spec.role === 'exit' && spec.type === 'LMT' ? { kind: 'rests' } : null);
    exitSignal(desk, 'x-1');
    expect(desk.sent).toMatchObject([{ order: { side: 'BUY', limitTicks: ticks(6890.5) } }]);
    desk.market('ES', 6891.5).later(1_000);
    expect(desk.sent).toMatchObject([{ type: 'ModifyOrder', order: { limitTicks: ticks(6891.5) } }]);
    desk.later(1_000);
    expect(desk.sent).toMatchObject([{ type: 'ModifyOrder', order: { limitTicks: ticks(6891.75) } }]);
  });

  it('goes to the market when its quote is lost, and starts there when there is none (F39)', () => {
    const desk = resting();
    desk.later(1_000);
    desk.ts += 6_000;
    desk.later(250);
    expect(desk.of('ExitStepped')).toMatchObject([{ step: 'market', why: 'There is no fresh quote.' }]);
    const blind = holdingDesk();
    blind.ts += 6_000;
    exitSignal(blind, 'x-1');
    expect(blind.sent).toMatchObject([{ type: 'PlaceOrder', order: { type: 'MKT' } }]);
    expect(blind.of('OrderJournaled')).toMatchObject([
      { why: 'EXIT signal x-1. No fresh quote: at the market.' },
    ]);
  });

  it('whose move the broker refuses goes to the market', () => {
    const desk = resting();
    desk.broker.changeMishap = () => 'refused';
    desk.later(1_000);
    expect(desk.of('ExitStepped')).toMatchObject([
      { step: 'limit' },
      { step: 'market', why: 'The broker does not move the limit.' },
    ]);
    expect(desk.broker.position('ES')).toBe(0);
  });

  it('at the market is sent anew after half a minute, when the first is gone', () => {
    const desk = holdingDesk();
    desk.broker.mishap = (spec) => (spec.ref.endsWith(':exit') ? { kind: 'rests' } : null);
    desk.operator({ kind: 'ExitPosition', cycleId: desk.cycle.cycleId, reason: 'out' });
    expect(desk.later(29_750).sent).toEqual([]);
    expect(desk.later(250).sent).toMatchObject([
      { type: 'CancelOrder', ref: desk.ref('exit') },
      { type: 'PlaceOrder', order: { type: 'MKT' } },
    ]);
    expect(desk.of('OrderCancelRequested')[0]?.why).toBe('The market order rests unfilled: it is sent anew.');
    expect(desk.broker.position('ES')).toBe(0);
  });

  it('shrinks with the position: what was closed by hand is not closed again (F01)', () => {
    const desk = resting();
    desk.broker.tradeByHand('ES', -1);
    desk.when(executed({ execId: 'manual', side: 'SELL' }));
    expect(desk.sent).toContainEqual(
      expect.objectContaining({
        type: 'ModifyOrder',
        order: expect.objectContaining({ role: 'exit', quantity: 1 }),
      }),
    );
  });
});

describe('an operator who wants out', () => {
  it('is obeyed in every trading mode', () => {
    const desk = holdingDesk().operator({ kind: 'Halt', scope: '*', reason: 'news' });
    desk.operator({ kind: 'ExitPosition', cycleId: desk.cycle.cycleId, reason: 'enough' });
    expect(desk.broker.position('ES')).toBe(0);
    expect(desk.cycle).toMatchObject({ phase: 'closed', outcome: 'operator exit' });
  });

  it('is refused with EXIT_WOULD_OPEN_POSITION when the cycle holds nothing any more', () => {
    const desk = holdingDesk();
    const { execution } = { execution: desk.broker.fill(desk.ref('target'), ticks(6898)) };
    // the commission has not come: the cycle is still open, and flat
    desk.when(...execution.filter((event) => event.type !== 'CommissionReported'));
    expect(desk.cycle.phase).toBe('open');
    desk.operator({ kind: 'ExitPosition', cycleId: desk.cycle.cycleId, reason: 'out' });
    expect(desk.facts).toMatchObject([{ type: 'CommandRefused', code: 'EXIT_WOULD_OPEN_POSITION' }]);
    expect(desk.sent).toEqual([]);
  });

  it('is refused when the cycle only waits for approval: there is nothing to close', () => {
    const desk = openDesk();
    desk.advisor = 'WAIT';
    desk.signal();
    desk.operator({ kind: 'ExitPosition', cycleId: desk.cycle.cycleId, reason: 'out' });
    expect(desk.facts).toMatchObject([{ type: 'CommandRefused', code: 'EXIT_WOULD_OPEN_POSITION' }]);
    expect(desk.cycle.exit).toBeNull();
  });
});

describe('a second wish to be out', () => {
  const out = (desk: Desk, commandId: string) =>
    desk.operator({ kind: 'ExitPosition', cycleId: desk.cycle.cycleId, reason: 'out' }, commandId);

  it('of a person whose market order rests is noted, and is no step and no order', () => {
    const desk = holdingDesk();
    desk.broker.mishap = (spec) => (spec.role === 'exit' ? { kind: 'rests' } : null);
    const { exit } = out(desk, 'click-1').cycle;
    out(desk.later(1_000), 'click-2');
    expect(desk.of('ExitRepeated')).toMatchObject([{ by: 'ana' }]);
    expect(desk.of('ExitStepped')).toEqual([]);
    expect(desk.sent).toEqual([]);
    expect(desk.cycle.exit).toEqual(exit);
  });

  it('of a person who does not wait for the limit of a signal goes to the market', () => {
    const desk = holdingDesk();
    desk.broker.mishap = (spec) => (spec.type === 'LMT' && spec.role === 'exit' ? { kind: 'rests' } : null);
    exitSignal(desk, 'x-1');
    out(desk, 'click-1');
    expect(desk.of('ExitStepped')).toMatchObject([{ step: 'market' }]);
    expect(desk.broker.position('ES')).toBe(0);
  });
});

describe('executions that another instrument waits for', () => {
  it('hold back no exit of this one', () => {
    const desk = holdingDesk();
    const { cycleId } = desk.cycle;
    desk.market('MES', 6890.5).signal({ signalId: 's-2', strategy: 'other', symbol: 'MES' });
    desk.broker.losesReports = true;
    desk.when(status(desk.ref('entry'), 'Filled', { filled: 1, remaining: 0 }));
    expect(desk.state.orders[desk.ref('entry')]).toMatchObject({ reportedFilled: 1, filledQuantity: 0 });
    desk.operator({ kind: 'ExitPosition', cycleId, reason: 'out' });
    expect(desk.broker.position('ES')).toBe(0);
  });
});

describe('the last gate before an order leaves', () => {
  it.each([
    ['another side', { side: 'BUY' as const }],
    ['more than is held', { quantity: 3 }],
    ['no reduce-only mark', { reduceOnly: false }],
  ])('throws for %s: the worker stops, the stop at the broker stays (I1)', (_, wrong) => {
    const desk = holdingDesk({ quantity: 2 });
    const allowed = closing(desk.cycle);
    if (!allowed) throw new Error('Nothing is held.');
    const order = { ...desk.order('stop').spec, ...allowed, role: 'exit' as const };
    expect(() => placeOrder(desk.state, order, 'test', desk.hostMs)).not.toThrow();
    expect(() => placeOrder(desk.state, { ...order, ...wrong }, 'test', desk.hostMs)).toThrow(
      'would not only reduce the position',
    );
  });

  it('throws for any order of a flat or unknown cycle', () => {
    const desk = holdingDesk();
    const stop = desk.order('stop').spec;
    desk.when(...desk.broker.fill(desk.ref('target'), ticks(6898)));
    expect(closing(desk.cycle)).toBeNull();
    expect(() => placeOrder(desk.state, stop, 'test', desk.hostMs)).toThrow('would not only reduce');
    expect(() => placeOrder({ ...desk.state, cycles: {} }, stop, 'test', desk.hostMs)).toThrow();
  });
});

describe('an exit by flatten after one by signal', () => {
  it('goes to the market: the limit is cancelled, settles, and only then the next order leaves', () => {
    const desk = holdingDesk();
    desk.broker.mishap = (spec) => (spec.type === 'LMT' ? { kind: 'rests' } : null);
    desk.broker.losesCancels = true;
    exitSignal(desk, 'x-1');
    desk.when(commanded({ kind: 'Flatten', scope: '*', reason: 'out' }));
    expect(desk.sent).toEqual([{ type: 'CancelOrder', ref: desk.ref('exit') }]);
    expect(desk.of('ExitStepped')).toMatchObject([{ step: 'market', why: 'Flatten.' }]);
    expect(desk.later(1_000).sent).toEqual([]);
    desk.when(...desk.broker.drop(desk.ref('exit')));
    expect(desk.sent).toMatchObject([{ type: 'PlaceOrder', order: { role: 'exit', type: 'MKT' } }]);
    expect(desk.cycle).toMatchObject({ outcome: 'exit signal', exit: { reason: 'signal' } });
  });

  it('does not add an order to one that is at the market already', () => {
    const desk = holdingDesk();
    desk.broker.mishap = (spec) => (spec.role === 'exit' ? { kind: 'rests' } : null);
    desk.operator({ kind: 'ExitPosition', cycleId: desk.cycle.cycleId, reason: 'out' });
    const { exit } = desk.cycle;
    desk.when(commanded({ kind: 'Flatten', scope: '*', reason: 'out' }));
    expect(desk.sent).toEqual([]);
    expect(desk.of('ExitStepped')).toEqual([]);
    expect(desk.cycle.exit).toEqual(exit);
  });
});

describe('an exit whose end only an error has told', () => {
  it('is followed by no other before a report has said how much of it had filled (seed 320207101)', () => {
    const desk = holdingDesk({ quantity: 2 });
    desk.broker.mishap = (spec) => (spec.role === 'exit' ? { kind: 'rests' } : null);
    desk.operator({ kind: 'ExitPosition', cycleId: desk.cycle.cycleId, reason: 'out' });
    const exit = desk.ref('exit');
    desk.wired = false;
    desk.broker.fill(exit, ticks(6890), 1);
    desk.broker.drop(exit);
    desk.when(failed(exit, 202, 'Order Canceled - reason:'));
    expect(desk.commands).toMatchObject([{ type: 'RequestReport' }]);
    const { requestId } = desk.state.reconciliation;
    desk.wired = true;
    desk.when({ type: 'BrokerReported', report: desk.broker.report(requestId) }).later(3_000);
    expect(desk.order('exit', 2).spec).toMatchObject({ quantity: 1 });
  });
});
