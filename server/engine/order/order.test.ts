/** One order, all that a broker says about it, in any order and any of it twice (I8, I9); and what waits while it settles (R7). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../model/event';
import type { BrokerOrderStatus } from '../model/order';
import { isLive, isSettling, remainingOf } from '../model/order';
import { type Desk, holdingDesk, openDesk } from '../testing/desk';
import { executed, failed, reported, status } from '../testing/events';
import { ticks } from '../testing/instruments';

const QUANTITY = 3;

function pendingDesk(): Desk {
  const desk = openDesk();
  desk.wired = false;
  return desk.signal({ quantity: QUANTITY });
}

const ref = pendingDesk().ref('entry');
const said = (word: BrokerOrderStatus, filled = 0) =>
  status(ref, word, { permId: 77, filled, remaining: QUANTITY - filled });
const done = (n: number, quantity: number) =>
  executed({ execId: `0000e0d5.0000000${n}.01.01`, orderRef: ref, permId: 77, quantity });
const CANCELLED = failed(ref, 202, 'Order Canceled - reason:');
const MARGIN = failed(ref, 201, 'Order rejected - reason:margin');

const STORIES: Readonly<Record<string, readonly EngineEvent[]>> = {
  'is filled in parts': [
    said('PreSubmitted'),
    said('Submitted'),
    done(1, 1),
    said('Submitted', 1),
    done(2, 2),
    said('Filled', 3),
  ],
  'is filled before anything else is heard (F31)': [done(1, 3), said('PreSubmitted'), said('Filled', 3)],
  'is cancelled': [
    said('PendingSubmit'),
    said('Submitted'),
    said('PendingCancel'),
    said('Cancelled'),
    CANCELLED,
  ],
  'is cancelled with a part filled': [
    said('Submitted'),
    done(1, 1),
    said('Submitted', 1),
    said('PendingCancel', 1),
    done(2, 1),
    said('Cancelled', 2),
    CANCELLED,
  ],
  'wins the race against its cancel': [
    said('Submitted'),
    said('PendingCancel'),
    done(1, 3),
    said('Filled', 3),
    said('Cancelled', 3),
  ],
  'is cancelled before IB acknowledged it': [said('PendingSubmit'), said('ApiCancelled')],
  'is refused, status first': [said('Inactive'), MARGIN],
  'is refused, error first': [MARGIN, said('Cancelled')],
  'flaps between Inactive and Cancelled': [
    said('Inactive'),
    said('Cancelled'),
    said('Inactive'),
    said('Cancelled'),
  ],
  'works on': [
    said('PendingSubmit'),
    said('PreSubmitted'),
    said('Submitted'),
    done(1, 1),
    said('Submitted', 1),
  ],
};

function endsAs(events: readonly EngineEvent[]) {
  const desk = pendingDesk();
  for (const event of events) desk.when(event);
  const order = desk.order('entry');
  const { phase, filledQuantity, reportedFilled, permId, text } = order;
  return {
    order: {
      phase,
      filledQuantity,
      reportedFilled,
      permId,
      text,
      remaining: remainingOf(order),
      settling: isSettling(order),
    },
    held: desk.state.positions.ES?.quantity ?? 0,
    entered: Object.values(desk.state.cycles).map(({ entryQuantity, entryCostTicks }) => [
      entryQuantity,
      entryCostTicks,
    ]),
  };
}

describe('an order that', () => {
  it.each(Object.entries(STORIES))(
    '%s ends the same in any order of its callbacks, each any number of times',
    (_, story) => {
      const expected = endsAs(story);
      const order = fc.array(fc.nat({ max: story.length - 1 }), { maxLength: 5 }).chain((twice) => {
        const all = [...story.keys(), ...twice];
        return fc.shuffledSubarray(all, { minLength: all.length });
      });
      fc.assert(
        fc.property(order, (sequence) => {
          expect(endsAs(sequence.map((index) => story[index] as EngineEvent))).toEqual(expected);
        }),
        { numRuns: 60 },
      );
    },
  );

  it('has ended never fills what is left of it, and never counts more than was executed', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.values(STORIES).flat(), { minLength: 1 }), (events) => {
        const { order, held, entered } = endsAs(events.filter((event) => event.type !== 'ExecutionReported'));
        expect([held, entered[0]?.[0]]).toEqual([0, 0]);
        expect(order.filledQuantity).toBe(0);
        expect(order.remaining).toBeLessThanOrEqual(QUANTITY - order.reportedFilled);
        if (['Filled', 'Cancelled', 'Rejected'].includes(order.phase)) expect(order.remaining).toBe(0);
      }),
      { numRuns: 100 },
    );
  });
});

describe('R7: while an order settles, nothing is decided from the position', () => {
  it('Cancelled before its own execution: no exit, no stop, no end of the cycle; asked after two seconds', () => {
    const desk = holdingDesk({ quantity: 2 });
    desk.wired = false;
    const target = desk.ref('target');
    desk.when(
      status(target, 'Cancelled', { filled: 1, remaining: 1 }),
      status(desk.ref('stop'), 'Cancelled'),
    );
    expect(isSettling(desk.order('target'))).toBe(true);
    expect(isLive(desk.order('target'))).toBe(false);
    desk.signal({ signalId: 'x-1', action: 'EXIT' });
    expect(desk.later(1_750).sent).toEqual([]);
    expect(desk.later(250).commands).toMatchObject([{ type: 'RequestReport' }]);
    expect(desk.sent).toEqual([]);
    desk.when(executed({ execId: 'late', orderRef: target, side: 'SELL', priceTicks: ticks(6898) }));
    expect(desk.sent).toMatchObject([
      { order: { role: 'emergency', quantity: 1 } },
      { order: { role: 'exit', quantity: 1 } },
    ]);
  });

  it('an entry that was Cancelled with a fill that is not here yet does not end its cycle', () => {
    const desk = pendingDesk();
    desk.when(said('Cancelled', 1));
    expect(desk.later(1_000).of('CycleCancelled')).toEqual([]);
    expect(desk.cycle.phase).toBe('entering');
    desk.when(done(1, 1));
    expect(desk.cycle).toMatchObject({ phase: 'open', entryQuantity: 1 });
  });

  it('no entry leaves in its instrument, and a report that agrees by chance is not believed', () => {
    const desk = holdingDesk();
    desk.wired = false;
    desk.when(status(desk.ref('target'), 'Filled', { filled: 1, remaining: 0 }));
    desk.later(2_000);
    const { requestId } = desk.state.reconciliation;
    const position = { symbol: 'ES', quantity: 1, averageTicks: ticks(6890.5) };
    desk.when(reported(requestId, { positions: [position] }));
    expect(desk.state.reconciliation.phase).toBe('mismatch');
    desk.market('ES', 6890.5).signal({ signalId: 's-2' });
    expect(desk.of('EntryDenied')[0]?.reasons).toContain('ORDER_IN_FLIGHT');
    expect(desk.sent).toEqual([]);
  });

  it('"state: Filled" of a refused cancel promises its fills: the exit waits for them (10148)', () => {
    const desk = holdingDesk();
    desk.wired = false;
    desk.when(
      failed(
        desk.ref('stop'),
        10_148,
        'OrderId 3 that needs to be cancelled cannot be cancelled, state: Filled.',
      ),
    );
    expect(desk.order('stop')).toMatchObject({ phase: 'Unknown', reportedFilled: 1, filledQuantity: 0 });
    desk.signal({ signalId: 'x-1', action: 'EXIT' });
    expect(desk.later(3_000).sent).toEqual([]);
    desk.when(
      executed({ execId: 'stopped', orderRef: desk.ref('stop'), side: 'SELL', priceTicks: ticks(6885.5) }),
    );
    expect(desk.state.positions.ES?.quantity).toBe(0);
    expect(desk.order('stop').phase).toBe('Filled');
  });
});
