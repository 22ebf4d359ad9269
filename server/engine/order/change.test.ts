import { describe, expect, it } from 'vitest';
import type { BrokerOrder } from '../model/broker';
import { changeOrder, resizeOrder } from '../model/placing';
import { type Desk, holdingDesk } from '../testing/desk';
import { failed, status } from '../testing/events';
import { ticks } from '../testing/instruments';

/** Holds 2 ES; its target was asked to become one of 1, and nobody has answered. */
function askedDesk(): Desk {
  const desk = holdingDesk({ quantity: 2 });
  desk.wired = false;
  const asked = resizeOrder(desk.state, desk.order('target'), 1, { why: 'test', hostMs: desk.hostMs });
  desk.state = asked.state;
  expect(asked.commands).toMatchObject([{ type: 'ModifyOrder', order: { quantity: 1 } }]);
  return desk;
}

const held = (desk: Desk) => ({
  spec: desk.order('target').spec.quantity,
  change: desk.order('target').change,
});

describe('a change of an order', () => {
  it('is believed when the broker says that size, not when it was sent', () => {
    const desk = askedDesk();
    expect(held(desk)).toMatchObject({ spec: 2, change: { phase: 'asked', quantity: 1 } });
    desk.when(status(desk.ref('target'), 'Submitted', { remaining: 2 }));
    expect(held(desk)).toMatchObject({ spec: 2, change: { phase: 'asked' } });
    desk.when(status(desk.ref('target'), 'Submitted', { remaining: 1 }));
    // the position is 2: the engine wants its size back
    expect(held(desk)).toMatchObject({ spec: 1, change: { phase: 'asked', quantity: 2 } });
  });

  it('is answered by no status that knows of fewer fills than were executed: it is old (seed 320027446)', () => {
    const desk = holdingDesk({ quantity: 3 });
    desk.when(...desk.broker.fill(desk.ref('target'), ticks(6898), 1));
    desk.when(status(desk.ref('target'), 'Submitted', { filled: 0, remaining: 1 }));
    expect(desk.order('target')).toMatchObject({
      phase: 'Working',
      spec: { quantity: 3 },
      filledQuantity: 1,
    });
  });

  it('that is refused leaves the order as it was, and the broker is asked how that is', () => {
    const desk = askedDesk();
    desk.when(
      failed(desk.ref('target'), 2_102, 'Unable to modify this order as it is still being processed.'),
    );
    expect(held(desk)).toMatchObject({ spec: 2, change: { phase: 'refused', refusals: 1 } });
    expect(desk.commands).toMatchObject([{ type: 'RequestReport' }]);
  });

  it('that nobody answers is asked about after two seconds: the report says that it did not arrive', () => {
    const desk = askedDesk();
    desk.later(1_750);
    expect(desk.commands).toEqual([]);
    desk.later(500);
    expect(desk.commands).toMatchObject([{ type: 'RequestReport' }]);
    const { requestId } = desk.state.reconciliation;
    desk.when({ type: 'BrokerReported', report: desk.broker.report(requestId) });
    expect(held(desk)).toMatchObject({ spec: 2, change: { phase: 'refused', refusals: 1 } });
  });

  it('is not judged by a report that was asked for before it', () => {
    const desk = holdingDesk({ quantity: 2 });
    desk.wired = false;
    desk.when(failed(desk.ref('stop'), 10_147));
    const report = desk.broker.report(desk.state.reconciliation.requestId);
    desk.ts += 10;
    const asked = resizeOrder(desk.state, desk.order('target'), 1, { why: 'test', hostMs: desk.hostMs });
    desk.state = asked.state;
    desk.when({ type: 'BrokerReported', report });
    expect(held(desk)).toMatchObject({ spec: 2, change: { phase: 'asked' } });
  });
});

describe('a change of a price', () => {
  const trigger = ticks(6886);
  const stop = (desk: Desk) => ({
    spec: desk.order('stop').spec.triggerTicks,
    change: desk.order('stop').change,
  });

  function movedDesk(): Desk {
    const desk = holdingDesk();
    desk.wired = false;
    desk.state = changeOrder(desk.state, desk.order('stop'), { triggerTicks: trigger }, desk.hostMs).state;
    return desk;
  }

  it('is answered by no status of the same size: it may be old, or said twice (seeds 20832, 600324)', () => {
    const desk = movedDesk();
    desk.when(status(desk.ref('stop'), 'PreSubmitted', { whyHeld: 'trigger' }));
    const before = { limitTicks: null, triggerTicks: ticks(6885.5) };
    desk.when(status(desk.ref('stop'), 'PreSubmitted', { whyHeld: 'trigger', prices: before }));
    expect(stop(desk)).toMatchObject({ spec: ticks(6885.5), change: { phase: 'asked' } });
    expect(desk.later(2_000).commands).toMatchObject([{ type: 'RequestReport' }]);
  });

  it('is answered by the open order that shows it', () => {
    const desk = movedDesk();
    const prices = { limitTicks: null, triggerTicks: trigger };
    desk.when(status(desk.ref('stop'), 'PreSubmitted', { whyHeld: 'trigger', prices }));
    expect(stop(desk)).toEqual({ spec: trigger, change: null });
  });
});

describe('a report on what works', () => {
  const report = (desk: Desk, terms: Partial<BrokerOrder>) => {
    desk.wired = false;
    desk.when(failed(desk.ref('entry'), 104), failed(desk.ref('target'), 10_147));
    const told = desk.broker.report(desk.state.reconciliation.requestId);
    const openOrders = told.openOrders.map((order) =>
      order.orderRef === desk.ref('target') ? { ...order, ...terms } : order,
    );
    return desk.when({ type: 'BrokerReported', report: { ...told, openOrders } });
  };

  it('confirms a change whose answer was lost', () => {
    const desk = askedDesk();
    desk.ts += 10;
    report(desk, { remaining: 1, quantity: 1 });
    expect(desk.order('target').spec.quantity).toBe(1);
    expect(desk.of('OrderAnomaly').filter(({ text }) => text.startsWith('The broker works'))).toEqual([]);
  });

  it('names the limit that works in another place than we believed', () => {
    const desk = report(holdingDesk(), { limitTicks: ticks(6899) });
    expect(desk.order('target').spec.limitTicks).toBe(ticks(6899));
    expect(desk.of('OrderAnomaly').map(({ text }) => text)).toContain(
      'The broker works 1 limit 27596 ticks, we believed 1 limit 27592 ticks.',
    );
  });

  it('that has nothing left to fill says nothing about a size', () => {
    const desk = report(holdingDesk(), { remaining: 0 });
    expect(desk.order('target').spec.quantity).toBe(1);
  });

  it('on an emergency stop counts for both of its prices', () => {
    const desk = holdingDesk();
    desk.when(...desk.broker.drop(desk.ref('target')), ...desk.broker.drop(desk.ref('stop')));
    desk.wired = false;
    desk.when(failed(desk.ref('emergency'), 10_147));
    const told = desk.broker.report(desk.state.reconciliation.requestId);
    const moved = { triggerTicks: ticks(6887), limitTicks: ticks(6885) };
    const openOrders = told.openOrders.map((order) => ({ ...order, ...moved }));
    desk.when({ type: 'BrokerReported', report: { ...told, openOrders } });
    expect(desk.order('emergency').spec).toMatchObject(moved);
  });
});

describe('the broker’s word on the price of an order', () => {
  it('wins over ours, and is told', () => {
    const desk = holdingDesk();
    desk.wired = false;
    desk.when(failed(desk.ref('target'), 10_147));
    const report = desk.broker.report(desk.state.reconciliation.requestId);
    const moved = report.openOrders.map((order) =>
      order.orderRef === desk.ref('stop') ? { ...order, triggerTicks: ticks(6886) } : order,
    );
    desk.when({ type: 'BrokerReported', report: { ...report, openOrders: moved } });
    expect(desk.order('stop').spec.triggerTicks).toBe(ticks(6886));
    expect(desk.of('OrderAnomaly')).toMatchObject([
      {
        ref: desk.ref('stop'),
        text: 'The broker works 1 trigger 27544 ticks, we believed 1 trigger 27542 ticks.',
      },
    ]);
  });

  it('on the limit of a stop means nothing: IB shows a computed one', () => {
    const desk = holdingDesk();
    desk.wired = false;
    desk.when(failed(desk.ref('target'), 10_147));
    const report = desk.broker.report(desk.state.reconciliation.requestId);
    const shown = report.openOrders.map((order) =>
      order.orderRef === desk.ref('stop') ? { ...order, limitTicks: ticks(6880) } : order,
    );
    desk.when({ type: 'BrokerReported', report: { ...report, openOrders: shown } });
    expect(desk.order('stop').spec.limitTicks).toBeNull();
    expect(desk.of('OrderAnomaly')).toEqual([]);
  });
});

describe('a growing change', () => {
  it('beyond the position throws: the worker stops, the stop at the broker stays (I1)', () => {
    const desk = holdingDesk({ quantity: 2 });
    expect(() =>
      resizeOrder(desk.state, desk.order('stop'), 3, { why: 'test', hostMs: desk.hostMs }),
    ).toThrow('would not only reduce');
  });
});
