/** Catalogue 2.5: what the advisor says, what people command. */
import assert from 'node:assert/strict';
import { scenario } from './scenario';

const WHY = 'The scenario needs it.';
const FLATTEN = { kind: 'Flatten', scope: '*', reason: WHY } as const;

for (const verdict of ['WAIT', 'never', 'late', 'throws'] as const) {
  scenario('F47 F48', `an advisor that answers ${verdict} blocks the entry`, async (scene) => {
    await scene.signal({ verdict, confidence: 0.75 });
    await scene.pass(20_000);

    assert.deepEqual(scene.sent('entry'), []);
    assert.equal(scene.facts('ProposalWaiting').length, 1);
  });
}

scenario(
  'F47',
  'a WAIT is lifted by a confidence above the threshold, and that is recorded',
  async (scene) => {
    await scene.signal({ verdict: 'WAIT', confidence: 0.76 });
    await scene.until('held', () => scene.position('ES') === 1);

    assert.deepEqual(
      scene.facts('WaitOverridden').map(({ confidence, threshold }) => [confidence, threshold]),
      [[0.76, 0.75]],
    );
  },
);

scenario('S-18', 'a halt while the advisor thinks: its GO sends nothing', async (scene) => {
  scene.limits({ advisorDeadlineMs: 60_000 });
  await scene.signal({ verdict: 'late' });
  await scene.pass(1_000);
  await scene.presses({ kind: 'HaltEntries', scope: '*', reason: WHY });
  await scene.pass(5_000);

  assert.deepEqual(scene.sent('entry'), []);
  assert.ok(scene.denials()[0]?.includes('ENTRIES_HALTED'));
});

scenario('S-18', 'an advisor that says GO too late has said WAIT', async (scene) => {
  await scene.signal({ verdict: 'late' });
  await scene.pass(6_000);

  assert.deepEqual(scene.sent('entry'), []);
  assert.equal(scene.facts('AdvisorUnavailable').length, 1);
});

scenario('S-19', 'an approval counts once, for one proposal', async (scene) => {
  await scene.signal({ verdict: 'WAIT', confidence: 0.5 });
  await scene.until('waiting', () => scene.facts('ProposalWaiting').length === 1);
  await scene.does({ kind: 'approve', forged: true, twice: false });
  assert.deepEqual(scene.sent('entry'), []);
  await scene.does({ kind: 'approve', forged: false, twice: true });
  await scene.does({ kind: 'approve', forged: false, twice: false });
  await scene.until('held', () => scene.position('ES') === 1);
  await scene.pass(3_000);

  assert.equal(scene.facts('CommandRepeated').length, 1);
  assert.equal(scene.sent('entry').length, 1);
  assert.equal(scene.position('ES'), 1);
});

scenario(
  'F49 S-15',
  'flatten while disconnected: it waits, says so, and closes when the broker is back',
  async (scene) => {
    await scene.holds('ES', 2);
    await scene.does({ kind: 'gatewayDown', forMs: 15_000, rollback: 0 });
    await scene.presses(FLATTEN);
    await scene.until('said', () => scene.criticals().length > 0, 12_000);
    assert.deepEqual(
      scene.facts('FlattenEnded').filter((fact) => fact.flat),
      [],
    );
    await scene.until('flat', () => scene.position('ES') === 0, 40_000);
  },
);

scenario(
  'F49 S-15',
  'flatten in a closed market: said at once, nothing sent, the stop stays, and it closes at the open',
  async (scene) => {
    await scene.holds('ES', 2);
    await scene.until('closed', () => scene.world.ms > 31_000, 40_000);
    await scene.presses(FLATTEN);
    await scene.until('said', () => scene.criticals().length > 0, 12_000);
    assert.deepEqual(scene.sent('exit'), []);
    assert.ok(scene.working('ES').includes('stop SELL 2'));
    assert.deepEqual(
      scene.facts('FlattenEnded').filter((fact) => fact.flat),
      [],
    );
    await scene.until('flat after the open', () => scene.position('ES') === 0, 3_700_000);
  },
  { variations: 4, setting: { startTs: Date.UTC(2025, 11, 3, 21, 59, 30) } },
);

scenario(
  'F49 S-15',
  'flatten refused three times: it goes on, and is flat when the broker says so',
  async (scene) => {
    await scene.holds('ES', 2);
    for (let n = 0; n < 3; n++) await scene.refuses('exit', 'statusFirst', 201, 'Order rejected.');
    await scene.presses(FLATTEN);
    await scene.until('flat', () => scene.facts('FlattenEnded').some((fact) => fact.flat), 30_000);

    assert.equal(scene.position('ES'), 0);
    assert.deepEqual(scene.working('ES'), []);
  },
);

scenario('F49 S-15', 'flatten that fills in parts is flat when the last part has filled', async (scene) => {
  await scene.holds('ES', 4);
  scene.depth(1);
  await scene.pass(1_500);
  await scene.presses(FLATTEN);
  await scene.until('flat', () => scene.facts('FlattenEnded').some((fact) => fact.flat), 30_000);

  assert.equal(scene.position('ES'), 0);
});

scenario(
  'F49 S-15',
  'a person trades the other way during a flatten: it ends flat by the broker, not by our count',
  async (scene) => {
    await scene.holds('ES', 2);
    await scene.presses(FLATTEN);
    await scene.does({ kind: 'manualTrade', symbol: 'ES', signed: -3 });
    await scene.until('flat', () => scene.position('ES') === 0 && scene.book('ES') === 0, 60_000);
  },
);

scenario('F49 S-15', 'flatten pressed twice by two people is one flatten', async (scene) => {
  await scene.holds('ES', 2);
  await scene.presses(FLATTEN);
  await scene.presses(FLATTEN);
  await scene.until('flat', () => scene.facts('FlattenEnded').some((fact) => fact.flat), 30_000);

  assert.equal(scene.facts('FlattenStarted').length, 1);
  assert.equal(scene.sent('exit').length, 1);
});

scenario('F49', 'flatten cancels what may still enter before it closes', async (scene) => {
  await scene.signal({ symbol: 'MES', type: 'LMT', awayTicks: 6 });
  await scene.holds('ES', 1);
  await scene.presses(FLATTEN);
  await scene.moves(-10);
  await scene.until('flat', () => scene.facts('FlattenEnded').some((fact) => fact.flat), 30_000);

  assert.equal(scene.position('MES'), 0);
  assert.deepEqual(scene.working('MES'), []);
});

scenario(
  'S-17',
  'an order of a person in TWS is seen, named and left alone',
  async (scene) => {
    await scene.does({ kind: 'manualOrder', symbol: 'ES', side: 'BUY', quantity: 1, awayTicks: 20 });
    await scene.does({ kind: 'dropLine' });
    await scene.until('seen', () => scene.facts('ForeignOrderSeen').length > 0, 20_000);
    await scene.pass(10_000);

    assert.deepEqual(scene.working('ES'), ['manual BUY 1']);
  },
  { rests: false },
);

scenario(
  'S-17',
  'a position that a person opened in TWS is found, covered and asked about',
  async (scene) => {
    await scene.does({ kind: 'manualTrade', symbol: 'ES', signed: 2 });
    await scene.until('known', () => scene.book('ES') === 2, 30_000);
    await scene.until('covered', () => scene.covered('ES'), 5_000);

    assert.equal(scene.facts('OrphanFound').length, 1);
    assert.deepEqual(scene.sent('entry'), []);
  },
);

scenario('S-18 I20', 'after a halt no entry stays at the broker', async (scene) => {
  scene.limits({ entryLifeMs: 60_000 });
  await scene.signal({ symbol: 'ES', type: 'LMT', awayTicks: 6 });
  await scene.until('working', () => scene.working('ES').some((order) => order.startsWith('entry')));
  await scene.presses({ kind: 'Halt', scope: '*', reason: WHY });
  await scene.until('cancelled', () => scene.working('ES').length === 0, 3_000);

  assert.equal(scene.position('ES'), 0);
});

scenario('I19', 'a weaker halt takes no stronger one back, and neither does a new worker', async (scene) => {
  await scene.presses({ kind: 'Halt', scope: '*', reason: WHY });
  await scene.presses({ kind: 'HaltEntries', scope: '*', reason: WHY });
  await scene.pass(1_000);
  assert.equal(scene.state.modes['*']?.mode, 'Halted');
  await scene.dies();
  await scene.until('reconciled', (state) => state.reconciliation.phase === 'clean', 20_000);

  assert.equal(scene.state.modes['*']?.mode, 'Halted');
});
