/** Ten minutes of the demo strategy on a market that the test makes. */
import { describe, expect, it } from 'vitest';
import { ticksOf } from '../../engine/model/money';
import type { Signal } from '../../engine/model/signal';
import { hostAfter } from '../clock/host';
import { demoSource } from './demo';
import type { DemoMarket } from './demo-wish';

const START = Date.UTC(2025, 11, 12, 15);
const PRICES = { ES: 6890.25, MES: 6890.5, NQ: 25_200.75, MNQ: 25_200.5 };

interface Scene {
  seed?: number;
  isPaper?: () => boolean;
  /** What the position or the queue does with a signal. */
  onSignal?: (signal: Signal, market: Map<string, DemoMarket>) => void;
  minutes?: number;
  startTs?: number;
}

function run({ seed = 7, isPaper = () => true, onSignal, minutes = 10, startTs = START }: Scene = {}) {
  const market = new Map<string, DemoMarket>(
    Object.entries(PRICES).map(([symbol, lastPrice]) => [
      symbol,
      { symbol, lastPrice, tickSize: 0.25, noiseTicks: 20, position: 0, waiting: false },
    ]),
  );
  const signals: (Signal & { atMs: number })[] = [];
  const logged: string[] = [];
  const note = (_fields: object, words: string) => void logged.push(words);
  let elapsed = 0;
  let beat = () => {};
  const source = demoSource({
    clock: {
      now: () => ({ ts: startTs && startTs + elapsed, hostMs: elapsed }),
      after: hostAfter,
      sync: () => {},
    },
    submit: async (signal) => {
      signals.push({ ...signal, atMs: elapsed });
      onSignal?.(signal, market);
      return { result: 'accepted', codes: [], cycleId: null, detail: '', seq: 1 };
    },
    market: () => [...market.values()],
    isPaper,
    log: { info: note, warn: note, error: note },
    seed,
    every: (_ms, tick) => {
      beat = tick;
      return () => {
        beat = () => {};
      };
    },
  });
  source.start();
  for (; elapsed < minutes * 60_000; elapsed += 250) beat();
  source.stop();
  beat();
  return { signals, logged };
}

const set = (market: Map<string, DemoMarket>, symbol: string, change: Partial<DemoMarket>) => {
  const now = market.get(symbol);
  if (now) market.set(symbol, { ...now, ...change });
};

describe('the demo strategy', () => {
  it('says nothing at all outside the paper gateway, and says why', () => {
    const { signals, logged } = run({ isPaper: () => false });
    expect(signals).toEqual([]);
    expect(logged).toEqual([
      'The demo strategy is silent until the paper gateway is connected and reconciled.',
    ]);
  });

  it('says nothing while the exchange has no time', () => {
    expect(run({ startTs: 0 }).signals).toEqual([]);
  });

  it('shows life within two seconds and all four symbols within six', () => {
    const { signals } = run({ minutes: 0.1 });
    expect(signals[0]?.atMs).toBeLessThan(2_000);
    expect(new Set(signals.map(({ symbol }) => symbol))).toEqual(new Set(Object.keys(PRICES)));
  });

  it('then goes on every four to eight seconds, each signal with an id of its own and marked as demo', () => {
    const { signals } = run();
    const pauses = signals.slice(4).map(({ atMs }, index) => atMs - (signals[index + 3]?.atMs ?? 0));
    expect(Math.min(...pauses.slice(1))).toBeGreaterThanOrEqual(4_000);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(8_250);
    expect(new Set(signals.map(({ signalId }) => signalId)).size).toBe(signals.length);
    expect(new Set(signals.map(({ strategy, source }) => `${source}: ${strategy}`))).toEqual(
      new Set(['demo: demo (paper only)']),
    );
  });

  it('mostly wishes sound brackets on the grid, and shows each kind of blunder', () => {
    const { signals } = run();
    const kinds = signals.map(({ action, symbol, orderType, entryPrice, stopPrice, targetPrice }) => {
      const entry = entryPrice ?? PRICES[symbol as keyof typeof PRICES];
      const sign = action === 'BUY' ? 1 : -1;
      expect(entryPrice === null).toBe(orderType === 'MKT');
      if (stopPrice === null || targetPrice === null) return 'missing stop';
      if (ticksOf(stopPrice, 0.25) === null) return 'off grid';
      const stopTicks = (sign * (entry - stopPrice)) / 0.25;
      const targetTicks = (sign * (targetPrice - entry)) / 0.25;
      if (stopTicks < 0 && targetTicks < 0) return 'inverted';
      expect(stopTicks).toBeGreaterThanOrEqual(12);
      expect(stopTicks).toBeLessThanOrEqual(28);
      expect(targetTicks).toBeGreaterThanOrEqual(12);
      expect(targetTicks).toBeLessThanOrEqual(40);
      return 'sound';
    });
    expect(new Set(kinds)).toEqual(new Set(['sound', 'missing stop', 'off grid', 'inverted']));
    expect(kinds.filter((kind) => kind === 'sound').length / kinds.length).toBeGreaterThan(0.75);
  });

  it('is meek until something waits for a person, and bold once two do', () => {
    const meek = run().signals.map(({ confidence }) => confidence ?? 0);
    expect(Math.max(...meek)).toBeLessThan(0.75);
    expect(Math.min(...meek)).toBeGreaterThanOrEqual(0.35);
    const { signals } = run({
      onSignal: (_signal, market) => {
        set(market, 'ES', { waiting: true });
        set(market, 'NQ', { waiting: true });
      },
    });
    const bold = signals.slice(1);
    expect(bold.every(({ confidence }) => (confidence ?? 0) > 0.75)).toBe(true);
    expect(new Set(bold.map(({ symbol }) => symbol))).toEqual(new Set(['MES', 'MNQ']));
  });

  it('leaves a symbol alone while it is held, and closes it after half a minute', () => {
    const { signals } = run({
      onSignal: ({ action, symbol }, market) => {
        if (symbol !== 'ES') return;
        set(market, 'ES', { position: action === 'EXIT' ? 0 : -2 });
      },
    });
    const es = signals.filter(({ symbol }) => symbol === 'ES');
    expect(es.length).toBeGreaterThan(4);
    for (const [index, signal] of es.entries()) {
      expect(signal.action === 'EXIT').toBe(index % 2 === 1);
      if (signal.action !== 'EXIT') continue;
      expect(signal.quantity).toBe(2);
      expect(signal.atMs - (es[index - 1]?.atMs ?? 0)).toBeGreaterThanOrEqual(30_000);
    }
    expect((es[1]?.atMs ?? 0) - (es[0]?.atMs ?? 0)).toBeLessThan(45_000);
  });

  it('is the same for the same seed, and another for another', () => {
    expect(run({ seed: 1 }).signals).toEqual(run({ seed: 1 }).signals);
    expect(run({ seed: 1 }).signals).not.toEqual(run({ seed: 2 }).signals);
  });
});
