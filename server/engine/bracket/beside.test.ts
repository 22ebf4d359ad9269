/** Two cycles hold one instrument: what closes one of them never closes the other's contracts as well (I2). */
import { describe, expect, it } from 'vitest';
import { type Desk, holdingDesk, openDesk } from '../testing/desk';
import { status } from '../testing/events';
import { ticks } from '../testing/instruments';

/** Three bought, two sold by hand: the stop is to shrink to 1, and the broker's answer is lost. Then two are bought by hand again. */
function besideTooLarge() {
  const desk = holdingDesk({ quantity: 3 });
  desk.broker.changeMishap = () => 'lost';
  const byHand = (signed: number) => {
    desk.broker.tradeByHand('ES', signed);
    desk.cutWire().reconnect();
    return desk.later(1_000);
  };
  const first = desk.cycle;
  byHand(-2);
  expect(desk.order('stop').change).toMatchObject({ quantity: 1 });
  byHand(2);
  return { desk, first };
}

describe('a position found beside a cycle whose stop is still too large', () => {
  it('gets no stop of its own as long as that one closes it too (seed 740041221)', () => {
    const { desk, first } = besideTooLarge();
    expect(desk.cycle).toMatchObject({ origin: 'adopted', entryQuantity: 2 });
    expect(desk.broker.orders.get(`${first.cycleId}:stop`)?.spec.quantity).toBe(3);
    expect(desk.broker.working().filter((ref) => ref.includes(':emergency'))).toEqual([]);
  });

  it('is not closed beside it either, for two seconds at most (I2)', () => {
    const { desk } = besideTooLarge();
    desk.operator({ kind: 'ExitPosition', cycleId: desk.cycle.cycleId, reason: 'out' });
    desk.later(1_750);
    expect(desk.broker.position('ES')).toBe(3);
    expect(desk.later(250).broker.position('ES')).toBe(1);
  });

  it('gets it when that one has shrunk', () => {
    const { desk, first } = besideTooLarge();
    desk.broker.changeMishap = () => null;
    desk.later(2_000);
    expect(desk.broker.orders.get(`${first.cycleId}:stop`)?.spec.quantity).toBe(1);
    expect(desk.order('emergency').spec).toMatchObject({ side: 'SELL', quantity: 2 });
    expect(desk.cycle.protection).toMatchObject({ state: 'emergency' });
  });
});

describe('a position found beside an entry that would close it', () => {
  it('gets no stop while that has filled by its status and not by its executions yet (I2)', () => {
    const desk = openDesk().signal({ quantity: 2 });
    desk.broker.losesCancels = true;
    desk.broker.tradeByHand('ES', -1);
    desk.cutWire().reconnect().later(1_000);
    expect(desk.cycle).toMatchObject({ origin: 'adopted', entryQuantity: 1, side: 'SELL' });
    const entry = desk.openCycles()[0]?.cycleId ?? '';
    const told = desk.broker.fill(`${entry}:entry`, ticks(6890.5));
    desk.when(...told.filter(({ type }) => type === 'OrderStatusReported'));
    expect(desk.sent.filter(({ type }) => type === 'PlaceOrder')).toEqual([]);
    desk.when(...told.filter(({ type }) => type === 'ExecutionReported')).later(5_000);
    expect(desk.broker.working().filter((ref) => ref.includes(':emergency'))).toEqual([]);
    expect(desk.state.positions.ES?.quantity).toBe(1);
  });
});

describe('a cancel that was on its way when the connection broke', () => {
  /** A limit order to sell is cancelled, the broker says that it is at it, and we are away; meanwhile one is bought by hand, to be closed. */
  function away() {
    const desk = openDesk().signal({ action: 'SELL', entryPrice: 6892, stopPrice: 6897, targetPrice: 6880 });
    desk.broker.losesCancels = true;
    desk.operator({ kind: 'ExitPosition', cycleId: desk.cycle.cycleId, reason: 'enough' });
    const entry = desk.broker.orders.get(desk.ref('entry'));
    if (!entry) throw new Error('It never arrived.');
    entry.status = 'PendingCancel';
    desk.when(status(entry.spec.ref, 'PendingCancel')).cutWire().later(10_000);
    desk.broker.tradeByHand('ES', 1);
    desk.reconnect();
    for (let n = 0; n < 40 && desk.cycle.origin !== 'adopted'; n += 1) desk.later(250);
    return desk.operator({ kind: 'ExitPosition', cycleId: desk.cycle.cycleId, reason: 'not ours' }, 'out');
  }
  const exits = (desk: Desk) => desk.broker.working().filter((ref) => ref.includes(':exit'));
  const sold = ({ broker }: Desk) => broker.ledger.executions.filter(({ side }) => side === 'SELL').length;

  it('has its time anew: no exit goes out beside the entry, which would sell the same contract (seed 740089318)', () => {
    const desk = away().later(1_000);
    expect(desk.cycle.origin).toBe('adopted');
    expect([exits(desk), sold(desk)]).toEqual([[], 0]);
  });

  it('does not hold the exit back for ever', () => {
    const desk = away().later(4_000);
    expect(sold(desk)).toBe(1);
    expect(desk.broker.position('ES')).toBe(0);
  });
});
