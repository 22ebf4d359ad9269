/** Catalogue 2.1 and 2.4: the worker's own machine: killed, asleep, beside another. */
import assert from 'node:assert/strict';
import type { EngineState } from '../../engine/model/state';
import { roleOf } from '../check/ours';
import { scenario } from './scenario';

/** Another client id: the broker refuses one that is connected already. */
const SUCCESSOR = 8;
const hasTakenOver = ({ link, reconciliation }: EngineState) =>
  link.clientId === SUCCESSOR && reconciliation.phase === 'clean';

scenario(
  'F42 S-14',
  'sixteen minutes asleep in a position: what happened meanwhile is asked before anything is sent',
  async (scene) => {
    await scene.holds('ES', 2);
    await scene.does({ kind: 'stall', forMs: 16 * 60_000 });
    await scene.moves(-24);
    await scene.does({ kind: 'exitSignal', symbol: 'ES' });
    await scene.pass(16 * 60_000);
    await scene.until('flat', () => scene.position('ES') === 0 && scene.book('ES') === 0, 30_000);
    await scene.pass(5_000);

    assert.equal(scene.position('ES'), 0);
    assert.deepEqual(scene.working('ES'), []);
  },
  { variations: 6 },
);

scenario(
  'F42 S-14',
  'sixteen minutes asleep while a person closes the position in TWS: nothing is opened afterwards',
  async (scene) => {
    await scene.holds('ES', 2);
    await scene.does({ kind: 'stall', forMs: 16 * 60_000 });
    await scene.pass(60_000);
    await scene.does({ kind: 'brokerCancels', role: 'stop' });
    await scene.does({ kind: 'manualTrade', symbol: 'ES', signed: -2 });
    await scene.does({ kind: 'exitSignal', symbol: 'ES' });
    await scene.pass(16 * 60_000);
    await scene.until('reconciled', () => scene.book('ES') === 0, 30_000);
    await scene.pass(5_000);

    assert.equal(scene.position('ES'), 0);
    assert.deepEqual(scene.working('ES'), []);
  },
  { variations: 6 },
);

scenario(
  'L10',
  'a worker that sleeps, is dead or waits for its disk is told of from outside after ten seconds, each time, and that it is back',
  async (scene) => {
    const told = () => scene.world.counts.get('workerSilent') ?? 0;
    await scene.holds('ES', 1);
    await scene.pass(20_000);
    assert.equal(told(), 0);
    await scene.does({ kind: 'stall', forMs: 15_000 });
    await scene.pass(20_000);
    await scene.does({ kind: 'crash', point: 'now', downMs: 15_000, clientId: null, restore: 0 });
    await scene.pass(20_000);
    await scene.does({ kind: 'slowDisk', ms: 12_000, forMs: 100 });
    await scene.presses({ kind: 'HaltEntries', scope: 'MES', reason: 'Something to write.' });
    await scene.pass(20_000);

    assert.equal(told(), 3);
    assert.equal(scene.world.counts.get('workerBack'), 3);
  },
  { variations: 6 },
);

scenario(
  'S-20',
  'two workers: the one that slept wakes up beside its successor and sends nothing',
  async (scene) => {
    const { world } = scene;
    const sleeper = world.worker;
    await scene.holds('ES', 2);
    await scene.does({ kind: 'stall', forMs: 20_000 });
    await scene.does({ kind: 'exitSignal', symbol: 'ES' });
    await scene.signal({ symbol: 'MES' });
    await scene.pass(7_000);
    world.restart(SUCCESSOR);
    await scene.until('taken over', hasTakenOver, 10_000);
    await scene.pass(20_000);

    assert.equal(sleeper.alive, false);
    assert.equal(world.worker.alive, true);
    const sent = world.truth.all().filter((order) => order.clientId !== SUCCESSOR);
    assert.deepEqual(
      sent.map((order) => roleOf(order.orderRef)),
      ['entry', 'target', 'stop'],
    );
  },
);

scenario('F13 S-10', 'killed in a position: the next worker knows it and its stop at once', async (scene) => {
  await scene.holds('ES', -2);
  await scene.dies();
  const ms = await scene.until('protected', () => scene.protection('ES') === 'protected');

  assert.ok(ms <= 5_000, `${ms} ms`);
  assert.deepEqual(scene.working('ES'), ['stop BUY 2', 'target BUY 2']);
  assert.deepEqual(scene.facts('CycleReopened'), []);
  assert.deepEqual(scene.sent('emergency'), []);
});

scenario(
  'F13 S-10',
  'killed in a position whose stop is then missing: covered or closed in time',
  async (scene) => {
    await scene.holds('ES', 2);
    await scene.does({ kind: 'crash', point: 'now', downMs: 3_000, clientId: null, restore: 0 });
    await scene.does({ kind: 'brokerCancels', role: 'stop' });
    await scene.does({ kind: 'brokerCancels', role: 'target' });
    await scene.pass(3_000);
    await scene.until('reconciled', (state) => state.reconciliation.phase === 'clean');
    await scene.until('covered', () => scene.covered('ES'), 5_000);

    assert.ok(scene.criticals().length > 0);
  },
);

scenario(
  'F13',
  'a database older than the trade: the position is found, and covered or closed',
  async (scene) => {
    await scene.holds('ES', 2);
    await scene.does({ kind: 'crash', point: 'now', downMs: 1_000, clientId: null, restore: 1_000 });
    await scene.pass(1_000);
    await scene.until(
      'covered and known',
      () => scene.covered('ES') && scene.book('ES') === scene.position('ES'),
      15_000,
    );

    assert.ok(scene.criticals().length > 0);
  },
);

scenario(
  'S-20',
  'two workers: one falls asleep between its decision and the disk, and what it decided never leaves',
  async (scene) => {
    const { world } = scene;
    await scene.holds('ES', 2);
    await scene.pass(1_000 + scene.variation * 37);
    await scene.does({ kind: 'exitPosition', symbol: 'ES' });
    await scene.does({ kind: 'stall', forMs: 20_000 });
    await scene.pass(7_000);
    world.restart(SUCCESSOR);
    await scene.until('taken over', hasTakenOver, 10_000);
    await scene.does({ kind: 'exitPosition', symbol: 'ES' });
    await scene.until('closed', () => scene.position('ES') === 0);
    await scene.pass(20_000);

    const sent = world.truth.all().filter((order) => order.clientId !== SUCCESSOR);
    assert.deepEqual(
      sent.map((order) => roleOf(order.orderRef)),
      ['entry', 'target', 'stop'],
    );
    assert.equal(scene.position('ES'), 0);
  },
  { setting: { diskMs: 30, exchangeMs: 5 } },
);

scenario(
  'F42 S-14',
  'three seconds asleep between a decision and the disk, while a person closes the position: the exit never leaves',
  async (scene) => {
    await scene.holds('ES', 2);
    await scene.pass(1_000 + scene.variation * 37);
    await scene.does({ kind: 'exitPosition', symbol: 'ES' });
    await scene.does({ kind: 'stall', forMs: 3_000 });
    await scene.does({ kind: 'brokerCancels', role: 'stop' });
    await scene.does({ kind: 'manualTrade', symbol: 'ES', signed: -2 });
    await scene.pass(20_000);

    assert.equal(scene.position('ES'), 0);
    assert.deepEqual(scene.working('ES'), []);
  },
  { setting: { diskMs: 30 } },
);

scenario('F13', 'killed before the disk has it: nothing of it was sent', async (scene) => {
  await scene.does({ kind: 'crash', point: 'append.before', downMs: 1_000, clientId: null, restore: 0 });
  await scene.signal({ symbol: 'ES' });
  await scene.pass(5_000);

  assert.deepEqual(scene.world.truth.all(), []);
});
