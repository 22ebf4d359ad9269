/**
 * `npm run soak`: an hour of market at 60 times speed, with faults on. The real gateway in a process of its own, the real adapter, loop and
 * journal here. At each quiet moment the worker's book is compared with what the exchange holds, and heap, memory and sockets are read.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Command } from 'commander';
import { seededRandom } from '../../server/exchange/random';
import { type Seat, takeSeat } from '../desk';
import { figure, print } from '../section';
import { openStage, type Stage } from '../stage';
import { lookAt } from './onlooker';
import { ROUND_MS, schedule, TRADING_MS } from './schedule';
import { believed, resume, trade } from './trader';

const WORKER_ID = 71;
const ONLOOKER_ID = 90;
const SYMBOLS = ['ES', 'NQ', 'MES', 'MNQ'];
const SIGNAL_EVERY_MS = 400;
const LOOK_EVERY_MS = 500;

const options = new Command('npm run soak --')
  .option('--minutes <n>', 'minutes of market', '60')
  .option('--speed <factor>', 'seconds of market in a second', '60')
  .option('--seed <n>', 'of faults and signals', '1')
  .parse()
  .opts<{ minutes: string; speed: string; seed: string }>();

interface Reading {
  executions: number;
  halts: number;
  /** Why entries were refused, and how often. */
  denied: string;
  held: number;
  working: number;
  agreedMs: number | null;
  difference: string;
  heapMb: number;
  gatewayMb: number;
  sockets: number;
  gatewaySockets: number;
}

async function main(): Promise<void> {
  const rounds = Math.max(
    2,
    Math.ceil((Number(options.minutes) * 60_000) / Number(options.speed) / ROUND_MS),
  );
  const random = seededRandom(Number(options.seed));
  const plan = schedule(random, rounds, WORKER_ID);
  const folder = mkdtempSync(path.join(tmpdir(), 'interlock-soak-'));
  const file = path.join(folder, 'faults.jsonl');
  writeFileSync(file, plan.map((planned) => `${JSON.stringify(planned)}\n`).join(''));
  const stage = await openStage([
    '--port',
    '0',
    '--speed',
    options.speed,
    '--seed',
    options.seed,
    '--faults',
    file,
  ]);
  const executions = new Set<string>();
  const halts: string[] = [];
  const denied: string[] = [];
  const seat = await takeSeat({
    port: stage.gatewayPort,
    clientId: WORKER_ID,
    symbols: SYMBOLS,
    speed: Number(options.speed),
    written: (entries) => {
      for (const { event, facts } of entries) {
        if (event.type === 'ExecutionReported') executions.add(event.execution.execId);
        for (const fact of facts) {
          if (fact.type === 'ModeTripped') halts.push(fact.trip);
          if (fact.type === 'EntryDenied') for (const code of fact.reasons) denied.push(code);
        }
      }
    },
  });
  const startedMs = performance.now();
  const readings: Reading[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const endMs = startedMs + (round + 1) * ROUND_MS;
    const [before, haltsBefore, deniedBefore] = [executions.size, halts.length, denied.length];
    while (performance.now() < endMs - ROUND_MS + TRADING_MS) {
      await resume(seat);
      await trade(seat, random, SYMBOLS);
      await pause(SIGNAL_EVERY_MS);
    }
    const book = believed(seat);
    readings.push({
      executions: executions.size - before,
      halts: halts.length - haltsBefore,
      denied: counted(denied.slice(deniedBefore)),
      held: Object.keys(book.positions).length,
      working: book.orders.length,
      ...(await agreement(seat, stage, endMs)),
      ...weigh(stage),
    });
    await pause(Math.max(0, endMs - performance.now()));
  }
  await seat.leave();
  stage.stop();
  rmSync(folder, { recursive: true });
  console.log(`  halts: ${counted(halts)}`);
  report(readings, plan);
}

/** Waits until book and exchange say the same, to the end of the round at most. */
async function agreement(
  seat: Seat,
  { gatewayPort }: Stage,
  endMs: number,
): Promise<Pick<Reading, 'agreedMs' | 'difference'>> {
  const quietMs = performance.now();
  let difference = '';
  while (performance.now() < endMs) {
    try {
      const truth = await lookAt(gatewayPort, ONLOOKER_ID, WORKER_ID);
      const book = believed(seat);
      if (isDeepStrictEqual(truth, book)) return { agreedMs: performance.now() - quietMs, difference: '' };
      difference = `exchange ${JSON.stringify(truth)}, book ${JSON.stringify(book)}`;
    } catch (error) {
      difference = error instanceof Error ? error.message : String(error);
    }
    await pause(LOOK_EVERY_MS);
  }
  return { agreedMs: null, difference };
}

function weigh(stage: Stage): Pick<Reading, 'heapMb' | 'gatewayMb' | 'sockets' | 'gatewaySockets'> {
  global.gc?.();
  const status = readFileSync(`/proc/${stage.gatewayPid}/status`, 'utf8');
  const descriptors = readdirSync(`/proc/${stage.gatewayPid}/fd`).length;
  return {
    heapMb: process.memoryUsage().heapUsed / 2 ** 20,
    gatewayMb: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024,
    sockets: process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length,
    gatewaySockets: descriptors,
  };
}

function counted(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, times]) => `${word} ${times}`).join(', ') || 'none';
}

function report(readings: readonly Reading[], plan: ReturnType<typeof schedule>): void {
  const inRound = (n: number) => plan.filter(({ at }) => Math.floor(at / ROUND_MS) === n);
  print({
    title: `Soak: ${options.minutes} minutes of market at ${options.speed} times speed, seed ${options.seed}`,
    rows: Object.fromEntries(
      readings.map((of, n) => [
        `round ${n + 1}`,
        {
          faults: figure(inRound(n).length),
          executions: figure(of.executions),
          'halts, resumed': figure(of.halts),
          'held, working then': `${of.held}, ${of.working}`,
          'agreed after, ms': of.agreedMs === null ? 'NEVER' : figure(of.agreedMs),
          'worker heap, MB': figure(of.heapMb),
          'gateway memory, MB': figure(of.gatewayMb),
          'worker sockets': figure(of.sockets),
          'gateway descriptors': figure(of.gatewaySockets),
        },
      ]),
    ),
    notes: readings.flatMap(({ difference, executions, denied }, n) => {
      if (executions === 0) return [`round ${n + 1}: nothing traded; entries denied for ${denied}`];
      if (difference === '') return [];
      const faults = inRound(n).map(
        ({ at, fault, forMs }) => `${at % ROUND_MS} ${fault}${forMs ? ` for ${forMs}` : ''}`,
      );
      return [`round ${n + 1}: ${difference}`, `  after ${faults.join('; ')}`];
    }),
  });
  // a round in which nothing traded has shown nothing
  const failed = readings.some(({ agreedMs, executions }) => agreedMs === null || executions === 0);
  process.exitCode = failed ? 1 : 0;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

await main();
process.exit();
