/** How fast the simulation runs: seeds and simulated hours a second, in this process and on all cores. */
import { availableParallelism } from 'node:os';
import { Exchange } from '../server/exchange/exchange';
import { planOf } from '../server/sim/act/draw';
import type { Plan } from '../server/sim/act/plan';
import { simMarket } from '../server/sim/market';
import { runSeeds } from '../server/sim/pool';
import { runPlan } from '../server/sim/run';
import { figure, portion, ratio, type Section } from './section';

const FROM = 1;
const WARM_UP = 30;
const HOUR_MS = 3_600_000;

interface Pace {
  seeds: number;
  /** Of real time. */
  ms: number;
  simulatedMs: number;
  entries: number;
}

/** One after another, here. @returns also how long each seed went on. */
async function inThisProcess(plans: readonly Plan[]): Promise<{ pace: Pace; simulatedMs: number[] }> {
  const started = performance.now();
  const simulatedMs: number[] = [];
  let entries = 0;
  for (const plan of plans) {
    const result = await runPlan(plan);
    simulatedMs.push(result.simulatedMs);
    entries += result.entries;
  }
  const ms = performance.now() - started;
  return { pace: { seeds: plans.length, ms, simulatedMs: sum(simulatedMs), entries }, simulatedMs };
}

/** From the first chunk that is done: starting processes is not what is measured. */
async function onAllCores(count: number, jobs: number): Promise<Pace> {
  const pace: Pace = { seeds: 0, ms: 0, simulatedMs: 0, entries: 0 };
  let started: number | null = null;
  await runSeeds({
    from: FROM,
    count,
    jobs,
    verifyEvery: 0,
    done: (result) => {
      if (started === null) {
        started = performance.now();
        return true;
      }
      pace.seeds += result.count;
      pace.simulatedMs += result.simulatedMs;
      pace.entries += result.entries;
      pace.ms = performance.now() - started;
      return true;
    },
  });
  return pace;
}

/** The peer: the exchange model alone goes through the same hours of the same market; nobody trades. */
function exchangeAlone(plans: readonly Plan[], simulatedMs: readonly number[]): Pace {
  const started = performance.now();
  plans.forEach(({ seed, setting }, n) => {
    const { startTs, exchangeMs, childActivation, fillReporting } = setting;
    const customs = { latencyMs: exchangeMs, childActivation, fillReporting };
    const market = simMarket(setting.mood, () => undefined);
    const exchange = new Exchange({ seed, startTs, startingCash: 10_000_000, market, ...customs });
    const untilTs = startTs + (simulatedMs[n] ?? 0);
    for (let next = exchange.nextEventTs(); next <= untilTs; next = exchange.nextEventTs())
      exchange.advanceTo(next);
  });
  return { seeds: plans.length, ms: performance.now() - started, simulatedMs: sum(simulatedMs), entries: 0 };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

export const seeds: Section = {
  about: 'seeds and simulated hours a second',
  run: async (share) => {
    const plans = Array.from({ length: portion(600, share, 50) }, (_, n) => planOf(FROM + n));
    const warm = await inThisProcess(plans.slice(0, WARM_UP));
    exchangeAlone(plans.slice(0, WARM_UP), warm.simulatedMs);
    const one = await inThisProcess(plans);
    const peer = exchangeAlone(plans, one.simulatedMs);
    const jobs = availableParallelism();
    const all = await onAllCores(portion(1_600, share, 100 * (jobs + 1)), jobs);
    const perSecond = (pace: Pace, amount: number) => (amount / pace.ms) * 1_000;
    const row = (pace: Pace, cores: number) => ({
      'seeds a second': figure(perSecond(pace, pace.seeds)),
      'simulated hours a second': figure(perSecond(pace, pace.simulatedMs / HOUR_MS)),
      'journal entries a second': pace.entries === 0 ? '' : figure(perSecond(pace, pace.entries)),
      'time a seed to exchange alone': ratio((pace.ms * cores) / pace.seeds, peer.ms / peer.seeds),
    });
    return [
      {
        title: `Simulated mornings with everything in them: worker, broker, faults, checks (${plans.length} seeds from ${FROM})`,
        rows: {
          'one process': row(one.pace, 1),
          [`all cores (${jobs} processes)`]: row(all, jobs),
          'exchange model alone, same markets and hours': row(peer, 1),
        },
      },
    ];
  },
};
