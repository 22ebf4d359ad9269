/** Where signals come from besides HTTP: a file played on the exchange's clock, and the demo strategy of the paper gateway. */
import type { Logger } from 'pino';
import { demoSource } from '../adapters/signals/demo';
import { fileSource } from '../adapters/signals/file';
import { positionOf } from '../engine/model/book';
import { type Bar, markTicks } from '../engine/model/instrument';
import { priceOf } from '../engine/model/money';
import type { ReasonCode } from '../engine/model/reason';
import type { Signal } from '../engine/model/signal';
import type { EngineState } from '../engine/model/state';
import type { Clock, SignalOutcome } from '../ports';
import type { Settings } from '../settings';

export interface Intake {
  submit(signal: Signal): Promise<SignalOutcome>;
  refuse(source: string, code: ReasonCode, detail: string, excerpt: string): Promise<void>;
}

export interface RunningSource {
  name: string;
  stop(): void;
}

export interface SourceParts {
  settings: Settings;
  clock: Clock;
  intake: Intake;
  state: () => EngineState;
  log: Logger;
}

export async function startSources(parts: SourceParts): Promise<readonly RunningSource[]> {
  const { settings, clock, intake, state, log } = parts;
  const running: RunningSource[] = [];
  if (settings.signalsFile !== null) {
    const file = fileSource({ path: settings.signalsFile, clock, ...intake, log });
    if ((await file.start()) === 'playing') running.push(file);
  }
  if (settings.demo && settings.gateway.kind === 'paper') {
    const demo = demoSource({
      clock,
      submit: intake.submit,
      market: () => demoMarket(state()),
      isPaper: () =>
        state().link.phase === 'connected' && state().link.paper && state().reconciliation.phase === 'clean',
      log,
      seed: 7,
    });
    demo.start();
    running.push(demo);
  }
  return running;
}

function demoMarket(state: EngineState) {
  return Object.values(state.instruments).map(({ symbol, tickSize }) => {
    const mark = markTicks(state.market.quotes[symbol]);
    return {
      symbol,
      tickSize,
      noiseTicks: noiseOf(state.bars[symbol] ?? []),
      lastPrice: mark === null ? null : priceOf(mark, tickSize),
      position: positionOf(state, symbol),
      waiting: Object.values(state.proposals).some((proposal) => proposal.plan.symbol === symbol),
    };
  });
}

const NOISE_BARS = 14;

/** Mean range of the last bars, ticks. */
function noiseOf(bars: readonly Bar[]): number | null {
  const last = bars.slice(-NOISE_BARS);
  if (last.length < NOISE_BARS) return null;
  return last.reduce((sum, bar) => sum + bar.highTicks - bar.lowTicks, 0) / last.length;
}
