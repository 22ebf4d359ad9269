/** Catalogue 2.3, wrong beliefs: identity, ordering, bookkeeping. */
import assert from 'node:assert/strict';
import { scenario } from './scenario';

/** L3: a difference is found and settled by then, ms. */
const HEALED_MS = 45_000;

scenario('F24 S-16', 'a gateway that offers lower ids again never gets one twice', async (scene) => {
  await scene.holds('ES', 1);
  await scene.does({ kind: 'exitSignal', symbol: 'ES' });
  await scene.until('flat', () => scene.position('ES') === 0);
  await scene.does({ kind: 'gatewayDown', forMs: 1_000, rollback: 1_000 });
  await scene.dies();
  await scene.until('reconciled', (state) => state.reconciliation.phase === 'clean', 20_000);
  await scene.pass(2_000);
  await scene.holds('ES', -2);

  const orderIds = scene.world.truth.all().map((order) => order.orderId);
  assert.equal(new Set(orderIds).size, orderIds.length);
  assert.deepEqual(scene.facts('OrderRejected'), []);
});

scenario('F25', 'an order of which nobody ever says anything does not stay in doubt', async (scene) => {
  await scene.weather({ lostOrders: 1 });
  await scene.signal({ symbol: 'ES' });
  await scene.until('settled', () => scene.facts('CycleCancelled').length === 1, 30_000);

  assert.equal(scene.position('ES'), 0);
  assert.ok(Object.values(scene.state.orders).every((order) => order.phase === 'Absent'));
});

scenario('F26', 'an old status after the end is noted and not believed', async (scene) => {
  await scene.weather({ staleStatuses: 1 });
  await scene.holds('ES', 2);
  await scene.does({ kind: 'exitSignal', symbol: 'ES' });
  await scene.until('closed', () => scene.facts('CycleClosed').length === 1);
  await scene.pass(6_000);

  const phases = Object.values(scene.state.orders).map((order) => order.phase);
  assert.ok(
    phases.every((phase) => phase === 'Filled' || phase === 'Cancelled'),
    phases.join(', '),
  );
  assert.equal(scene.sent('exit').length, 1);
});

scenario(
  'F27 S-11',
  'a cancel that nobody answers is not a cancel: the fill that comes is covered',
  async (scene) => {
    await scene.signal({ symbol: 'ES', type: 'LMT', awayTicks: 6 });
    await scene.until('working', () => scene.working('ES').some((order) => order.startsWith('entry')));
    await scene.weather({ lostCancels: 1 });
    await scene.presses({ kind: 'CancelEntries', scope: '*', reason: 'Enough.' });
    await scene.pass(1_000);
    assert.deepEqual(scene.facts('OrderCancelled'), []);
    await scene.moves(-10);
    await scene.until('held', () => scene.position('ES') === 1 && scene.book('ES') === 1);
    await scene.until('covered', () => scene.covered('ES'), 3_000);
  },
);

scenario('F28 F29', 'everything said twice counts once', async (scene) => {
  await scene.weather({ duplicates: 1 });
  await scene.holds('ES', 3);
  await scene.does({ kind: 'dropLine' });
  await scene.until('reconciled', (state) => state.reconciliation.phase === 'clean', 15_000);
  await scene.does({ kind: 'exitSignal', symbol: 'ES' });
  await scene.until('closed', () => scene.facts('CycleClosed').length === 1);

  const booked = scene.facts('OrderFilled').map((fact) => fact.execId);
  const executed = scene.world.truth.fills.map((fill) => fill.execution.execId);
  assert.deepEqual([...booked].sort(), [...executed].sort());
});

scenario('F30', 'executions that are never told are found in a report', async (scene) => {
  await scene.holds('ES', 2);
  await scene.weather({ lostExecutions: 1, lostStatuses: 1 });
  await scene.moves(-24);
  await scene.until('flat at the broker', () => scene.position('ES') === 0);
  await scene.until('flat in our book', () => scene.book('ES') === 0, HEALED_MS);

  assert.deepEqual(scene.facts('PositionAdjusted'), []);
  assert.deepEqual(scene.sent('exit'), []);
});

scenario('F31', 'an execution may be the first thing heard of an order', async (scene) => {
  await scene.weather({ lostStatuses: 1 });
  await scene.signal({ symbol: 'ES', side: 'SELL', quantity: 2 });
  await scene.until('known', () => scene.position('ES') === -2 && scene.book('ES') === -2, 1_000);
  await scene.until('covered', () => scene.covered('ES'), 3_000);
});

scenario(
  'F32 F33',
  'the result is what the fills and charges of the broker say, however late they come',
  async (scene) => {
    await scene.weather({ lateCommissions: 1 });
    await scene.holds('MES', scene.variation % 2 === 0 ? 2 : -2);
    await scene.moves(10);
    await scene.does({ kind: 'exitSignal', symbol: 'MES' });
    await scene.until('closed', () => scene.facts('CycleClosed').length === 1, 15_000);
    await scene.pass(20_000);

    const { truth } = scene.world;
    const TICK_MICROS = 1_250_000;
    const gross = truth.fills.reduce((sum, { execution }) => {
      return sum + (execution.side === 'SLD' ? 1 : -1) * execution.shares * execution.price * 4 * TICK_MICROS;
    }, 0);
    const charged = truth.fills.reduce((sum, { execution }) => sum + execution.shares * 620_000, 0);
    const [cycle] = Object.values(scene.state.cycles);
    assert.equal(cycle?.commissionMicros, charged);
    assert.equal(cycle?.realizedMicros, gross - charged);
    assert.equal(scene.state.day.realizedMicros, gross - charged);
  },
);

scenario('F34', 'every fill belongs to a cycle, also that of an emergency and of a person', async (scene) => {
  await scene.holds('ES', 2);
  await scene.does({ kind: 'brokerCancels', role: 'stop' });
  await scene.until('replaced', () => scene.sent('emergency').length === 1 && scene.covered('ES'));
  await scene.moves(-17);
  await scene.until('flat', () => scene.position('ES') === 0);
  await scene.does({ kind: 'manualTrade', symbol: 'MES', signed: -1 });
  await scene.does({ kind: 'dropLine' });
  await scene.until('known', () => scene.book('MES') === -1, HEALED_MS);

  assert.ok(scene.facts('OrderFilled').some((fact) => fact.role === 'emergency'));
  for (const fact of scene.facts('OrderFilled')) assert.ok(fact.cycleId in scene.state.cycles);
});

scenario('F35', 'a refusal keeps the words of the broker, and is not tried again', async (scene) => {
  await scene.refuses('entry', 'statusFirst', 201, 'Order rejected - reason:margin.');
  await scene.signal({ symbol: 'ES' });
  await scene.pass(15_000);

  assert.equal(scene.sent('entry').length, 1);
  const entry = Object.values(scene.state.orders).find((order) => order.spec.role === 'entry');
  assert.match(entry?.text ?? '', /margin/);
});

scenario(
  'F38',
  'a position found at the broker has the price it was traded at, in our ticks',
  async (scene) => {
    await scene.does({ kind: 'manualTrade', symbol: 'MES', signed: -2 });
    await scene.does({ kind: 'dropLine' });
    await scene.until('adopted', () => scene.facts('CycleAdopted').length > 0, HEALED_MS);
    await scene.until('covered', () => scene.covered('MES'), 5_000);

    const traded = (scene.world.truth.fills[0]?.execution.price ?? 0) * 4;
    const [stop] = scene.sent('emergency');
    assert.ok(
      Math.abs((stop?.triggerTicks ?? 0) - traded) <= 20,
      `${stop?.triggerTicks} for a price of ${traded}`,
    );
  },
);
