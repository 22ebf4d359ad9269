import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { microsOf } from '../model/money';
import { type Desk, holdingDesk, openDesk } from '../testing/desk';
import { charged, executed } from '../testing/events';
import { ticks } from '../testing/instruments';

const ENTRY = '0000e0d5.00000001.01.01';
const CORRECTED = '0000e0d5.00000001.01.02';

/** The entry of a holding desk, said again by IB with another suffix. */
function correction(desk: Desk, rest: { priceTicks?: number; quantity?: number }, execId = CORRECTED) {
  return executed({ execId, orderRef: desk.ref('entry'), priceTicks: ticks(6890.5), ...rest });
}

describe('a corrected price', () => {
  it('replaces the old one in position, cycle and result, to the tick', () => {
    const desk = holdingDesk({ quantity: 2 });
    desk.when(correction(desk, { quantity: 2, priceTicks: ticks(6890.25) }));
    expect(desk.state.positions.ES).toMatchObject({ quantity: 2, lots: [{ ticks: ticks(6890.25) }] });
    expect(desk.cycle).toMatchObject({
      entryQuantity: 2,
      entryCostTicks: 2 * ticks(6890.25),
      exitQuantity: 0,
    });
    expect(desk.of('ExecutionCorrected')).toMatchObject([
      { execId: CORRECTED, corrects: ENTRY, quantity: 2, priceTicks: ticks(6890.25), positionAfter: 2 },
    ]);
    expect(desk.of('OrderFilled')).toEqual([]);
    expect(desk.sent).toEqual([]);
    expect(desk.commands).toMatchObject([{ type: 'RequestReport' }]);
    desk.when(...desk.broker.fill(desk.ref('target'), ticks(6898)));
    expect(desk.cycle.realizedMicros).toBe(microsOf((6898 - 6890.25) * 50 * 2 - 4 * 2.25));
    expect(desk.state.positions.ES?.realizedTicks).toBe(ticks((6898 - 6890.25) * 2));
  });

  it('of a closed cycle changes its result and the day’s, also from a win to a loss', () => {
    const desk = holdingDesk();
    desk.when(...desk.broker.fill(desk.ref('target'), ticks(6898)));
    expect(desk.state.day).toMatchObject({ won: 1, lost: 0 });
    desk.when(correction(desk, { priceTicks: ticks(6899) }));
    expect(desk.cycle).toMatchObject({ phase: 'closed', realizedMicros: microsOf(-50 - 4.5) });
    expect(desk.state.day).toMatchObject({ realizedMicros: microsOf(-50 - 4.5), won: 0, lost: 1 });
    expect(desk.state.positions.ES).toMatchObject({ quantity: 0, realizedTicks: -4 });
  });

  it('is counted once, however often and in whatever order the two are told (I9)', () => {
    const told = [ENTRY, CORRECTED, '0000e0d5.00000001.01.03'];
    const prices = [6890.5, 6890.25, 6890];
    const order = fc.shuffledSubarray([0, 1, 2, 0, 1, 2], { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(order, (sequence) => {
        const desk = openDesk();
        desk.wired = false;
        desk.signal();
        for (const index of sequence) {
          desk.when(correction(desk, { priceTicks: ticks(prices[index] ?? 0) }, told[index]));
        }
        expect(desk.state.positions.ES).toMatchObject({
          quantity: 1,
          lots: [{ quantity: 1, ticks: ticks(6890) }],
        });
        expect(desk.cycle).toMatchObject({ entryQuantity: 1, entryCostTicks: ticks(6890) });
        expect(desk.order('entry')).toMatchObject({ phase: 'Filled', filledQuantity: 1 });
      }),
      { numRuns: 50 },
    );
  });
});

describe('a corrected quantity', () => {
  it('takes the contracts out of order, cycle and position: what protects shrinks with it', () => {
    const desk = holdingDesk({ quantity: 2 });
    desk.broker.tradeByHand('ES', -1);
    desk.when(correction(desk, { quantity: 1 }));
    expect(desk.state.positions.ES?.quantity).toBe(1);
    expect(desk.cycle).toMatchObject({ phase: 'open', entryQuantity: 1, exitQuantity: 0 });
    expect(desk.order('entry').filledQuantity).toBe(1);
    desk.later(15_000);
    expect(desk.order('stop').spec.quantity).toBe(1);
    expect(desk.cycle.protection.state).toBe('protected');
  });

  it('to nothing leaves the cycle flat: its bracket is cancelled', () => {
    const desk = holdingDesk();
    desk.broker.tradeByHand('ES', -1);
    desk.when(correction(desk, { quantity: 0 }));
    expect(desk.state.positions.ES?.quantity).toBe(0);
    expect(desk.cycle).toMatchObject({ entryQuantity: 0, exitQuantity: 0 });
    desk.later(15_000);
    expect(desk.broker.working()).toEqual([]);
  });

  it('to nothing that comes before what it corrects counts nothing at all', () => {
    const desk = openDesk();
    desk.wired = false;
    desk.signal();
    desk.when(correction(desk, { quantity: 0 }), correction(desk, { quantity: 1 }, ENTRY));
    expect(desk.state.positions.ES).toBeUndefined();
    expect(desk.order('entry')).toMatchObject({ phase: 'Pending', filledQuantity: 0 });
  });

  it('of an exit that closed less than it said opens the cycle again, and it is protected', () => {
    const desk = holdingDesk({ quantity: 2 });
    desk.wired = false;
    const exit = { orderRef: desk.ref('target'), side: 'SELL' as const, priceTicks: ticks(6898) };
    desk.when(executed({ ...exit, execId: 'a.b.02.01', quantity: 2 }));
    expect(desk.state.positions.ES?.quantity).toBe(0);
    desk.when(executed({ ...exit, execId: 'a.b.02.02', quantity: 1 }));
    expect(desk.state.positions.ES?.quantity).toBe(1);
    expect(desk.cycle).toMatchObject({ phase: 'open', exitQuantity: 1, flatHostMs: null });
  });

  it('of a closed cycle leaves it closed: the difference is a trade of nobody, adopted and protected', () => {
    const desk = holdingDesk({ quantity: 2 });
    const { cycleId } = desk.cycle;
    desk.when(...desk.broker.fill(desk.ref('target'), ticks(6898)));
    const result = desk.state.cycles[cycleId]?.realizedMicros;
    const exit = { orderRef: `${cycleId}:target`, side: 'SELL' as const, priceTicks: ticks(6898) };
    desk.broker.tradeByHand('ES', 1);
    desk.when(executed({ ...exit, execId: '0000e0d5.00000002.01.02', quantity: 1 }));
    expect(desk.state.cycles[cycleId]).toMatchObject({
      phase: 'closed',
      realizedMicros: result,
      exitQuantity: 2,
    });
    expect(desk.state.positions.ES?.quantity).toBe(1);
    expect(desk.cycle).toMatchObject({ origin: 'adopted', side: 'BUY', entryQuantity: 1 });
    expect(desk.sent).toMatchObject([{ order: { role: 'emergency', side: 'SELL', quantity: 1 } }]);
  });
});

describe('the charge of a correction', () => {
  it('replaces the first one', () => {
    const desk = holdingDesk();
    desk.when(correction(desk, { priceTicks: ticks(6890.25) }), charged(CORRECTED, microsOf(2.5)));
    expect(desk.cycle.commissionMicros).toBe(microsOf(2.5));
    desk.when(charged(ENTRY, microsOf(2.25)), charged(CORRECTED, microsOf(2.5)));
    expect(desk.cycle.commissionMicros).toBe(microsOf(2.5));
    expect(desk.state.day.commissionMicros).toBe(microsOf(2.5));
  });

  it('may come before it', () => {
    const desk = holdingDesk();
    desk.when(charged(CORRECTED, microsOf(2.5)));
    expect(desk.cycle.commissionMicros).toBe(microsOf(2.25));
    desk.when(correction(desk, { priceTicks: ticks(6890.25) }));
    expect(desk.cycle.commissionMicros).toBe(microsOf(2.5));
  });

  it('that never comes leaves the first one standing', () => {
    const desk = holdingDesk();
    desk.when(correction(desk, { priceTicks: ticks(6890.25) })).later(5_000);
    expect(desk.cycle.commissionMicros).toBe(microsOf(2.25));
  });
});
