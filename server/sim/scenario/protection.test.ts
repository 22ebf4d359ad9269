/** Catalogue 2.1 and 2.2: protection that was removed, was late, or was never real. */
import assert from 'node:assert/strict';
import { scenario } from './scenario';

/** L1, hard: by then the position is covered again, or being closed. */
const COVERED_MS = 3_000;
const OFF_TICK = 'The price does not conform to the minimum price variation for this contract.';

for (const manner of [
  'statusFirst',
  'errorFirst',
  'errorOnly',
  'apiCancelled',
  'inactiveSilently',
] as const) {
  scenario(
    'F08 S-07',
    `a target that is refused (${manner}) takes no working stop with it`,
    async (scene) => {
      await scene.refuses('target', manner, 110, OFF_TICK);
      await scene.signal({ symbol: 'MES' });
      await scene.pass(30_000);

      assert.equal(scene.position('MES'), 1);
      assert.ok(scene.working('MES').includes('stop SELL 1'));
      assert.deepEqual(scene.cancelled('stop'), []);
      assert.ok(scene.record.longestBareMs <= COVERED_MS);
    },
  );

  scenario('F09 F22', `a stop that is refused (${manner}) leaves no bare entry`, async (scene) => {
    await scene.refuses('stop', manner, 201, 'Order rejected - reason:Stop price revised.');
    await scene.signal({ symbol: 'MES' });
    await scene.pass(8_000);

    assert.equal(scene.sent('entry').length, 1);
    assert.ok(scene.record.longestBareMs <= COVERED_MS, `${scene.record.longestBareMs} ms bare`);
    assert.ok(scene.position('MES') === 0 || scene.criticals().length > 0);
  });

  scenario('F09 F35', `an entry that is refused (${manner}) is not sent again, in no form`, async (scene) => {
    await scene.refuses('entry', manner, 201, 'Order rejected - reason:margin.');
    await scene.signal({ symbol: 'MES' });
    await scene.pass(30_000);

    assert.equal(scene.sent('entry').length, 1);
    assert.equal(scene.position('MES'), 0);
    assert.deepEqual(scene.working('MES'), []);
    assert.equal(Object.values(scene.state.cycles).at(-1)?.phase, 'cancelled');
  });
}

scenario(
  'F10 S-08',
  'a target that rests for three hours is supposed to rest',
  async (scene) => {
    await scene.holds('MES', 1);
    await scene.pass(3 * 3_600_000);

    assert.deepEqual(scene.working('MES'), ['stop SELL 1', 'target SELL 1']);
    assert.deepEqual(scene.facts('OrderCancelRequested'), []);
  },
  { variations: 2, setting: { mood: { meanMs: 10_000, deviation: 0, jumps: 0, jumpTicks: 0, depth: 20 } } },
);

scenario(
  'F14',
  'an entry that fills in parts is covered part by part',
  async (scene) => {
    scene.depth(1);
    await scene.pass(1_500);
    await scene.signal({ symbol: 'ES', quantity: 4, type: 'LMT', awayTicks: 0 });
    await scene.until('filled', () => Math.abs(scene.position('ES')) === 4, 20_000);
    await scene.until('covered', () => scene.covered('ES'), COVERED_MS);

    assert.ok(scene.record.longestBareMs <= COVERED_MS, `${scene.record.longestBareMs} ms bare`);
  },
  { setting: { diskMs: 0 } },
);

for (const childActivation of ['onFill', 'onFullFill'] as const) {
  scenario(
    'F14',
    `an entry that stops filling half way is covered for what it has filled (children ${childActivation})`,
    async (scene) => {
      scene.limits({ entryLifeMs: 60_000 });
      scene.depth(1);
      await scene.signal({ symbol: 'ES', quantity: 4, type: 'LMT', awayTicks: 2 });
      await scene.pass(2_000);
      await scene.does({ kind: 'jump', ticks: -2 });
      await scene.until('filled in part', () => scene.position('ES') > 0);
      await scene.does({ kind: 'jump', ticks: 6 });
      await scene.pass(6_000);

      assert.ok(scene.covered('ES'));
    },
    { setting: { childActivation } },
  );
}

scenario(
  'F14',
  'a stop that the broker does not let grow with its position is not taken for cover',
  async (scene) => {
    scene.limits({ entryLifeMs: 60_000 });
    scene.depth(1);
    await scene.signal({ symbol: 'ES', quantity: 4, type: 'LMT', awayTicks: 2 });
    await scene.pass(2_000);
    await scene.does({ kind: 'jump', ticks: -2 });
    await scene.until('filled in part', () => scene.position('ES') > 0);
    await scene.does({ kind: 'jump', ticks: 6 });
    await scene.pass(3_000);
    await scene.weather({ refusedChanges: 1 });
    await scene.does({ kind: 'jump', ticks: -6 });
    await scene.pass(8_000);

    assert.ok(scene.covered('ES'));
  },
  { setting: { childActivation: 'onFill' } },
);

scenario('F14 F21', 'a stop that the broker cancels is replaced by an emergency stop', async (scene) => {
  await scene.holds('ES', 2);
  await scene.does({ kind: 'brokerCancels', role: 'stop' });
  await scene.until('replaced', () => scene.sent('emergency').length === 1 && scene.covered('ES'));

  assert.ok(scene.record.longestBareMs <= COVERED_MS);
  assert.ok(scene.criticals().length > 0);
});

scenario(
  'F21',
  'the stop of a bracket is a STP; an emergency stop gapped through becomes an exit at the market',
  async (scene) => {
    await scene.holds('ES', 2, { stopTicks: 40, targetTicks: 40 });
    assert.deepEqual(
      scene.sent('stop').map((order) => [order.type, order.limitTicks]),
      [['STP', null]],
    );
    await scene.does({ kind: 'brokerCancels', role: 'stop' });
    await scene.until('replaced', () => scene.sent('emergency').length === 1 && scene.covered('ES'));
    await scene.moves(-60);
    await scene.until('flat', () => scene.position('ES') === 0, 8_000);
  },
);

scenario(
  'F23 F11',
  'target and stop in one second, in a thin market: together they close what was held, and no more',
  async (scene) => {
    await scene.holds('ES', 4, { stopTicks: 8, targetTicks: 8 });
    scene.depth(1);
    await scene.moves(12);
    await scene.moves(-24);
    await scene.pass(10_000);

    assert.ok(scene.covered('ES'));
    assert.ok(scene.record.longestBareMs <= COVERED_MS, `${scene.record.longestBareMs} ms bare`);
    assert.ok(scene.position('ES') >= 0);
  },
);
