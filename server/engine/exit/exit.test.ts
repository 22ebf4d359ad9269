import { describe, expect, it } from 'vitest';
import { closing, placeOrder } from '../model/placing';
import { type Desk, holdingDesk, openDesk } from '../testing/desk';
import { commanded, failed, status } from '../testing/events';
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
            type: 'MKT',
            limitTicks: null,
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

  it('is not copied while it rests: wanted every 5 s for 8 minutes, sent once (F02)', () => {
    const desk = holdingDesk({ quantity: 2 });
    desk.broker.mishap = (spec) => (spec.role === 'exit' ? { kind: 'rests' } : null);
    for (let n = 0; n < 94; n += 1) {
      exitSignal(desk, `x-${n}`);
      if (n > 0) expect(desk.sent).toEqual([]);
      desk.later(5_000);
      expect(desk.sent).toEqual([]);
    }
    const exits = desk.broker.received.filter((command) => command.type === 'PlaceOrder');
    expect(exits).toHaveLength(1);
    desk.when(...desk.broker.fill(desk.ref('exit'), ticks(6889)));
    expect(desk.broker.position('ES')).toBe(0);
    expect(desk.cycle).toMatchObject({ phase: 'closed', outcome: 'exit signal' });
  });

  it('that the API cancels is tried again as the next attempt, 23 times, neither suppressed nor copied (F06)', () => {
    const desk = holdingDesk();
    let refusals = 0;
    desk.broker.mishap = (spec) => {
      if (spec.role !== 'exit' || refusals >= 23) return null;
      refusals += 1;
      return { kind: 'api-cancelled' };
    };
    exitSignal(desk, 'x-1').later(40_000);
    const attempts = desk.broker.received.flatMap((command) =>
      command.type === 'PlaceOrder' ? [command.order.ref] : [],
    );
    const { cycleId } = desk.cycle;
    expect(attempts).toHaveLength(24);
    expect(attempts.slice(0, 3)).toEqual([`${cycleId}:exit`, `${cycleId}:exit-2`, `${cycleId}:exit-3`]);
    expect(new Set(attempts).size).toBe(24);
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
    expect(desk.of('OrderJournaled')).toMatchObject([
      { why: expect.stringContaining('Attempt 2: 2 still open.') },
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

  it('does not join a group that has filled: what still lives in it is cancelled first, and the new closers share a new group', () => {
    const desk = holdingDesk({ quantity: 2 });
    desk.when(...desk.broker.fill(desk.ref('target'), ticks(6898), 1));
    expect(desk.broker.working()).toEqual([desk.ref('target')]);
    exitSignal(desk, 'x-1');
    expect(desk.sent).toMatchObject([
      { type: 'CancelOrder', ref: desk.ref('target') },
      { type: 'PlaceOrder', order: { role: 'emergency', quantity: 1 } },
      { type: 'PlaceOrder', order: { role: 'exit', quantity: 1 } },
    ]);
    expect(desk.order('exit').spec.ocaGroup).not.toBe(desk.order('target').spec.ocaGroup);
    expect(desk.order('exit').spec.ocaGroup).toBe(desk.order('emergency').spec.ocaGroup);
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
    expect(desk.later(1_750).sent).toEqual([]);
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
  it('does not add an order', () => {
    const desk = holdingDesk();
    desk.broker.mishap = (spec) => (spec.role === 'exit' ? { kind: 'rests' } : null);
    exitSignal(desk, 'x-1');
    desk.when(commanded({ kind: 'Flatten', scope: '*', reason: 'out' }));
    expect(desk.sent).toEqual([]);
    expect(desk.cycle.exit?.reason).toBe('signal');
  });
});
