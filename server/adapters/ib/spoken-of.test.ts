/** The bound of what the adapter remembers of orders: one day of the broker, however long it trades. */
import { describe, expect, it } from 'vitest';
import { createOrderIds } from './order-ids';
import { spokenOf } from './spoken-of';
import { handClock } from './testing/hand-clock';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const US = 71;

describe('what the broker speaks of', () => {
  it('is a day of it, after ten days as after two', () => {
    const clock = handClock();
    const orders = spokenOf<number, string>(clock);
    const sizes = Array.from({ length: 10 * 24 * 60 }, (_, minute) => {
      clock.pass(MINUTE_MS);
      orders.note(minute, `order ${minute}`);
      return orders.size;
    });
    expect(Math.max(...sizes)).toBe(26 * 60);
    expect(sizes.at(-1)).toBe(26 * 60);
    expect(orders.values()).toHaveLength(26 * 60);
  });

  it('stays as long as it is shown, and until midnight has passed for certain after that', () => {
    const clock = handClock();
    const orders = spokenOf<string, number>(clock);
    for (let shown = 0; shown < 40; shown += 1) {
      orders.note('a stop that works for weeks', shown);
      clock.pass(25 * HOUR_MS);
      orders.note(`another ${shown}`, 0);
    }
    expect(orders.of('a stop that works for weeks')).toBe(39);
    clock.pass(2 * HOUR_MS);
    orders.note('the next one', 0);
    expect(orders.of('a stop that works for weeks')).toBeUndefined();
  });

  it('is not old because it was noted before the broker had told its time', () => {
    let ts = 0;
    const orders = spokenOf<string, number>({ now: () => ({ ts, hostMs: 5 }) });
    orders.note('shown at the beginning of the connection', 1);
    ts = Date.parse('2025-12-12T14:45:00Z');
    orders.note('placed', 2);
    expect(orders.of('shown at the beginning of the connection')).toBe(1);
    ts += 27 * HOUR_MS;
    orders.note('the next day', 3);
    expect(orders.values()).toEqual([3]);
  });
});

describe('order ids', () => {
  it('of a day ago are forgotten, and none is ever given twice', () => {
    const clock = handClock();
    const orderIds = createOrderIds(clock, US, 0);
    const first = orderIds.take(1);
    orderIds.placed(first, 'c-1-1:entry');
    expect(orderIds.orderIdOf('c-1-1:entry')).toBe(first);
    clock.pass(27 * HOUR_MS);
    const second = orderIds.take(1);
    orderIds.placed(second, 'c-2-2:entry');
    expect(orderIds.orderIdOf('c-1-1:entry')).toBeNull();
    expect(orderIds.refOf({ orderId: first, clientId: US, permId: 0 })).toBe('');
    expect(second).toBe(first + 1);
  });

  it('of a stop that still works are known: each report shows it', () => {
    const clock = handClock();
    const orderIds = createOrderIds(clock, US, 0);
    const [stop, next] = [orderIds.take(1), orderIds.take(1)];
    const shown = { orderId: stop, clientId: US, permId: 900, orderRef: 'c-1-1:stop' };
    orderIds.placed(stop, shown.orderRef);
    for (let hour = 0; hour < 24 * 7; hour += 1) {
      clock.pass(HOUR_MS);
      orderIds.seen(shown);
    }
    orderIds.placed(next, 'c-2-2:entry');
    expect(orderIds.orderIdOf('c-1-1:stop')).toBe(stop);
    expect(orderIds.refOf({ orderId: stop, clientId: US, permId: 900 })).toBe('c-1-1:stop');
  });
});
