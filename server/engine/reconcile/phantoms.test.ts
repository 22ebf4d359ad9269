import { describe, expect, it } from 'vitest';
import { openDesk } from '../testing/desk';
import { ticks } from '../testing/instruments';

/** Long 3; while the wire was cut a hand sold 2, and stop and target went. */
function soldByHandWhileAway() {
  const desk = openDesk().signal({ quantity: 3 });
  const fill = () => desk.broker.fill(desk.ref('entry'), ticks(6890.5), 1);
  desk.when(...fill(), ...fill(), ...fill()).cutWire();
  desk.broker.tradeByHand('ES', -2);
  desk.broker.drop(desk.ref('stop'));
  desk.broker.drop(desk.ref('target'));
  return desk;
}

describe('a position of which the broker holds less than we count', () => {
  it('gets its stop for what both hold, whoever is right (L1; seeds 200001812, 200011682)', () => {
    const desk = soldByHandWhileAway().reconnect();
    expect(desk.state.reconciliation).toMatchObject({ phantom: [{ symbol: 'ES', ours: 3, brokers: 1 }] });
    expect(desk.sent).toMatchObject([
      { type: 'PlaceOrder', order: { role: 'emergency', side: 'SELL', quantity: 1 } },
    ]);
    expect(desk.later(13_000).sent).toEqual([]);
    expect(desk.cycle.protection).toMatchObject({ state: 'emergency' });
    expect(desk.state.positions.ES?.quantity).toBe(1);
  });

  it('has that stop grow with what both hold: there is never a second one beside it (seed 780018705)', () => {
    const desk = soldByHandWhileAway().reconnect().cutWire();
    desk.broker.tradeByHand('ES', 1);
    desk.reconnect().later(1_000);
    expect(desk.state.reconciliation).toMatchObject({ phantom: [{ symbol: 'ES', ours: 3, brokers: 2 }] });
    expect(desk.sent).toMatchObject([{ type: 'ModifyOrder', order: { role: 'emergency', quantity: 2 } }]);
    expect(desk.broker.working()).toEqual([desk.ref('emergency')]);
  });

  it('far under water gets that stop measured from the market: it cannot be closed before both agree (L1; seed 320303273)', () => {
    const desk = soldByHandWhileAway().market('ES', 6880.5).reconnect();
    expect(desk.sent).toMatchObject([
      { type: 'PlaceOrder', order: { role: 'emergency', quantity: 1, triggerTicks: ticks(6880.5) - 16 } },
    ]);
  });
});
