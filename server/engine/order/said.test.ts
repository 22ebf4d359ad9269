import { describe, expect, it } from 'vitest';
import { type Desk, holdingDesk, openDesk } from '../testing/desk';
import { brokerOrder, executed, failed, notSent, reported, status } from '../testing/events';
import { ticks } from '../testing/instruments';

/** An entry that was handed to the wire and not answered yet. */
function pendingDesk(): Desk {
  const desk = openDesk();
  desk.wired = false;
  return desk.signal();
}

const filled = { filled: 1, remaining: 0 };

describe('what the broker says of an order', () => {
  it('acknowledges it once, however often it is repeated (F28)', () => {
    const desk = pendingDesk();
    const ack = status(desk.ref('entry'), 'PreSubmitted', { permId: 9_001 });
    expect(desk.when(ack).of('OrderAcknowledged')).toHaveLength(1);
    expect(desk.when(ack, ack).facts).toEqual([]);
    expect(desk.order('entry')).toMatchObject({
      phase: 'Working',
      permId: 9_001,
      brokerStatus: 'PreSubmitted',
    });
  });

  it('in a terminal state is recorded, not believed (F26)', () => {
    const desk = holdingDesk();
    desk.when(status(desk.ref('entry'), 'Submitted'));
    expect(desk.facts).toMatchObject([
      { type: 'OrderAnomaly', text: 'Submitted after Filled: recorded, not believed.' },
    ]);
    expect(desk.order('entry').phase).toBe('Filled');
  });

  it('may be an execution before any status (F31)', () => {
    const desk = pendingDesk();
    desk.when(executed({ execId: 'e', orderRef: desk.ref('entry') }));
    expect(desk.order('entry')).toMatchObject({ phase: 'Filled', filledQuantity: 1 });
    expect(desk.state.positions.ES?.quantity).toBe(1);
    desk.when(status(desk.ref('entry'), 'PreSubmitted'), status(desk.ref('entry'), 'Filled', filled));
    expect(desk.order('entry').phase).toBe('Filled');
    expect(desk.state.positions.ES?.quantity).toBe(1);
  });

  it('may be a status before its execution: the order settles, and nothing is decided from the position', () => {
    const desk = pendingDesk();
    desk.when(status(desk.ref('entry'), 'Filled', filled));
    expect(desk.order('entry')).toMatchObject({ phase: 'Filled', filledQuantity: 0, reportedFilled: 1 });
    expect(desk.state.positions.ES).toBeUndefined();
    expect(desk.cycle.phase).toBe('entering');
    expect(desk.later(1_000).sent).toEqual([]);
    desk.when(executed({ execId: 'e', orderRef: desk.ref('entry') }));
    expect(desk.cycle.phase).toBe('open');
  });

  it('that promises executions which do not come makes us ask after two seconds', () => {
    const desk = pendingDesk();
    desk.when(status(desk.ref('stop'), 'PreSubmitted'), status(desk.ref('target'), 'PreSubmitted'));
    desk.when(status(desk.ref('entry'), 'Filled', filled));
    expect(desk.later(1_750).commands).toEqual([]);
    expect(desk.later(250).commands).toMatchObject([{ type: 'RequestReport' }]);
    expect(desk.later(1_750).commands).toEqual([]);
    expect(desk.later(250).commands).toMatchObject([{ type: 'RequestReport' }]);
  });

  it('about a cancelled order may be that the fill won the race', () => {
    const desk = openDesk().signal();
    const entry = desk.ref('entry');
    desk.operator({ kind: 'CancelEntries', scope: 'ES', reason: 'news' });
    expect(desk.cycle).toMatchObject({ phase: 'cancelled', outcome: 'entry not filled' });
    desk.wired = false;
    desk.when(status(entry, 'Filled', filled), executed({ execId: 'e', orderRef: entry }));
    expect(desk.order('entry').phase).toBe('Filled');
    expect(desk.cycle).toMatchObject({ phase: 'open', outcome: null, entryQuantity: 1 });
    expect(desk.sent).toMatchObject([{ type: 'PlaceOrder', order: { role: 'emergency' } }]);
  });

  it('that turns the position round is asked about at once (I1; seed 310092592)', () => {
    const desk = openDesk().signal({ action: 'SELL', quantity: 3, stopPrice: 6895.5, targetPrice: 6883 });
    desk.broker.losesCancels = true;
    const entry = desk.ref('entry');
    desk.when(executed({ execId: 'elsewhere' }));
    desk.when(status(entry, 'Filled', { filled: 3, remaining: 0 }));
    expect(desk.commands[0]).toMatchObject({ type: 'RequestReport' });
  });

  it('that holds a child back again is an old one: its parent has released it (I9; seed 310061302)', () => {
    const desk = holdingDesk();
    desk.when(status(desk.ref('stop'), 'PreSubmitted', { whyHeld: 'child,trigger' }));
    expect(desk.order('stop').whyHeld).toBe('trigger');
    expect(desk.cycle.protection.state).toBe('protected');
  });

  it('about an order that is not ours is nothing', () => {
    expect(openDesk().when(status('manual', 'Filled', filled), failed('manual', 201)).facts).toEqual([]);
  });
});

describe('an error of an order', () => {
  it.each([10_147, 10_148, 161])('%i leaves it in doubt, and the broker is asked (F44)', (code) => {
    const desk = holdingDesk();
    desk.wired = false;
    desk.when(failed(desk.ref('target'), code));
    expect(desk.order('target').phase).toBe('Unknown');
    expect(desk.commands).toMatchObject([{ type: 'RequestReport' }]);
    desk.when({ type: 'BrokerReported', report: desk.broker.report(desk.state.reconciliation.requestId) });
    expect(desk.order('target').phase).toBe('Working');
  });

  it.each([10_147, 10_148, 161])('%i after its end changes nothing', (code) => {
    const desk = holdingDesk();
    desk.when(failed(desk.ref('entry'), code));
    expect(desk.order('entry').phase).toBe('Filled');
    expect(desk.commands).toEqual([]);
  });

  it('504 of a change leaves the order in doubt', () => {
    const desk = holdingDesk();
    desk.wired = false;
    desk.when(failed(desk.ref('stop'), 504, 'The change was not sent.'));
    expect(desk.order('stop').phase).toBe('Unknown');
    expect(desk.commands).toMatchObject([{ type: 'RequestReport' }]);
  });

  it('504 of a cancel keeps the wish: it goes out after reconnect and report', () => {
    const desk = openDesk().signal();
    desk.wired = false;
    desk.operator({ kind: 'CancelEntries', scope: '*', reason: 'news' });
    desk.when(failed(desk.ref('entry'), 504, 'The cancel was not sent.'));
    expect(desk.order('entry').phase).toBe('Cancelling');
    desk.cutWire().later(3_000).reconnect();
    expect(desk.sent).toEqual([{ type: 'CancelOrder', ref: desk.ref('entry') }]);
    expect(desk.cycle.phase).toBe('cancelled');
  });

  it.each([105, 201, 104, 135])(
    '%i of a working order is a refused change: the broker’s word on its size counts',
    (code) => {
      const desk = openDesk().signal({ quantity: 3 });
      desk.when(...desk.broker.fill(desk.ref('entry'), ticks(6890.5), 2));
      desk.wired = false;
      desk.when(...desk.broker.drop(desk.ref('entry')));
      expect(desk.order('stop')).toMatchObject({
        spec: { quantity: 3 },
        change: { phase: 'asked', quantity: 2 },
      });
      desk.when(failed(desk.ref('stop'), code));
      expect(desk.order('stop').change).toMatchObject({ phase: 'refused', refusals: 1 });
      expect(desk.commands).toMatchObject([{ type: 'RequestReport' }]);
      desk.when({ type: 'BrokerReported', report: desk.broker.report(desk.state.reconciliation.requestId) });
      expect(desk.sent).toEqual([]);
      desk.later(500);
      expect(desk.sent).toContainEqual(
        expect.objectContaining({
          type: 'ModifyOrder',
          order: expect.objectContaining({ role: 'stop', quantity: 2 }),
        }),
      );
    },
  );

  it('of a change that crossed a fill does not hide that the order still works', () => {
    const desk = holdingDesk({ quantity: 2 });
    const target = desk.ref('target');
    // one contract fills while the change to one contract is on its way: the broker still works the other
    const events = desk.broker.fill(target, ticks(6898), 1);
    desk.broker.tradeByHand('ES', -1);
    desk.when(executed({ execId: 'manual', side: 'SELL' }));
    desk.when(...events);
    expect(desk.order('target').phase).toBe('Working');
    desk.later(1_000);
    expect(desk.broker.working()).toEqual([]);
  });

  it('202 is the end of it, said once', () => {
    const desk = holdingDesk();
    desk.wired = false;
    desk.when(failed(desk.ref('target'), 202, 'Order Canceled - reason:'));
    expect(desk.of('OrderCancelled')).toHaveLength(1);
    expect(desk.order('target')).toMatchObject({ brokerStatus: 'Cancelled', fillsUntold: true });
    expect(desk.when(status(desk.ref('target'), 'Cancelled')).of('OrderCancelled')).toEqual([]);
    // the status says how much of it had filled
    expect(desk.order('target').fillsUntold).toBe(false);
  });

  it.each([
    [201, 'Order rejected - reason:margin'],
    [110, 'The price does not conform to the minimum price variation for this contract.'],
  ])('%i before any answer is a refusal, with the words of IB', (code, text) => {
    const desk = pendingDesk();
    desk.when(failed(desk.ref('entry'), code, text));
    expect(desk.of('OrderRejected')).toMatchObject([{ role: 'entry', code, text }]);
    expect(desk.cycle).toMatchObject({ phase: 'cancelled', outcome: 'entry refused by broker' });
    expect(desk.of('CycleCancelled')).toMatchObject([{ why: text }]);
  });

  it('201 after PendingSubmit is a refusal too: that status was no acceptance', () => {
    const desk = pendingDesk();
    desk.when(status(desk.ref('entry'), 'PendingSubmit'), failed(desk.ref('entry'), 201));
    expect(desk.order('entry').phase).toBe('Rejected');
  });

  it('201 after Inactive adds the reason (F35)', () => {
    const desk = pendingDesk();
    desk.when(status(desk.ref('entry'), 'Inactive'), failed(desk.ref('entry'), 201, 'margin'));
    expect(desk.order('entry')).toMatchObject({ phase: 'Rejected', text: 'margin' });
    expect(desk.of('OrderRejected')).toHaveLength(1);
  });

  it('201 of a working order says that a change was refused: the order lives on', () => {
    const desk = holdingDesk();
    desk.when(failed(desk.ref('stop'), 201, 'change refused'));
    expect(desk.order('stop').phase).toBe('Working');
    expect(desk.of('OrderAnomaly')).toMatchObject([{ text: 'Error 201: change refused' }]);
  });
});

describe('an order that the wire did not take', () => {
  it('is not out there, and will not be sent later', () => {
    const desk = pendingDesk();
    desk.when(notSent(desk.ref('entry')));
    expect(desk.order('entry')).toMatchObject({ phase: 'Absent', brokerStatus: null });
    expect(desk.of('OrderNeverSent')).toMatchObject([
      { role: 'entry', why: 'The gateway is not connected.' },
    ]);
  });

  it('once it was acknowledged can no longer be "not sent"', () => {
    const desk = holdingDesk();
    expect(desk.when(notSent(desk.ref('stop'))).facts).toEqual([]);
    expect(desk.order('stop').phase).toBe('Working');
  });
});

describe('an order that nobody answers (F25)', () => {
  it('is asked about after two seconds, and ends when the broker does not know it', () => {
    const desk = openDesk();
    desk.broker.mishap = () => ({ kind: 'lost' });
    desk.signal();
    expect(desk.order('entry').phase).toBe('Pending');
    desk.later(1_750);
    expect(desk.order('entry').phase).toBe('Pending');
    desk.later(250);
    expect(desk.of('OrderNeverSent')).toHaveLength(3);
    expect(desk.cycle).toMatchObject({ phase: 'cancelled', outcome: 'entry not filled' });
  });

  it('sent after the question is not missing from its answer', () => {
    const desk = holdingDesk();
    desk.wired = false;
    desk.when(failed(desk.ref('target'), 10_147));
    const { requestId } = desk.state.reconciliation;
    const report = desk.broker.report(requestId);
    desk.ts += 10;
    desk.when(...desk.broker.drop(desk.ref('stop')), ...desk.broker.drop(desk.ref('target')));
    expect(desk.order('emergency').phase).toBe('Pending');
    desk.ts += 10;
    // a second question must not make the first answer look newer than it is
    desk.when(failed(desk.ref('emergency'), 10_147));
    expect(desk.state.reconciliation.requestId).toBe(requestId + 1);
    desk.when({ type: 'BrokerReported', report });
    expect(desk.order('emergency').phase).toBe('Unknown');
    expect(desk.of('OrderNeverSent')).toEqual([]);
  });
});

describe('a report', () => {
  it('puts the statuses it knows through the same table', () => {
    const desk = pendingDesk();
    const { requestId } = desk.state.reconciliation;
    desk.when(
      reported(requestId, {
        openOrders: [brokerOrder(desk.ref('entry'), { limitTicks: ticks(6890.5) })],
      }),
    );
    expect(desk.order('entry').phase).toBe('Working');
  });
});

describe('a cancel that is answered with "not found" while no report comes', () => {
  it('is asked for again every two seconds, not in a storm', () => {
    const desk = openDesk().signal();
    desk.broker.losesReports = true;
    desk.broker.orders.clear();
    desk.signal({ signalId: 'x-1', action: 'EXIT' });
    expect(desk.order('entry').phase).toBe('Unknown');
    expect(desk.sent).toHaveLength(1);
    expect(desk.later(1_750).sent).toEqual([]);
    expect(desk.later(6_000).sent.length).toBeLessThanOrEqual(3);
  });
});

describe('a word that says nothing new', () => {
  it('is not written down, whether the order works or has ended', () => {
    const desk = holdingDesk();
    const { length } = desk.journal;
    const { permId } = desk.order('stop');
    const again = { whyHeld: 'trigger', permId: permId ?? 0, orderId: desk.order('stop').orderId ?? 0 };
    expect(desk.when(status(desk.ref('stop'), 'PreSubmitted', again)).facts).toEqual([]);
    expect(desk.journal).toHaveLength(length);
  });

  it('without numbers keeps those that were told before', () => {
    const desk = holdingDesk();
    const { permId, orderId } = desk.order('stop');
    desk.when(status(desk.ref('stop'), 'Submitted', { permId: 0, orderId: 0 }));
    expect(desk.order('stop')).toMatchObject({ brokerStatus: 'Submitted', permId, orderId });
    expect(desk.of('OrderAcknowledged')).toMatchObject([{ role: 'stop', status: 'Submitted' }]);
  });
});

describe('IB’s flapping between Inactive and Cancelled', () => {
  it('after a cancel is noted as what it is, and is no refusal to be counted', () => {
    const desk = openDesk().signal();
    const entry = desk.ref('entry');
    desk.when(...desk.broker.drop(entry));
    desk.when(status(entry, 'Inactive'));
    expect(desk.of('OrderRejected')).toEqual([]);
    expect(desk.of('OrderAnomaly')).toMatchObject([{ ref: entry, text: 'Inactive after Cancelled.' }]);
    expect(desk.order('entry').brokerStatus).toBe('Inactive');
    desk.when(status(entry, 'Cancelled'));
    expect(desk.order('entry')).toMatchObject({ phase: 'Rejected', brokerStatus: 'Inactive' });
  });

  it('without a reason so far says so', () => {
    const desk = pendingDesk();
    desk.when(status(desk.ref('entry'), 'Inactive'));
    expect(desk.of('OrderRejected')).toMatchObject([
      { role: 'entry', code: 0, text: 'Inactive without a reason so far.' },
    ]);
  });

  it('with its reason before it gives the reason', () => {
    const desk = pendingDesk();
    desk.when(status(desk.ref('entry'), 'Cancelled'), failed(desk.ref('entry'), 201, 'margin'));
    expect(desk.of('OrderRejected')).toEqual([]);
  });
});

describe('an order that we concluded is not out there', () => {
  it('and of which the broker speaks after all is worked with again, and that is told', () => {
    const desk = pendingDesk();
    const entry = desk.ref('entry');
    desk.when(notSent(entry));
    expect(desk.order('entry').phase).toBe('Absent');
    desk.when(status(entry, 'Submitted'));
    expect(desk.order('entry').phase).not.toBe('Absent');
    expect(desk.of('OrderAnomaly')).toMatchObject([
      { ref: entry, text: 'Submitted: the broker knows it after all.' },
    ]);
  });
});

describe('an entry that the broker calls filled and whose executions never come', () => {
  it('does not end its cycle while something of the bracket lives', () => {
    const desk = openDesk().signal();
    desk.broker.losesReports = true;
    desk.when(status(desk.ref('entry'), 'Filled', filled)).later(10_000);
    expect(desk.cycle.phase).toBe('entering');
    expect(desk.of('CycleCancelled')).toEqual([]);
  });
});

describe('a limit entry that is late', () => {
  it('is cancelled with the reason, and is not asked twice while the cancel is pending', () => {
    const desk = openDesk().signal();
    desk.broker.losesCancels = true;
    desk.ts += 300_000;
    expect(desk.later(250).sent).toEqual([{ type: 'CancelOrder', ref: desk.ref('entry') }]);
    expect(desk.of('OrderCancelRequested')).toMatchObject([
      { role: 'entry', why: 'Not filled within 300 s.' },
    ]);
    desk.when(status(desk.ref('entry'), 'PendingCancel'));
    expect(desk.later(1_000).sent).toEqual([]);
  });
});
