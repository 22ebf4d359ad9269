/**
 * `npm run soak`: hours of market at 60 times speed, with faults on. Gateway and worker are the programs that ship, each in a process of its
 * own; signals come over HTTP, a person resumes over the link. At each quiet moment the book that the worker shows is compared with what the
 * exchange holds, and both processes are weighed.
 */
import { isDeepStrictEqual } from 'node:util';
import { Command } from 'commander';
import { seededRandom } from '../../server/exchange/random';
import { until } from '../stage';
import { bookOf, truthOf } from './book';
import { type Reading, ROUNDS_LEAST, report } from './report';
import type { Weight } from './scale';
import { ROUND_MS, schedule, TRADING_MS } from './schedule';
import { type Soaked, startSoaked, WORKER_ID } from './stack';
import { tallyOf } from './tally';
import { resume, trade } from './trader';

const ONLOOKER_ID = 90;
const SYMBOLS = ['ES', 'NQ', 'MES', 'MNQ'];
const SIGNAL_EVERY_MS = 400;
const LOOK_EVERY_MS = 500;

const options = new Command('npm run soak --')
  .option('--minutes <n>', 'minutes of market, after the warm-up', '60')
  .option(
    '--warm-up <rounds>',
    'rounds before that, of 36 s each: V8 is busy with new code for some minutes',
    '10',
  )
  .option('--speed <factor>', 'seconds of market in a second', '60')
  .option('--seed <n>', 'of faults and signals', '1')
  .option('--heaps <name>', 'write the heaps after the warm-up and at the end to files that begin so')
  .parse()
  .opts<{ minutes: string; warmUp: string; speed: string; seed: string; heaps?: string }>();

type Look = Pick<Reading, 'agreedMs' | 'difference' | 'held' | 'working'>;

async function main(): Promise<void> {
  const { minutes, speed, seed, heaps } = options;
  const warmUp = Number(options.warmUp);
  const judged = Math.max(ROUNDS_LEAST, Math.ceil((Number(minutes) * 60_000) / Number(speed) / ROUND_MS));
  const rounds = warmUp + judged;
  const random = seededRandom(Number(seed));
  const plan = schedule(random, rounds, WORKER_ID);
  const soaked = await startSoaked({ symbols: SYMBOLS, speed, seed, faults: plan });
  await ready(soaked);
  const startedMs = performance.now();
  const looks: (Look & { weighedHostMs: number; weights: { worker: Weight; gateway: Weight } })[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const endMs = startedMs + (round + 1) * ROUND_MS;
    while (performance.now() < endMs - ROUND_MS + TRADING_MS) {
      await resume(soaked);
      await trade(soaked, random);
      await pause(SIGNAL_EVERY_MS);
    }
    looks.push({
      ...(await agreement(soaked, endMs)),
      weighedHostMs: Date.now(),
      weights: await soaked.weigh(),
    });
    if (heaps !== undefined && (round === warmUp || round === rounds - 1))
      await soaked.snapshot(`${heaps}.${round}`);
    await pause(Math.max(0, endMs - performance.now()));
  }
  await soaked.stop();
  const weighedHostMs = looks.map((look) => look.weighedHostMs);
  const tallies = await tallyOf(soaked.databaseUrl, soaked.begin, weighedHostMs);
  soaked.remove();
  const readings = looks.flatMap((look, n) => {
    const tally = tallies[n];
    return tally ? [{ ...look, ...tally }] : [];
  });
  const soakedMinutes = Math.round((judged * ROUND_MS * Number(speed)) / 60_000);
  const title = `Soak: ${soakedMinutes} minutes of market at ${speed} times speed after ${warmUp} rounds to warm up, seed ${seed}`;
  process.exitCode = report(title, readings, { plan, warmUp }) ? 0 : 1;
}

async function ready({ link }: Soaked): Promise<void> {
  let priced = false;
  const leave = link.subscribe((message) => {
    const view = message.kind === 'snapshot' ? message.view : message.set;
    const { instruments = [] } = view;
    priced ||= instruments.length === SYMBOLS.length && instruments.every(({ last }) => last !== null);
  });
  await until(() => priced, 'A price of every instrument', 60_000);
  leave();
}

/** Waits until book and exchange say the same, to the end of the round at most. */
async function agreement({ gatewayPort, link }: Soaked, endMs: number): Promise<Look> {
  const quietMs = performance.now();
  let look: Look = { agreedMs: null, difference: 'nobody looked', held: 0, working: 0 };
  while (performance.now() < endMs) {
    try {
      const truth = await truthOf(gatewayPort, ONLOOKER_ID, WORKER_ID);
      const book = bookOf((await link.snapshot()).view);
      const counts = { held: Object.keys(truth.positions).length, working: truth.orders.length };
      if (isDeepStrictEqual(truth, book)) {
        return { ...counts, agreedMs: performance.now() - quietMs, difference: '' };
      }
      const difference = `exchange ${JSON.stringify(truth)}, book ${JSON.stringify(book)}`;
      look = { ...counts, agreedMs: null, difference };
    } catch (error) {
      look = { ...look, difference: error instanceof Error ? error.message : String(error) };
    }
    await pause(LOOK_EVERY_MS);
  }
  return look;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

await main();
process.exit();
