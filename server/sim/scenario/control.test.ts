/** Catalogue 2.1, loss of control of the position: exits. */
import assert from 'node:assert/strict';
import { scenario } from './scenario';

/** The loop of 25 and 29 December asked for an exit so often, ms. */
const LOOP_MS = 5_500;

scenario(
  'F01 S-01',
  'an exit after the exit has filled reduces nothing, so nothing is sent',
  async (scene) => {
    await scene.holds('MES', -2);
    await scene.does({ kind: 'exitSignal', symbol: 'MES' });
    await scene.until('flat', () => scene.position('MES') === 0);
    for (let n = 0; n < 3; n++) {
      await scene.does({ kind: 'exitSignal', symbol: 'MES' });
      await scene.pass(LOOP_MS);
    }

    assert.equal(scene.position('MES'), 0);
    assert.deepEqual(scene.working('MES'), []);
    assert.equal(scene.sent('exit').length, 1);
  },
);

scenario(
  'F01 S-01',
  'an exit while the fill of the last one is told late waits for it, whatever our count says',
  async (scene) => {
    await scene.holds('MES', -2);
    await scene.weather({ lateExecutions: 1, lateExecutionMs: 4_000 });
    for (let n = 0; n < 4; n++) {
      await scene.does({ kind: 'exitSignal', symbol: 'MES' });
      await scene.pass(1_100);
    }
    await scene.until('booked', () => scene.book('MES') === 0);

    assert.equal(scene.position('MES'), 0);
    assert.equal(scene.sent('exit').length, 1);
  },
);

scenario(
  'F02 S-02',
  'while an exit rests, asking for it again adds nothing',
  async (scene) => {
    await scene.holds('MES', 2);
    for (let n = 0; n < 10; n++) {
      await scene.does({ kind: 'exitSignal', symbol: 'MES' });
      const closers = scene.live('MES').filter((order) => order.orderType === 'MKT');
      assert.ok(closers.length <= 1, `${closers.length} exits rest side by side`);
      await scene.pass(LOOP_MS);
    }
    await scene.until('flat', () => scene.position('MES') === 0, 30_000);

    const traded = scene.world.truth.fills.reduce((sum, fill) => sum + fill.execution.shares, 0);
    assert.equal(traded, 4, 'two in, two out');
    assert.equal(scene.record.peak.get('MES'), 2);
  },
  { setting: { exchangeMs: 7_000 } },
);

scenario('F03 S-03', 'a target that fills is an exit: no stop is placed after it', async (scene) => {
  await scene.holds('ES', 2);
  await scene.weather({ lostStatuses: 1 });
  await scene.moves(30);
  await scene.until('flat', () => scene.position('ES') === 0 && scene.book('ES') === 0);
  await scene.pass(5_000);

  assert.deepEqual(scene.sent('emergency'), []);
  assert.deepEqual(scene.working('ES'), []);
});

scenario('F03 S-03', 'a stop that fills is an exit: no stop is placed after it', async (scene) => {
  await scene.holds('ES', -2);
  await scene.weather({ duplicates: 1 });
  await scene.moves(30);
  await scene.until('flat', () => scene.position('ES') === 0 && scene.book('ES') === 0);
  await scene.pass(5_000);

  assert.deepEqual(scene.sent('emergency'), []);
  assert.deepEqual(scene.working('ES'), []);
});

const STEPS = ['exit', 'stop', 'target'] as const;
for (const first of STEPS) {
  for (const second of STEPS) {
    const third = STEPS.find((step) => step !== first && step !== second);
    if (first === second || !third) continue;
    scenario('F04 S-04', `exit and legs race: ${first}, ${second}, ${third}`, async (scene) => {
      await scene.holds('ES', 3, { stopTicks: 8, targetTicks: 8 });
      scene.depth(1);
      let at = 0;
      for (const step of [first, second, third]) {
        if (step === 'exit') await scene.does({ kind: 'exitSignal', symbol: 'ES' });
        else {
          const to = step === 'stop' ? -12 : 12;
          await scene.does({ kind: 'jump', ticks: to - at });
          at = to;
        }
        await scene.pass(scene.variation * 25);
      }
      await scene.until('flat', () => scene.position('ES') === 0, 30_000);
      await scene.pass(5_000);

      assert.equal(scene.position('ES'), 0);
      assert.deepEqual(scene.working('ES'), []);
    });
  }
}

scenario('F04', 'a person closes the position in TWS: nothing of its bracket stays', async (scene) => {
  await scene.holds('ES', 2);
  await scene.does({ kind: 'manualTrade', symbol: 'ES', signed: -2 });
  await scene.until('known', () => scene.book('ES') === 0, 30_000);
  await scene.until('cleared', () => scene.working('ES').length === 0, 3_000);

  assert.equal(scene.position('ES'), 0);
});

scenario(
  'F05 S-05',
  'nine hours without a gateway: exits wait, and when it is back the truth is found before anything is sent',
  async (scene) => {
    await scene.holds('MES', 1);
    await scene.does({ kind: 'gatewayDown', forMs: 9 * 3_600_000, rollback: 0 });
    await scene.moves(-40);
    await scene.pass(3 * 60_000);
    assert.equal(scene.position('MES'), 0, 'the stop at the broker worked alone');
    for (let n = 0; n < 33; n++) {
      await scene.does({ kind: 'exitSignal', symbol: 'MES' });
      await scene.pass(16 * 60_000);
    }
    await scene.until('reconciled', (state) => state.reconciliation.phase === 'clean', 30 * 60_000);
    await scene.pass(10_000);

    assert.equal(scene.position('MES'), 0);
    assert.equal(scene.book('MES'), 0);
    assert.deepEqual(scene.sent('exit'), []);
  },
  {
    variations: 1,
    setting: {
      startTs: Date.UTC(2025, 11, 12, 6, 30),
      mood: { meanMs: 60_000, deviation: 0, jumps: 0, jumpTicks: 0, depth: 20 },
    },
  },
);

scenario(
  'F06 F07 S-06',
  'an exit that IB cancels 23 times is tried anew each time, and is no success before it has filled',
  async (scene) => {
    await scene.holds('MES', 1);
    for (let n = 0; n < 23; n++) {
      await scene.refuses('exit', 'apiCancelled', 0, '');
    }
    await scene.does({ kind: 'exitSignal', symbol: 'MES' });
    while (scene.position('MES') !== 0) {
      assert.deepEqual(scene.facts('CycleClosed'), []);
      await scene.does({ kind: 'exitSignal', symbol: 'MES' });
      await scene.pass(LOOP_MS);
      assert.ok(scene.world.ms < 600_000, 'the exit never went out');
    }
    await scene.until('closed', () => scene.facts('CycleClosed').length === 1);

    assert.ok(scene.sent('exit').length > 1);
    assert.ok(scene.mostInAMinute('exit') <= 6, `${scene.mostInAMinute('exit')} exits in a minute`);
    assert.ok(scene.record.longestBareMs < 3_000, 'the stop stood all the while');
  },
);
