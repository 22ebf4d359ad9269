import { describe, expect, it } from 'vitest';
import { type Desk, holdingDesk } from '../testing/desk';
import { ticks } from '../testing/instruments';

/** Flat by its target; the broker still tells the position as it was, to every question. */
function lateDesk(): { desk: Desk; tellsLate(late: boolean): void } {
  const desk = holdingDesk().later(1_000);
  desk.when(...desk.broker.fill(desk.ref('target'), ticks(6898)));
  const tellsLate = (late: boolean) => desk.broker.ledger.byHand.set('ES', late ? 1 : 0);
  tellsLate(true);
  desk.broker.tradeByHand('MES', 1);
  desk.when({ type: 'ExecutionReported', execution: { ...MANUAL, execId: 'elsewhere' } });
  return { desk, tellsLate };
}

/** Makes the engine ask: a fill of nobody in the other future. */
const MANUAL = {
  orderRef: '',
  permId: 0,
  orderId: 0,
  symbol: 'MES',
  side: 'BUY',
  quantity: 1,
  priceTicks: ticks(6890.5),
  ts: 0,
} as const;

describe('R4: a position as we held it ourselves a moment ago', () => {
  it('is late, not right: nothing is repaired or sent for it, however often it is told', () => {
    const { desk, tellsLate } = lateDesk();
    expect(desk.of('CycleAdopted').map((fact) => fact.symbol)).toEqual(['MES']);
    expect(desk.state.reconciliation).toMatchObject({
      phase: 'mismatch',
      disputed: expect.arrayContaining(['ES']),
    });
    desk.later(8_000);
    expect(desk.of('CycleAdopted').filter((fact) => fact.symbol === 'ES')).toEqual([]);
    tellsLate(false);
    desk.later(2_000);
    expect(desk.state.positions.ES?.quantity).toBe(0);
    expect(desk.state.reconciliation.disputed).not.toContain('ES');
  });

  it('and that is still told after twelve seconds is real', () => {
    const { desk } = lateDesk();
    desk.later(16_000);
    expect(desk.of('CycleAdopted')).toMatchObject([{ symbol: 'ES', quantity: 1 }]);
    expect(desk.sent[0]).toMatchObject({ type: 'PlaceOrder', order: { symbol: 'ES', role: 'emergency' } });
  });

  it('and that several executions at once only passed through is real after three seconds (seeds 310212776, 700018822)', () => {
    const desk = holdingDesk({ quantity: 2 }).later(13_000);
    const [first, second] = [1, 1].map((one) => desk.broker.fill(desk.ref('target'), ticks(6898), one));
    desk.when(...(first ?? []), ...(second ?? []));
    desk.broker.tradeByHand('ES', 1);
    desk.operator({ kind: 'Flatten', scope: '*', reason: 'out' }).later(2_000);
    expect(desk.of('CycleAdopted')).toEqual([]);
    expect(desk.later(3_000).of('CycleAdopted')).toMatchObject([{ symbol: 'ES', quantity: 1 }]);
  });

  it('is late over a restart too', () => {
    const { desk } = lateDesk();
    desk.restart().reconnect();
    expect(desk.of('CycleAdopted')).toEqual([]);
    expect(desk.sent).toEqual([]);
  });

  it('with more contracts than ours leaves ours protected meanwhile: they are there either way (L1; seeds 600961, 601240)', () => {
    const desk = holdingDesk({ quantity: 2 });
    desk.broker.tradeByHand('ES', 1);
    desk.when(...desk.broker.fill(desk.ref('target'), ticks(6898), 1), ...desk.broker.drop(desk.ref('stop')));
    desk.later(2_500);
    expect(desk.state.reconciliation).toMatchObject({ disputed: ['ES'], phantom: [] });
    expect(desk.cycle.protection).toMatchObject({ state: 'emergency' });
    expect(desk.broker.working()).toEqual([desk.ref('emergency')]);
  });
});
