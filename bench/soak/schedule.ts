/** What goes wrong in a soak, drawn from a seed: in each round some faults of the worker's line, all over while much of the round is left. */
import type { Random } from '../../server/exchange/random';

/** Faults begin and end within this much of a round. */
const TROUBLE_MS = 12_000;
/** Signals go on for as long as the adapter may wait before it tries again (10 s), and a little: what recovered trades again. */
export const TRADING_MS = 24_000;
/** And it is quiet for as long as an order that a report does not have may be doubted (10 s: R6 of engine/reconcile), and a little. */
export const ROUND_MS = 36_000;
const FAULTS_A_ROUND = 9;
const SHORTEST_MS = 300;
const LONGEST_MS = 3_000;

/** They happen, or stand for a while; the client that they concern is added. */
const ONCE = ['dropTcp', 'cancelledByBroker', 'correctedExecution 1', 'midnightRollover'] as const;
const RESTARTS = ['restart downMs=800', 'portReset', 'restart keepOrders=true downMs=1500'] as const;
const LASTING = [
  ...['halfOpen', 'stall', 'slowLoris', '1100->1101', '1100->1102', '1100->1102 keepOrders=false'],
  ...['delayAck 300', 'duplicateCallbacks 0.5', 'reorderedCallbacks', 'filledBeforeExecution'],
  ...[
    'lostStatuses 0.3',
    'staleStatuses 0.3',
    'lostExecutions 0.3',
    'lateExecutions 0.5',
    'lateCommissions 0.5',
  ],
  ...[
    'lostCommissions 0.3',
    'missingOrders 0.5',
    'stalePositions 2000',
    'lostAnswers 0.3',
    'slowRequests 300',
  ],
  ...['lostOrders 0.2', 'lostCancels 0.3', 'unknownCancels 0.3', 'refusedChanges 0.5'],
  ...['rejectNext orderRef=stop', 'rejectNext code=201 manner=errorFirst', 'rejectNext manner=errorOnly'],
  ...['farmsBroken', 'competingSession', 'frozenQuotes', 'nonsenseQuotes 0.2', 'staleQuotes 1000'],
  ...['lowNextValidId 5', 'clientIdInUse', 'badRejectJson'],
] as const;

export interface Planned {
  at: number;
  fault: string;
  forMs?: number;
}

/** @param client the id of the worker's connection: whoever looks on is not disturbed, but by a restart */
export function schedule(random: Random, rounds: number, client: number): Planned[] {
  return Array.from({ length: rounds }, (_, round) =>
    Array.from({ length: FAULTS_A_ROUND }, () => draw(random, round * ROUND_MS, client)),
  ).flat();
}

function draw(random: Random, fromMs: number, client: number): Planned {
  const at = fromMs + random.below(TROUBLE_MS - SHORTEST_MS);
  const lot = random.unit();
  if (lot < 0.12) return { at, fault: `${pick(random, ONCE)} client=${client}` };
  if (lot < 0.2) return { at, fault: pick(random, RESTARTS) };
  const room = Math.min(LONGEST_MS, fromMs + TROUBLE_MS - at);
  const forMs = SHORTEST_MS + random.below(Math.max(1, room - SHORTEST_MS));
  return { at, fault: `${pick(random, LASTING)} client=${client}`, forMs };
}

function pick<T>(random: Random, from: readonly T[]): T {
  return from[random.below(from.length)] as T;
}
