import { describe, expect, it } from 'vitest';
import { holdingDesk } from '../testing/desk';
import { status } from '../testing/events';

describe('R4: rounds are counted by instrument', () => {
  it('one that waits for executions does not keep another from its stop (seed 801128)', () => {
    const desk = holdingDesk();
    desk.when(status(desk.ref('target'), 'Filled', { filled: 1, remaining: 0 }));
    desk.broker.tradeByHand('MES', 2);
    desk.later(2_500);
    expect(desk.of('ReconcileMismatch').map(({ symbol, round }) => [symbol, round])).toEqual([
      ['MES', 1],
      ['MES', 2],
    ]);
    expect(desk.of('CycleAdopted')).toMatchObject([{ symbol: 'MES', quantity: 2 }]);
    const stop = { symbol: 'MES', role: 'emergency', quantity: 2 };
    expect(desk.sent).toContainEqual({ type: 'PlaceOrder', order: expect.objectContaining(stop) });
    expect(desk.state.reconciliation).toMatchObject({ phase: 'mismatch', rounds: { ES: 2 } });
  });

  it('a report that crossed a fill disagrees by another amount: it is the first of its kind (seed 320223748)', () => {
    const desk = holdingDesk({ quantity: 3 }).later(13_000);
    const told = (quantity: number) => {
      desk.broker.ledger.byHand.set('ES', quantity - 3);
      const report = desk.broker.report(desk.state.reconciliation.requestId);
      return desk.when({ type: 'BrokerReported', report }).of('ReconcileMismatch');
    };
    desk.wired = false;
    desk.later(25_000);
    expect(told(5)).toMatchObject([{ ours: 3, brokers: 5, round: 1 }]);
    expect(told(4)).toMatchObject([{ ours: 3, brokers: 4, round: 1 }]);
    expect(told(4)).toMatchObject([{ ours: 3, brokers: 4, round: 2 }]);
    expect(desk.of('CycleAdopted')).toMatchObject([{ quantity: 1 }]);
  });

  it('executions of an order that another client id sent are waited for twice, not five times (seed 200003794)', () => {
    const adjusted = (clientId: number) => {
      const desk = holdingDesk({ quantity: 2 }).later(13_000);
      desk.when(status(desk.ref('target'), 'Submitted', { filled: 1, remaining: 1 })).cutWire();
      desk.broker.tradeByHand('ES', -1);
      return desk.reconnect(clientId).of('PositionAdjusted');
    };
    expect(adjusted(8)).toMatchObject([{ symbol: 'ES', quantity: -1 }]);
    expect(adjusted(7)).toEqual([]);
  });

  it('nor five times when their statuses add up to the position that the broker has (seed 310073704)', () => {
    const desk = holdingDesk().later(13_000);
    desk.when(status(desk.ref('entry'), 'Filled', { filled: 2, remaining: 0 }));
    desk.when(status(desk.ref('target'), 'Filled', { filled: 1, remaining: 0 })).cutWire();
    desk.broker.clientId = 8;
    expect(desk.reconnect(8).state.reconciliation.phase).toBe('clean');
  });

  it('nor when the position is as it was: a fill of the entry may be as untold as that of the target (seed 710025618)', () => {
    const desk = holdingDesk({ quantity: 2 }).later(13_000);
    desk.when(...desk.broker.drop(desk.ref('stop')));
    desk.when(status(desk.ref('target'), 'Submitted', { filled: 1, remaining: 1 })).cutWire();
    desk.reconnect(8);
    expect(desk.state.reconciliation.phase).toBe('clean');
    desk.later(1_000);
    expect(desk.cycle.protection).toMatchObject({ state: 'emergency', ref: desk.ref('emergency') });
  });
});
