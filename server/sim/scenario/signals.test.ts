/** Catalogue 2.2 and 2.3: what strategies ask for, and how often. */
import assert from 'node:assert/strict';
import { scenario } from './scenario';

/** 27 400 ticks are 6 850 points: where the quiet market stands. */
const BAD_WISHES = [
  ['F15', 'OFF_TICK_GRID', { stopPrice: 6_844.325963783578, targetPrice: 6_860 }],
  ['F15', 'OFF_TICK_GRID', { stopPrice: 6_845, targetPrice: 6_860.2882 }],
  ['F16', 'MISSING_PROTECTION', { stopPrice: null, targetPrice: null }],
  ['F16', 'MISSING_PROTECTION', { stopPrice: null, targetPrice: 6_860 }],
  ['F16', 'MISSING_PROTECTION', { stopPrice: 6_845, targetPrice: null }],
  ['F17', 'INVALID_BRACKET', { stopPrice: 6_855, targetPrice: 6_865 }],
  ['F18', 'INVALID_BRACKET', { stopPrice: 6_840, targetPrice: 6_845 }],
  ['F19', 'INSUFFICIENT_DISTANCE', { stopPrice: 6_849.5, targetPrice: 6_860 }],
  ['F19', 'INSUFFICIENT_DISTANCE', { stopPrice: 6_845, targetPrice: 6_850.5 }],
] as const;
for (const [row, code, levels] of BAD_WISHES) {
  scenario(
    row,
    `stop ${levels.stopPrice} and target ${levels.targetPrice} are refused as ${code}, never repaired, never defaulted`,
    async (scene) => {
      await scene.wishes({ action: 'BUY', ...levels });
      await scene.pass(2_000);

      assert.ok(scene.denials()[0]?.includes(code), String(scene.denials()[0]));
      assert.deepEqual(scene.sent('entry'), []);
    },
    { variations: 3 },
  );
}

scenario(
  'F36',
  'a storm of signals is six entries a minute at most',
  async (scene) => {
    scene.limits({ maxEntriesPerMinute: 6, duplicateWindowMs: 0 });
    for (let n = 0; n < 120; n++) {
      await scene.signal({ symbol: n % 2 === 0 ? 'ES' : 'MES', stopTicks: 20 + (n % 7) });
      await scene.does({ kind: 'exitSignal', symbol: n % 2 === 0 ? 'MES' : 'ES' });
      await scene.pass(500);
    }
    assert.ok(scene.sent('entry').length <= 7, `${scene.sent('entry').length} entries`);
  },
  { variations: 5 },
);

scenario('F20', 'levels of a dead indicator are no levels', async (scene) => {
  await scene.wishes({ action: 'BUY', stopPrice: 0, targetPrice: 0 });
  await scene.wishes({ action: 'BUY', stopPrice: 0, targetPrice: 6_860 });
  await scene.pass(2_000);

  assert.deepEqual(scene.sent('entry'), []);
  assert.equal(scene.facts('EntryDenied').length, 2);
});
