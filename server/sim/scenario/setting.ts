/** A quiet world: the market stands still unless it is told to move, and nothing goes wrong by itself. What IB leaves open varies. */
import { seededRandom } from '../../exchange/random';
import type { Plan, Setting } from '../act/plan';

/** 09:00 US/Central on the morning of the incident. */
const MORNING = Date.UTC(2025, 11, 12, 15, 0);

/** @param variation each draws other latencies, orders of events and readings of IB's behaviour. */
export function quietPlan(variation: number, setting: Partial<Setting>): Plan {
  const random = seededRandom(Math.imul(variation + 1, 0x9e3779b1));
  const pick = <T>(...values: readonly T[]): T => values[random.below(values.length)] as T;
  const leastMs = random.below(6);
  return {
    seed: variation + 1,
    acts: [],
    healMs: 0,
    setting: {
      startTs: MORNING,
      mood: { meanMs: 400, deviation: 0, jumps: 0, jumpTicks: 0, depth: 20 },
      childActivation: pick('onFill', 'onFullFill'),
      fillReporting: pick('executionFirst', 'statusFirst'),
      othersExecutions: pick(true, false),
      keepsOrdersWhileCut: pick(true, false),
      lineMs: [leastMs, leastMs + pick(0, 5, 40, 150)],
      exchangeMs: pick(0, 5, 50),
      quoteMs: 250,
      quietMs: 8_000,
      diskMs: pick(0, 3, 30),
      shuffle: pick(true, false),
      ...setting,
    },
  };
}
