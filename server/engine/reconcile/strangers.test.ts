import { describe, expect, it } from 'vitest';
import { type Desk, holdingDesk, openDesk } from '../testing/desk';
import { brokerOrder, executed, status } from '../testing/events';
import { ticks } from '../testing/instruments';

const criticals = (desk: Desk) =>
  desk.commands.flatMap((command) =>
    command.type === 'SendAlert' && command.severity === 'critical' ? [command.text] : [],
  );

/** What a person is told while prices keep coming. */
const toldIn = (desk: Desk, seconds: number) =>
  Array.from({ length: seconds / 5 }, () => criticals(desk.market('ES', 6890.5).later(5_000))).flat();

describe('R12: an order of another program or by hand', () => {
  it('is shown with its terms and left alone', () => {
    const desk = openDesk();
    desk.broker.foreign = [
      brokerOrder('', { permId: 77, clientId: 0, orderId: -3, limitTicks: ticks(6880) }),
    ];
    desk.cutWire().reconnect();
    expect(desk.state.reconciliation.foreignOrders).toEqual([
      {
        permId: 77,
        clientId: 0,
        orderRef: '',
        symbol: 'ES',
        side: 'BUY',
        quantity: 1,
        type: 'LMT',
        status: 'Submitted',
        limitTicks: ticks(6880),
        triggerTicks: null,
        closes: false,
      },
    ]);
    expect(desk.sent).toEqual([]);
    expect(criticals(desk)).toEqual([]);
  });

  it('that would close a position of ours is a second closer: said once, and its fill is taken as it comes', () => {
    const desk = holdingDesk();
    desk.broker.foreign = [brokerOrder('', { permId: 77, clientId: 0, side: 'SELL' })];
    expect(toldIn(desk, 25)).toEqual([
      expect.stringContaining('A SECOND CLOSER works beside our stop: SELL 1 ES'),
    ]);
    expect(toldIn(desk, 60)).toEqual([]);
    expect(desk.sent).toEqual([]);
    desk.broker.foreign = [];
    desk.broker.tradeByHand('ES', -1);
    desk.when(executed({ execId: 'manual', side: 'SELL', priceTicks: ticks(6893) })).later(3_000);
    expect(desk.broker.working()).toEqual([]);
    expect(desk.cycle).toMatchObject({ phase: 'closed', outcome: 'closed elsewhere' });
  });
});

describe('R13: an order of ours under another client id', () => {
  it('protects what it protects: it is not doubled, and that it cannot be touched is said once', () => {
    const desk = holdingDesk().cutWire().reconnect(8);
    expect(desk.sent).toEqual([]);
    expect(desk.cycle.protection.state).toBe('protected');
    expect(criticals(desk)).toEqual([
      expect.stringContaining('works under client id 7, this worker is 8'),
      expect.stringContaining('INTERLOCK_CLIENT_ID=7'),
    ]);
    expect(criticals(desk.cutWire().reconnect(8))).toEqual([]);
  });

  it('is neither cancelled nor changed, not even by a person: no storm of 10147', () => {
    const desk = openDesk().signal().cutWire().reconnect(8);
    desk.operator({ kind: 'CancelEntries', scope: '*', reason: 'news' }).later(30_000);
    expect(desk.sent).toEqual([]);
    expect(desk.order('entry')).toMatchObject({ phase: 'Working', outOfReach: true });
  });

  it('leaves a bare position to an order of our own', () => {
    const desk = holdingDesk().cutWire();
    desk.broker.drop(desk.ref('stop'));
    desk.reconnect(8).later(1_500);
    expect(desk.sent).toMatchObject([{ type: 'PlaceOrder', order: { role: 'emergency', quantity: 1 } }]);
  });

  it('that closes and cannot be replaced is waited for without a word at each tick (seed 21282)', () => {
    const desk = holdingDesk();
    desk.broker.mishap = ({ role }) => (role === 'exit' ? { kind: 'rests' } : null);
    desk.signal({ signalId: 's-out', action: 'EXIT' });
    desk.cutWire().reconnect(8);
    desk.operator({ kind: 'ExitPosition', cycleId: desk.cycle.cycleId, reason: 'out' });
    desk.later(5_000);
    expect(desk.order('exit')).toMatchObject({ phase: 'Working', outOfReach: true });
    const before = desk.journal.length;
    desk.later(10_000);
    const stepped = desk.journal.slice(before).map(({ event }) => event.type);
    expect(stepped).toEqual(['ClockTicked', 'BrokerReported', 'ClockTicked', 'BrokerReported']);
  });

  it('that has filled unheard makes the broker refuse the exit: it is asked at once, and no other exit is tried before (seed 800820)', () => {
    const desk = holdingDesk().cutWire().reconnect(8).later(1_000);
    desk.broker.fill(desk.ref('target'), ticks(6898));
    desk.operator({ kind: 'ExitPosition', cycleId: desk.cycle.cycleId, reason: 'out' });
    expect(desk.sent).toMatchObject([{ type: 'PlaceOrder', order: { role: 'exit' } }]);
    expect(desk.order('exit')).toMatchObject({ phase: 'Rejected', errorCode: 201 });
    expect(desk.cycle).toMatchObject({ phase: 'closed', outcome: 'target' });
  });

  it('and is in a group that has filled keeps no position from its stop (L1; seeds 51049, 200003794)', () => {
    const desk = holdingDesk({ quantity: 2 }).cutWire().reconnect(8).later(1_000);
    desk.broker.fill(desk.ref('target'), ticks(6898), 1);
    desk.later(6_500);
    expect(desk.order('target')).toMatchObject({ phase: 'Working', outOfReach: true, filledQuantity: 1 });
    expect(desk.cycle.protection).toMatchObject({ state: 'emergency' });
    expect(desk.order('emergency').spec).toMatchObject({ quantity: 1, ocaGroup: `${desk.cycle.ocaGroup}-2` });
  });

  it('and is an emergency stop too small for what filled while away gets one of our own beside it, in its group (L1; seed 1488671417)', () => {
    const desk = openDesk().signal({ quantity: 3 });
    desk.when(...desk.broker.fill(desk.ref('entry'), ticks(6890.5), 2));
    desk.when(...desk.broker.drop(desk.ref('stop'))).later(3_000);
    expect(desk.order('emergency').spec.quantity).toBe(2);
    desk.cutWire();
    desk.broker.fill(desk.ref('entry'), ticks(6890.5), 1);
    desk.reconnect(8).later(2_500);
    expect(desk.order('emergency')).toMatchObject({ phase: 'Working', outOfReach: true });
    expect(desk.sent).toMatchObject([
      { order: { role: 'emergency', quantity: 3, ocaGroup: desk.order('emergency').spec.ocaGroup } },
    ]);
    expect(desk.later(10_000).cycle).toMatchObject({ exit: null, protection: { state: 'emergency' } });
  });

  it('that its group took away without a word to us is asked about, not counted on (L1; seed 800256)', () => {
    const desk = holdingDesk({ quantity: 2 }).cutWire().reconnect(8).later(1_000);
    const heard = desk.broker.fill(desk.ref('target'), ticks(6898), 1);
    desk.when(...heard.filter(({ type }) => type === 'ExecutionReported'));
    expect(desk.order('stop').phase).toBe('Working');
    desk.later(4_500);
    expect(desk.order('stop').phase).toBe('Cancelled');
  });

  it('that is being cancelled is asked about: its end is not told to us (L4; seed 792003697)', () => {
    const desk = holdingDesk().cutWire().reconnect(8);
    const stop = desk.broker.orders.get(desk.ref('stop'));
    if (!stop) throw new Error('There is no stop.');
    stop.status = 'PendingCancel';
    desk.when(status(stop.spec.ref, 'PendingCancel'));
    expect(desk.order('stop')).toMatchObject({ phase: 'Cancelling', outOfReach: true });
    expect(desk.later(2_000).commands.map(({ type }) => type)).toContain('RequestReport');
  });

  it('is within reach again under the old client id', () => {
    const desk = openDesk().signal().cutWire().reconnect(8).cutWire().reconnect(7);
    expect(desk.order('entry').outOfReach).toBe(false);
    desk.operator({ kind: 'CancelEntries', scope: '*', reason: 'news' });
    expect(desk.broker.working()).toEqual([]);
  });
});

describe('R15: a trade in another program of which this client hears nothing', () => {
  it('is found within thirty seconds, adopted and protected (L3)', () => {
    const desk = openDesk();
    desk.broker.tradeByHand('MES', 2);
    desk.later(25_000);
    expect(desk.cycle).toMatchObject({
      symbol: 'MES',
      origin: 'adopted',
      protection: { state: 'emergency' },
    });
  });

  it('that closed our position takes its bracket away (R10)', () => {
    const desk = holdingDesk();
    desk.broker.tradeByHand('ES', -1);
    desk.later(26_000);
    expect(desk.broker.working()).toEqual([]);
    expect(desk.state.positions.ES?.quantity).toBe(0);
  });
});

describe('R5: an order that ended', () => {
  it('and that a newer report lists as working is cancelled, not believed', () => {
    const desk = holdingDesk();
    desk.when(...desk.broker.fill(desk.ref('target'), ticks(6898)));
    expect(desk.order('stop').phase).toBe('Cancelled');
    const ghost = desk.broker.orders.get(desk.ref('stop'));
    if (ghost) ghost.status = 'PreSubmitted';
    desk.later(25_000);
    expect(desk.sent).toEqual([{ type: 'CancelOrder', ref: desk.ref('stop') }]);
    expect(desk.order('stop').phase).toBe('Cancelled');
    expect(desk.broker.working()).toEqual([]);
  });
});

describe('R6: an order that a report does not list', () => {
  it('once is in doubt and asked about at once; the next report has it again', () => {
    const desk = holdingDesk();
    const stop = desk.broker.orders.get(desk.ref('stop'));
    desk.broker.orders.delete(desk.ref('stop'));
    desk.wired = false;
    desk.later(25_000);
    const { requestId } = desk.state.reconciliation;
    desk.when({ type: 'BrokerReported', report: desk.broker.report(requestId) });
    expect(desk.order('stop').phase).toBe('Unknown');
    expect(desk.commands).toMatchObject([{ type: 'RequestReport', requestId: requestId + 1 }]);
    if (stop) desk.broker.orders.set(desk.ref('stop'), stop);
    desk.when({ type: 'BrokerReported', report: desk.broker.report(requestId + 1) });
    expect(desk.order('stop').phase).toBe('Working');
    expect(desk.cycle.protection.state).toBe('protected');
    expect(desk.sent).toEqual([]);
  });
});

describe('R14: a child’s execution before its parent’s', () => {
  it('is asked about at once, and the phantom is never protected', () => {
    const desk = openDesk();
    desk.signal();
    desk.wired = false;
    desk.when(
      executed({ execId: 'child', orderRef: desk.ref('stop'), side: 'SELL', priceTicks: ticks(6885.5) }),
    );
    expect(desk.commands).toMatchObject([{ type: 'RequestReport' }]);
    expect(desk.later(5_000).sent).toEqual([]);
    desk.when(executed({ execId: 'parent', orderRef: desk.ref('entry') }));
    expect(desk.state.positions.ES?.quantity).toBe(0);
    expect(desk.later(1_000).sent.filter(({ type }) => type === 'PlaceOrder')).toEqual([]);
  });
});
