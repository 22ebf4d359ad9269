/** What a soak has shown, as a table, and whether it passed: it traded in every round, both truths agreed in each, and nothing grew. */
import { figure, print } from '../section';
import type { Weight } from './scale';
import { type Planned, ROUND_MS } from './schedule';
import { growsBeyond, slopeOf } from './steady';
import { counted, type Tally } from './tally';

export interface Reading extends Tally {
  /** Instruments held and orders working at the exchange when it was looked at. */
  held: number;
  working: number;
  agreedMs: number | null;
  difference: string;
  weights: { worker: Weight; gateway: Weight };
}

/** Rounds in which code is compiled and caches fill; and how many more it takes to tell a slope. */
export const WARM_UP_ROUNDS = 4;
const ROUNDS_LEAST = 6;
/**
 * What may grow in a round (36 s of wall time), after the warm-up and beyond doubt: MB, and open things. Half of a worker's 0.15 MB is machine
 * code, of which V8 makes a little more each minute for a quarter of an hour; the rest are the fifty executions and eighty signals of a round:
 * the executions of three days and the last 2,000 signals are remembered, on purpose. A gateway keeps each one-minute bar of its market, for
 * whoever asks: 0.02 MB a round at 60 times speed.
 */
const HEAP_BOUND_MB = 0.25;
const OPEN_BOUND = 0.2;

/** @returns whether it passed */
export function report(title: string, readings: readonly Reading[], plan: readonly Planned[]): boolean {
  const inRound = (n: number) => plan.filter(({ at }) => Math.floor(at / ROUND_MS) === n);
  print({
    title,
    rows: Object.fromEntries(
      readings.map((of, n) => [
        `round ${n + 1}`,
        {
          faults: figure(inRound(n).length),
          executions: figure(of.executions),
          'halts, resumed': figure(of.halts.length),
          'held, working then': `${of.held}, ${of.working}`,
          'agreed after, ms': of.agreedMs === null ? 'NEVER' : figure(of.agreedMs),
          'worker heap, MB': of.weights.worker.heapMb.toFixed(2),
          'gateway heap, MB': of.weights.gateway.heapMb.toFixed(2),
          'resident, MB': `${figure(of.weights.worker.residentMb)}, ${figure(of.weights.gateway.residentMb)}`,
          'sockets, descriptors': [of.weights.worker, of.weights.gateway]
            .map(({ sockets, descriptors }) => `${sockets}, ${descriptors}`)
            .join('; '),
        },
      ]),
    ),
    notes: [
      `halts: ${counted(readings.flatMap(({ halts }) => halts))}`,
      `entries denied: ${counted(readings.flatMap(({ denied }) => denied))}`,
      ...readings.flatMap(({ difference, executions }, n) => {
        if (executions === 0) return [`round ${n + 1}: nothing traded`];
        if (difference === '') return [];
        const faults = inRound(n).map(
          ({ at, fault, forMs }) => `${at % ROUND_MS} ${fault}${forMs ? ` for ${forMs}` : ''}`,
        );
        return [`round ${n + 1}: ${difference}`, `  after ${faults.join('; ')}`];
      }),
    ],
  });
  // a round in which nothing traded has shown nothing
  const agreed = readings.every(({ agreedMs, executions }) => agreedMs !== null && executions > 0);
  return isFlat(readings) && agreed;
}

function isFlat(readings: readonly Reading[]): boolean {
  if (readings.length < WARM_UP_ROUNDS + ROUNDS_LEAST) {
    console.log(`\n  What grows shows from ${WARM_UP_ROUNDS + ROUNDS_LEAST} rounds on.`);
    return true;
  }
  const warm = readings.slice(WARM_UP_ROUNDS).map(({ weights }) => weights);
  const grown = [
    { name: 'worker heap, MB', values: warm.map(({ worker }) => worker.heapMb), bound: HEAP_BOUND_MB },
    { name: 'gateway heap, MB', values: warm.map(({ gateway }) => gateway.heapMb), bound: HEAP_BOUND_MB },
    { name: 'worker descriptors', values: warm.map(({ worker }) => worker.descriptors), bound: OPEN_BOUND },
    {
      name: 'gateway descriptors',
      values: warm.map(({ gateway }) => gateway.descriptors),
      bound: OPEN_BOUND,
    },
  ].map(({ name, values, bound }) => ({ name, bound, slope: slopeOf(values) }));
  print({
    title: `What grows in a round, after ${WARM_UP_ROUNDS} to warm up, garbage collected before each reading`,
    rows: Object.fromEntries(
      grown.map(({ name, bound, slope }) => [
        name,
        {
          'a round': slope.perRound.toFixed(3),
          'standard error': slope.error.toFixed(3),
          'may be': figure(bound),
          verdict: growsBeyond(slope, bound) ? 'GROWS' : 'flat',
        },
      ]),
    ),
  });
  return grown.every(({ slope, bound }) => !growsBeyond(slope, bound));
}
