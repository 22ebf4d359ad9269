/** The worker's parts as `server/worker/main.ts` puts them together, durable journal included, for a measurement to sit at. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { tapeClock } from '../server/adapters/clock/tape';
import { wallClock } from '../server/adapters/clock/wall';
import { createIbBroker } from '../server/adapters/ib/broker';
import type { IbBrokerOptions } from '../server/adapters/ib/options';
import { openJournal } from '../server/adapters/journal/journal';
import type { AdvisorAnswer } from '../server/engine/model/advisory';
import type { BrokerEvent } from '../server/engine/model/event';
import { markTicks } from '../server/engine/model/instrument';
import type { Limits } from '../server/engine/model/limits';
import type { OperatorAction } from '../server/engine/model/operator';
import type { Signal } from '../server/engine/model/signal';
import { INITIAL_STATE } from '../server/engine/model/state';
import type { JournalEntry } from '../server/engine/model/step';
import { dispatchTo } from '../server/worker/dispatch';
import { EngineLoop } from '../server/worker/loop';
import { until } from './stage';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const GO: AdvisorAnswer = {
  verdict: 'GO',
  confidence: 1,
  words: 'bench',
  trend: 'RANGE',
  volatility: 'LOW',
  advisor: 'bench',
  latencyMs: 0,
};
/** What is measured is speed: no limit of a trading day ends the measurement. */
export const LOOSE: Partial<Limits> = {
  maxDailyTrades: 1e9,
  maxEntriesPerMinute: 1e9,
  maxOrdersPerSecond: 1e9,
  maxOrdersPerMinute: 1e9,
  maxContractsPerMinute: 1e9,
  maxRepeatedEntries: 1e9,
  maxConsecutiveLosses: 1e9,
  duplicateWindowMs: 0,
  cooldownMs: 0,
  priceCollarTicks: 400,
  maxDailyLossMicros: 1e15,
  maxDrawdownMicros: 1e15,
  maxLossPerTradeMicros: 1e15,
  maxPositionContracts: 1e9,
};

export interface Seat {
  readonly loop: EngineLoop;
  readonly broker: ReturnType<typeof createIbBroker>;
  /** Last trade or middle of the touch, ticks. */
  mark(symbol: string): number;
  signal(signal: Partial<Signal> & Pick<Signal, 'symbol'>): Promise<readonly JournalEntry[]>;
  press(action: OperatorAction): Promise<readonly JournalEntry[]>;
  /** Resolves in the turn in which it has come true, after a step or at once. */
  sees(test: () => boolean): Promise<void>;
  leave(): Promise<void>;
}

export interface SeatOptions {
  port: number;
  clientId: number;
  symbols?: readonly string[];
  /** Of a market that runs faster than the wall. */
  speed?: number;
  /** Waits of the adapter that are not what is measured. */
  timing?: Partial<Pick<IbBrokerOptions, 'backoffMostMs'>>;
  /** Hears what the adapter tells, before the loop does. */
  told?(event: BrokerEvent): void;
  /** Hears what is on disk. */
  written?(entries: readonly JournalEntry[]): void;
}

/** Resolves when the book is compared with the broker's and every instrument has a price. */
export async function takeSeat(options: SeatOptions): Promise<Seat> {
  const { port, clientId, symbols = ['ES'], speed, timing, told, written } = options;
  const home = mkdtempSync(path.join(tmpdir(), 'interlock-bench-'));
  const databaseUrl = `file:${path.join(home, 'bench.db')}`;
  const journal = await openJournal({ databaseUrl, engineVersion: 'bench' });
  const clock = speed === undefined ? wallClock() : tapeClock({ speed });
  const settings = { host: '127.0.0.1', port, clientId, lastOrderId: 0, symbols, armedLiveAccount: null };
  const broker = createIbBroker({ ...settings, ...timing, clock, log: quiet });
  const waiting = new Set<() => void>();
  const lease = { holds: () => true, mayHold: () => true };
  const loop = new EngineLoop(
    {
      journal,
      clock,
      dispatch: dispatchTo({
        broker,
        notifier: { notify() {} },
        lease,
        journalFailed: () => false,
        onLeaseLost() {},
      }),
      ask: () => GO,
      onState: (_, entries) => {
        written?.(entries);
        for (const look of [...waiting]) look();
      },
      onJournalFailed: fail,
      onFatal: fail,
    },
    { state: INITIAL_STATE, seq: 0 },
  );
  await loop.submit({ type: 'WorkerStarted', version: 'bench', replayedEntries: 0 });
  await loop.submit({ type: 'LimitsChanged', limits: LOOSE, by: 'bench', why: 'measure' });
  broker.start((event) => {
    told?.(event);
    loop.post(event);
  });
  const tick = setInterval(() => loop.post({ type: 'ClockTicked' }), 250);
  const mark = (symbol: string) => markTicks(loop.state.market.quotes[symbol]);
  const ready = () =>
    loop.state.reconciliation.phase === 'clean' && symbols.every((symbol) => mark(symbol) !== null);
  await until(ready, 'Reconciling', 30_000);
  let ids = 0;
  return {
    loop,
    broker,
    mark: (symbol) => mark(symbol) ?? 0,
    signal: (signal) =>
      loop.submit({
        type: 'SignalReceived',
        signal: { ...PLAIN, ...signal, ...fresh(++ids, clock.now().ts) },
      }),
    press: (action) => {
      const command = { commandId: `bench-press-${++ids}`, operator: 'bench', via: 'bench', action };
      return loop.submit({ type: 'OperatorCommanded', command });
    },
    sees: (test) =>
      new Promise((resolve) => {
        const look = () => {
          if (!test()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    leave: async () => {
      clearInterval(tick);
      await broker.stop();
      await loop.stop();
      await journal.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function fail(error: Error): never {
  throw error;
}

const PLAIN: Omit<Signal, 'symbol' | 'signalId' | 'createdTs'> = {
  source: 'bench',
  strategy: 'bench',
  action: 'BUY',
  quantity: 1,
  orderType: 'MKT',
  entryPrice: null,
  stopPrice: null,
  targetPrice: null,
  confidence: 0.5,
};

function fresh(n: number, createdTs: number): Pick<Signal, 'signalId' | 'createdTs'> {
  return { signalId: `bench-${n}`, createdTs };
}
