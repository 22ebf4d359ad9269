/** What a soak has shown, as a table, and whether it passed: it traded in every round, both truths agreed in each, and nothing grew. */
import { figure, print } from '../section';
import type { Weight } from './scale';
import { type Planned, ROUND_MS } from './schedule';
import { slopeOf, verdictOn } from './steady';
import { counted, type Tally } from './tally';

export interface Reading extends Tally {
  /** Instruments held and orders working at the exchange when it was looked at. */
  held: number;
  working: number;
  agreedMs: number | null;
  difference: string;
  weights: { worker: Weight; gateway: Weight };
}

/** An hour of market is two rounds, and two tell no slope: so many are judged at least. */
export const ROUNDS_LEAST = 10;
/** What may grow in a round (36 s of wall time), beyond doubt: half a kB of each of its hundred orders would be more. Open things: one in five rounds. */
export const DATA_BOUND_MB = 0.05;
/**
 * The paper gateway keeps each one-minute bar for whoever asks, and its orders until midnight: 0.05 MB a round. V8 throws shapes of objects away
 * every ten rounds or so, a saw of 1 MB: ten rounds tell no more than this.
 */
const GATEWAY_BOUND_MB = 0.15;
const OPEN_BOUND = 0.2;
/** Of one reading: a table that doubles, a cycle more that is still open. What many rounds have shown is not less because three lie on a line. */
export const NOISE_MB = 0.04;

/**
 * @param warmUp rounds in which code is loaded and caches fill: their growth is not judged
 * @returns whether it passed
 */
export function report(
  title: string,
  readings: readonly Reading[],
  { plan, warmUp }: { plan: readonly Planned[]; warmUp: number },
): boolean {
  const roundName = (n: number) => (n < warmUp ? `warm-up ${n + 1}` : `round ${n + 1 - warmUp}`);
  const inRound = (n: number) => plan.filter(({ at }) => Math.floor(at / ROUND_MS) === n);
  print({
    title,
    rows: Object.fromEntries(
      readings.map((of, n) => [roundName(n), { faults: figure(inRound(n).length), ...cellsOf(of) }]),
    ),
    notes: [
      `halts: ${counted(readings.flatMap(({ halts }) => halts))}`,
      `entries denied: ${counted(readings.flatMap(({ denied }) => denied))}`,
      ...readings.flatMap((of, n) => {
        if (!hasTraded(of)) return [`${roundName(n)}: nothing traded`];
        if (of.difference === '') return [];
        const faults = inRound(n).map(
          ({ at, fault, forMs }) => `${at % ROUND_MS} ${fault}${forMs ? ` for ${forMs}` : ''}`,
        );
        return [`${roundName(n)}: ${of.difference}`, `  after ${faults.join('; ')}`];
      }),
    ],
  });
  const agreed = readings.every((of) => of.agreedMs !== null && hasTraded(of));
  return isFlat(readings.slice(warmUp)) && agreed;
}

/** A round in which nothing traded has shown nothing, unless the venue was closed. */
function hasTraded({ executions, denied }: Reading): boolean {
  return executions > 0 || denied.includes('SESSION_CLOSED');
}

function cellsOf({ executions, halts, held, working, agreedMs, allowed, weights }: Reading) {
  const { worker, gateway } = weights;
  const both = (of: (weight: Weight) => number) => `${figure(of(worker))}, ${figure(of(gateway))}`;
  return {
    executions: figure(executions),
    'halts, resumed': figure(halts.length),
    'held, working then': `${held}, ${working}`,
    'agreed after, ms': agreedMs === null ? 'NEVER' : figure(agreedMs),
    'worker data, MB': worker.dataMb.toFixed(2),
    'for executions, signals, cycles, orders': `${allowed.mb.toFixed(2)}: ${allowed.executions}, ${allowed.signals}, ${allowed.cycles}, ${allowed.orders}`,
    'gateway data': gateway.dataMb.toFixed(2),
    'machine code': `${worker.codeMb.toFixed(2)}, ${gateway.codeMb.toFixed(2)}`,
    resident: both(({ residentMb }) => residentMb),
    sockets: both(({ sockets }) => sockets),
    descriptors: both(({ descriptors }) => descriptors),
  };
}

interface Line {
  values: readonly number[];
  /** None: shown and not judged. */
  bound?: number;
}

function isFlat(readings: readonly Reading[]): boolean {
  const worker = (of: (weight: Weight) => number) => readings.map(({ weights }) => of(weights.worker));
  const gateway = (of: (weight: Weight) => number) => readings.map(({ weights }) => of(weights.gateway));
  const allowed = readings.map((of) => of.allowed.mb);
  const data = worker(({ dataMb }) => dataMb);
  const lines: Readonly<Record<string, Line>> = {
    'worker data, MB': { values: data },
    'what it may remember, MB': { values: allowed },
    'worker data beyond that, MB': {
      values: data.map((mb, n) => mb - (allowed[n] ?? 0)),
      bound: DATA_BOUND_MB,
    },
    'gateway data, MB': { values: gateway(({ dataMb }) => dataMb), bound: GATEWAY_BOUND_MB },
    'worker buffers, MB': { values: worker(({ buffersMb }) => buffersMb), bound: DATA_BOUND_MB },
    'worker machine code, MB': { values: worker(({ codeMb }) => codeMb) },
    'worker sockets': { values: worker(({ sockets }) => sockets), bound: OPEN_BOUND },
    'worker descriptors': { values: worker(({ descriptors }) => descriptors), bound: OPEN_BOUND },
    'gateway sockets': { values: gateway(({ sockets }) => sockets), bound: OPEN_BOUND },
    'gateway descriptors': { values: gateway(({ descriptors }) => descriptors), bound: OPEN_BOUND },
  };
  const judged = Object.entries(lines).map(([name, { values, bound }]) => {
    const slope = slopeOf(values, name.endsWith('MB') ? NOISE_MB : 0);
    return { name, slope, bound, verdict: bound === undefined ? null : verdictOn(slope, bound) };
  });
  print({
    title: `What grows in a round, over ${readings.length} of them`,
    rows: Object.fromEntries(
      judged.map(({ name, slope, bound, verdict }) => [
        name,
        {
          'a round': slope.perRound.toFixed(4),
          'standard error': slope.error.toFixed(4),
          'may be': bound === undefined ? '' : figure(bound),
          verdict: verdict ?? '',
        },
      ]),
    ),
  });
  return judged.every(({ verdict }) => verdict === null || verdict === 'flat');
}
