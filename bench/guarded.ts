/** Ours: signal accepted, guards, advisor, journal durable, three order frames at the other end of the socket. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { wallClock } from '../server/adapters/clock/wall';
import { createIbBroker } from '../server/adapters/ib/broker';
import { openJournal } from '../server/adapters/journal/journal';
import type { AdvisorRequest } from '../server/engine/model/advisory';
import { markTicks } from '../server/engine/model/instrument';
import { priceOf } from '../server/engine/model/money';
import { isLive } from '../server/engine/model/order';
import { INITIAL_STATE } from '../server/engine/model/state';
import { dispatchTo } from '../server/worker/dispatch';
import { EngineLoop } from '../server/worker/loop';
import { type Stage, until } from './stage';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const goAlways = ({ ts: _ }: AdvisorRequest) =>
  ({
    verdict: 'GO',
    confidence: 1,
    words: 'bench',
    trend: 'RANGE',
    volatility: 'LOW',
    advisor: 'bench',
    latencyMs: 0,
  }) as const;

/** @returns ms from the accepted signal to the third order frame, one sample a bracket, and quotes stepped per second. */
export async function measureGuarded(stage: Stage, samples: number, pauseMs: number): Promise<number[]> {
  const home = mkdtempSync(path.join(tmpdir(), 'interlock-bench-'));
  const journal = await openJournal({
    databaseUrl: `file:${path.join(home, 'bench.db')}`,
    engineVersion: 'bench',
  });
  const clock = wallClock();
  const settings = {
    host: '127.0.0.1',
    port: stage.tapPort,
    clientId: 21,
    lastOrderId: 0,
    symbols: ['ES'],
    armedLiveAccount: null,
  };
  const broker = createIbBroker({ ...settings, clock, log: quiet });
  const loop = new EngineLoop(
    {
      journal,
      clock,
      dispatch: dispatchTo({
        broker,
        notifier: { notify() {} },
        lease: { holds: () => true, mayHold: () => true },
        journalFailed: () => false,
        onLeaseLost() {},
      }),
      ask: goAlways,
      onState() {},
      onJournalFailed() {},
      onFatal(error) {
        throw error;
      },
    },
    { state: INITIAL_STATE, seq: 0 },
  );
  await loop.submit({ type: 'WorkerStarted', version: 'bench', replayedEntries: 0 });
  const limits = {
    maxDailyTrades: 1e9,
    maxEntriesPerMinute: 1e9,
    duplicateWindowMs: 0,
    priceCollarTicks: 400,
    maxDailyLossMicros: 1e15,
    maxOrdersPerSecond: 1e9,
    maxOrdersPerMinute: 1e9,
    maxContractsPerMinute: 1e9,
    maxRepeatedEntries: 1e9,
  };
  await loop.submit({ type: 'LimitsChanged', limits, by: 'bench', why: 'measure' });
  broker.start((event) => loop.post(event));
  const tick = setInterval(() => loop.post({ type: 'ClockTicked' }), 250);
  await until(
    () => loop.state.reconciliation.phase === 'clean' && markTicks(loop.state.market.quotes.ES) !== null,
    'Reconciling',
  );

  const taken: number[] = [];
  for (let n = 0; n < samples; n++) {
    await until(() => !Object.values(loop.state.orders).some(isLive), 'The cancel of the last bracket');
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    const entry = (markTicks(loop.state.market.quotes.ES) ?? 0) - 300;
    const price = (ticks: number) => priceOf(ticks, 0.25);
    const arrived = stage.orders(3);
    const startedNs = process.hrtime.bigint();
    await loop.submit({
      type: 'SignalReceived',
      signal: {
        signalId: `bench-${n}`,
        source: 'bench',
        strategy: 'bench',
        symbol: 'ES',
        action: 'BUY',
        quantity: 1,
        orderType: 'LMT',
        entryPrice: price(entry),
        stopPrice: price(entry - 20),
        targetPrice: price(entry + 40),
        confidence: 0.5,
        createdTs: clock.now().ts,
      },
    });
    const last = (await arrived).at(-1) ?? startedNs;
    taken.push(Number(last - startedNs) / 1e6);
    const commandId = `bench-cancel-${n}`;
    await loop.submit({
      type: 'OperatorCommanded',
      command: {
        commandId,
        operator: 'bench',
        via: 'test',
        action: { kind: 'CancelEntries', scope: '*', reason: 'bench' },
      },
    });
  }
  clearInterval(tick);
  await broker.stop();
  await loop.stop();
  await journal.close();
  rmSync(home, { recursive: true, force: true });
  return taken;
}
