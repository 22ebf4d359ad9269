/** Catalogue 2.1: loss of control of the position. */
import assert from 'node:assert/strict';
import { scenario } from './scenario';

scenario(
  'F01 S-01',
  'an exit after the exit has filled reduces nothing, so nothing is sent',
  async (scene) => {
    await scene.holds('MES', -2);
    await scene.does({ kind: 'exitSignal', symbol: 'MES' });
    await scene.until('flat', () => scene.position('MES') === 0);
    await scene.does({ kind: 'exitSignal', symbol: 'MES' });
    await scene.pass(5_500);
    await scene.does({ kind: 'exitSignal', symbol: 'MES' });
    await scene.pass(5_500);

    assert.equal(scene.position('MES'), 0);
    assert.deepEqual(scene.working('MES'), []);
    assert.equal(scene.sent('exit').length, 1);
  },
);
