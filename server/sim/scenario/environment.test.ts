/** Catalogue 2.4: prices, lines, machines and hours. */
import assert from 'node:assert/strict';
import { scenario } from './scenario';

const HOUR_MS = 3_600_000;

scenario(
  'F12 S-09',
  'before the daily halt: no exit goes to a closed venue, one goes out at the open',
  async (scene) => {
    await scene.holds('MES', -1);
    await scene.until('closed', () => scene.world.ms > 31_000, 40_000);
    for (let n = 0; n < 4; n++) {
      await scene.does({ kind: 'exitSignal', symbol: 'MES' });
      await scene.pass(5_000);
    }
    assert.deepEqual(scene.sent('exit'), []);
    assert.deepEqual(scene.working('MES'), ['stop BUY 1', 'target BUY 1']);
    await scene.until('flat after the open', () => scene.position('MES') === 0, HOUR_MS + 60_000);

    assert.equal(scene.sent('exit').length, 1);
  },
  { variations: 4, setting: { startTs: Date.UTC(2025, 11, 3, 21, 59, 30) } },
);

scenario(
  'F12 S-09',
  'the early close of 24 December is in our own table: no entry and no exit after 12:15',
  async (scene) => {
    await scene.holds('MES', -1);
    await scene.until('closed', () => scene.world.ms > 31_000, 40_000);
    await scene.signal({ symbol: 'ES' });
    for (let n = 0; n < 4; n++) {
      await scene.does({ kind: 'exitSignal', symbol: 'MES' });
      await scene.pass(5_000);
    }
    assert.deepEqual(scene.sent('exit'), []);
    assert.equal(scene.sent('entry').length, 1);
    assert.deepEqual(scene.working('MES'), ['stop BUY 1', 'target BUY 1']);
  },
  { setting: { startTs: Date.UTC(2025, 11, 24, 18, 14, 30) }, rests: false },
);

scenario(
  'F39 S-12',
  'a price that stands still for 2 h 42 min lets no entry through, and holds no exit back',
  async (scene) => {
    await scene.holds('ES', 1);
    await scene.does({ kind: 'freeze', forMs: 162 * 60_000 });
    for (let n = 0; n < 8; n++) {
      await scene.pass(20 * 60_000);
      await scene.signal({ symbol: 'MES' });
    }
    assert.ok(scene.denials().at(-1)?.includes('STALE_MARKET_DATA'));
    assert.equal(scene.sent('entry').length, 1);
    assert.deepEqual(scene.working('ES'), ['stop SELL 1', 'target SELL 1']);
    await scene.does({ kind: 'exitSignal', symbol: 'ES' });
    await scene.until('flat', () => scene.position('ES') === 0);
  },
  { variations: 2 },
);

scenario('F39', 'a price that has not moved for eight seconds is no price to enter at', async (scene) => {
  await scene.does({ kind: 'freeze', forMs: 30_000 });
  await scene.pass(8_000);
  await scene.signal({ symbol: 'ES' });
  await scene.pass(1_000);

  assert.deepEqual(scene.denials(), [['STALE_MARKET_DATA']]);
  assert.deepEqual(scene.sent('entry'), []);
});

scenario('F39 F38', 'a price that stands still holds no protection back', async (scene) => {
  await scene.holds('ES', 2);
  await scene.does({ kind: 'freeze', forMs: 120_000 });
  await scene.pass(30_000);
  await scene.does({ kind: 'brokerCancels', role: 'stop' });
  await scene.until('replaced', () => scene.sent('emergency').length === 1 && scene.covered('ES'));

  assert.ok(scene.record.longestBareMs <= 3_000);
});

scenario(
  'F40 L6',
  'blind in a position: a person is told each time, the stop at the broker stays, and an exit goes to the market',
  async (scene) => {
    await scene.holds('ES', 1);
    for (const times of [1, 2]) {
      await scene.does({ kind: 'freeze', forMs: 30_000 });
      await scene.until('told', () => scene.facts('PositionBlind').length === times, 20_000);
      assert.deepEqual(scene.working('ES'), ['stop SELL 1', 'target SELL 1']);
      await scene.until('seen', () => scene.facts('PositionSeen').length === times, 20_000);
    }
    await scene.does({ kind: 'freeze', forMs: 40_000 });
    await scene.pass(18_000);
    await scene.does({ kind: 'exitSignal', symbol: 'ES' });
    await scene.until('flat', () => scene.position('ES') === 0, 10_000);
  },
);

scenario(
  'F40',
  'no prices for longer than the limit: entries in the instrument stop by themselves',
  async (scene) => {
    scene.limits({ staleDataTripMs: 15_000 });
    await scene.holds('ES', 1);
    await scene.does({ kind: 'freeze', forMs: 60_000 });
    await scene.until('stopped', ({ modes }) => modes.ES?.mode === 'Reducing', 20_000);

    assert.deepEqual(scene.working('ES'), ['stop SELL 1', 'target SELL 1']);
  },
);

scenario('F40 L6', 'what could not be heard is no blindness: an outage, and its reconnect', async (scene) => {
  await scene.holds('ES', 1);
  await scene.does({ kind: 'gatewayDown', forMs: 25_000, rollback: 0 });
  await scene.until('cut', (state) => state.link.phase !== 'connected', 10_000);
  await scene.until('back', (state) => state.reconciliation.phase === 'clean', 60_000);
  await scene.pass(5_000);

  assert.deepEqual(scene.facts('PositionBlind'), []);
});

scenario('F40', 'without contracts nothing is traded, and the reason is said', async (scene) => {
  await scene.weather({ lostAnswers: 1 });
  await scene.does({ kind: 'crash', point: 'now', downMs: 0, clientId: null, restore: 10_000 });
  await scene.pass(20_000);
  await scene.signal({ symbol: 'ES' });
  await scene.pass(5_000);

  assert.deepEqual(scene.sent('entry'), []);
});

scenario(
  'F40',
  'another session takes the quotes: entries stop, the stop stays, and it goes on by itself when that session ends',
  async (scene) => {
    await scene.holds('ES', 1);
    await scene.does({ kind: 'takeQuotes', forMs: 60_000 });
    await scene.pass(8_000);
    await scene.signal({ symbol: 'MES' });
    await scene.pass(1_000);
    assert.deepEqual(scene.denials().at(-1), ['STALE_MARKET_DATA']);
    assert.equal(scene.facts('QuotesRefused').filter(({ symbol }) => symbol === 'ES').length, 1);
    assert.deepEqual(scene.working('ES'), ['stop SELL 1', 'target SELL 1']);
    await scene.until('quotes again', (state) => Object.keys(state.feed.refusals).length === 0, 120_000);
    await scene.pass(2_000);
    await scene.does({ kind: 'exitSignal', symbol: 'ES' });
    await scene.until('flat', () => scene.position('ES') === 0);
  },
);

scenario(
  'F30',
  'an execution whose message cannot be read is found by a report at once, and not by the next comparison',
  async (scene) => {
    await scene.pass(3_000);
    await scene.weather({ lostStatuses: 1 });
    await scene.does({ kind: 'unreadable' });
    await scene.signal({ symbol: 'ES' });
    await scene.until('filled', () => scene.position('ES') === 1);
    await scene.until('known', () => scene.book('ES') === 1, 2_000);
    assert.equal(scene.facts('BrokerMessageLost').length, 1);
    assert.deepEqual(scene.sent('emergency'), []);
  },
);

for (const code of [1101, 1102] as const) {
  scenario(
    'F41 S-13',
    `1100, the stop fills, ${code}: the fill is found and nothing is sent twice`,
    async (scene) => {
      await scene.holds('ES', 2);
      await scene.does({ kind: 'upstream', forMs: 20_000, code });
      await scene.moves(-24);
      await scene.does({ kind: 'exitSignal', symbol: 'ES' });
      await scene.until('flat at the broker', () => scene.position('ES') === 0);
      await scene.until(
        'reconciled',
        (state) => state.reconciliation.phase === 'clean' && scene.book('ES') === 0,
        40_000,
      );
      await scene.pass(5_000);

      assert.deepEqual(scene.sent('exit'), []);
      assert.deepEqual(scene.working('ES'), []);
    },
  );

  scenario(
    'F41 S-13',
    `1100, the stop vanishes, ${code}: the position is covered within five seconds`,
    async (scene) => {
      await scene.holds('ES', 2);
      await scene.does({ kind: 'upstream', forMs: 10_000, code });
      await scene.does({ kind: 'brokerCancels', role: 'stop' });
      await scene.until('cut', (state) => state.link.phase !== 'connected');
      await scene.until('connected', (state) => state.link.phase === 'connected', 15_000);
      await scene.until('reconciled', (state) => state.reconciliation.phase === 'clean', 10_000);
      await scene.until('covered', () => scene.covered('ES'), 5_000);
    },
  );
}

scenario(
  'F41 I11',
  'connected again, and no report comes: nothing enters before the book is compared',
  async (scene) => {
    await scene.weather({ lostAnswers: 1 });
    await scene.does({ kind: 'upstream', forMs: 3_000, code: 1102 });
    await scene.until('cut', (state) => state.link.phase !== 'connected');
    await scene.until('connected', (state) => state.link.phase === 'connected');
    await scene.pass(1_500);
    await scene.signal({ symbol: 'ES' });
    await scene.pass(1_000);

    assert.deepEqual(scene.denials(), [['NOT_RECONCILED']]);
    assert.deepEqual(scene.sent('entry'), []);
  },
);

scenario(
  'F41 I8',
  'half a report, said to be whole: the orders that it leaves out are asked about, not replaced',
  async (scene) => {
    await scene.holds('ES', 2);
    await scene.weather({ missingOrders: 1 });
    const reports = () => scene.record.entries.filter(({ event }) => event.type === 'BrokerReported').length;
    const before = reports();
    await scene.does({ kind: 'dropLine' });
    await scene.until('half a report', () => reports() > before, 20_000);
    await scene.weather({ missingOrders: 0 });
    await scene.pass(10_000);

    assert.deepEqual(scene.sent('emergency'), []);
    assert.deepEqual(scene.working('ES'), ['stop SELL 2', 'target SELL 2']);
  },
);

scenario(
  'F41',
  'a line that is half open: the silence is noticed, and an exit goes out once when it is back',
  async (scene) => {
    await scene.holds('ES', 1);
    await scene.does({ kind: 'deaf', forMs: 12_000 });
    await scene.does({ kind: 'exitSignal', symbol: 'ES' });
    await scene.pass(12_000);
    await scene.until('flat', () => scene.position('ES') === 0, 20_000);
    await scene.pass(5_000);

    assert.equal(scene.position('ES'), 0);
  },
);

scenario('F44', 'a cancel that is "not found" is a question, not a cancel', async (scene) => {
  await scene.signal({ symbol: 'ES', type: 'LMT', awayTicks: 6 });
  await scene.until('working', () => scene.working('ES').some((order) => order.startsWith('entry')));
  await scene.weather({ unknownCancels: 1 });
  await scene.presses({ kind: 'CancelEntries', scope: '*', reason: 'Enough.' });
  await scene.pass(3_000);
  assert.deepEqual(scene.facts('OrderCancelled'), []);
  await scene.weather({ unknownCancels: 0 });
  await scene.until('cancelled', () => scene.working('ES').length === 0, 30_000);

  assert.equal(scene.position('ES'), 0);
});
