import { describe, expect, it } from 'vitest';
import { holdingDesk, openDesk } from '../testing/desk';
import { brokerOrder, executed, reported, status } from '../testing/events';
import { orderIdsTaken } from './identity';

describe('R17: the highest order id', () => {
  it('is remembered over a gateway that was set back: new orders begin above it (F24, I7)', () => {
    const desk = holdingDesk();
    expect(desk.state.lastOrderId).toBe(3);
    desk.restart().reconnect();
    desk.when(status(desk.ref('stop'), 'PreSubmitted', { orderId: 2 }));
    expect(desk.state.lastOrderId).toBe(3);
    expect(orderIdsTaken(desk.state, 0)).toBe(3);
  });

  it('is heard from statuses, executions and reports of our own orders, never from manual ones', () => {
    const desk = openDesk().signal();
    desk.when(executed({ execId: 'manual', orderRef: '', orderId: 8_000 }));
    desk.when(status('c-zz-1:entry', 'Submitted', { orderId: 40 }));
    desk.when(
      reported(1, { openOrders: [brokerOrder('', { orderId: -7 }), brokerOrder('', { orderId: 9_000 })] }),
    );
    expect(desk.state.lastOrderId).toBe(40);
    desk.when(reported(1, { openOrders: [brokerOrder('c-zz-2:stop', { orderId: 41 })] }));
    expect(desk.state.lastOrderId).toBe(41);
  });

  it('leaves room for orders that were sent and never answered', () => {
    const desk = openDesk();
    desk.wired = false;
    desk.signal();
    expect(orderIdsTaken(desk.state, 0)).toBe(desk.state.lastOrderId + 3);
  });

  it('is above that of any earlier start, also when journal and gateway have both forgotten it (seed 780047263)', () => {
    const { state } = openDesk();
    const startedMs = Date.UTC(2026, 10, 25, 14);
    const taken = orderIdsTaken(state, startedMs);
    expect(orderIdsTaken(state, startedMs + 60_000)).toBe(taken + 240);
    expect(orderIdsTaken(state, Date.UTC(2041, 11, 31))).toBeLessThan(2 ** 31);
    expect(orderIdsTaken({ ...state, lastOrderId: 2_000_000_000 }, startedMs)).toBe(2_000_000_000);
  });
});

describe('R16: two orders of one reference at the broker', () => {
  it('are an incident, said once: what is said of the second never moves the first', () => {
    const desk = holdingDesk();
    const stop = desk.order('stop');
    desk.when(status(stop.spec.ref, 'Cancelled', { permId: 777 }));
    expect(desk.order('stop')).toEqual(stop);
    expect(desk.state.incidents).toMatchObject([
      {
        kind: 'TWO_PERM_IDS',
        ref: stop.spec.ref,
        detail: expect.stringContaining(`${stop.permId} and 777`),
      },
    ]);
    expect(desk.commands).toMatchObject([
      { type: 'RequestReport' },
      { type: 'SendAlert', severity: 'critical', text: expect.stringContaining('Cancel the one') },
      {
        type: 'SendAlert',
        severity: 'critical',
        text: expect.stringMatching(/^ENTRIES HALTED. Two permIds/),
      },
    ]);
    expect(desk.when(status(stop.spec.ref, 'Cancelled', { permId: 777 })).facts).toEqual([]);
    expect(desk.state.incidents).toHaveLength(1);
  });

  it('that both fill are both in the position: it is protected for all of it', () => {
    const desk = holdingDesk();
    const entry = desk.ref('entry');
    desk.broker.tradeByHand('ES', 1);
    desk.when(executed({ execId: 'second', orderRef: entry, permId: 777 }));
    expect(desk.state.positions.ES?.quantity).toBe(2);
    expect(desk.order('entry').filledQuantity).toBe(1);
    expect(desk.cycle.entryQuantity).toBe(2);
    expect(desk.state.incidents).toHaveLength(1);
  });
});
