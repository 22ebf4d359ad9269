/**
 * `npm run bench`: what it costs to be guarded. Every figure stands beside that of a bare client in the same run on the same machine;
 * compare the ratios, not the milliseconds.
 */
import { measureBare } from './bare';
import { measureGuarded } from './guarded';
import { openStage, spreadOf } from './stage';
import { measureBareTicks, measureWorkerTicks } from './ticks';

const SAMPLES = Number(process.env.BENCH_SAMPLES ?? 200);
/** Between two brackets: keeps every client under the library's own 50 messages a second. */
const PAUSE_MS = 120;

const stage = await openStage();
const guarded = spreadOf(await measureGuarded(stage, SAMPLES, PAUSE_MS));
const bare = spreadOf(await measureBare(stage, SAMPLES, PAUSE_MS, true));
const asShipped = spreadOf(await measureBare(stage, SAMPLES, PAUSE_MS, false));
stage.stop();

const ms = (value: number) => value.toFixed(2);
const ratio = (value: number, to: number) => `${(value / to).toFixed(2)} x`;
console.log(
  `\nSignal accepted -> third order frame at the other end of the socket (ms, ${SAMPLES} brackets each)`,
);
console.table({
  'Interlock: guards, advisor, journal durable': {
    p50: ms(guarded.p50),
    p99: ms(guarded.p99),
    'p50 to bare': ratio(guarded.p50, bare.p50),
  },
  'bare @stoqey/ib, no Nagle delay': { p50: ms(bare.p50), p99: ms(bare.p99), 'p50 to bare': '1.00 x' },
  'bare @stoqey/ib, as shipped': {
    p50: ms(asShipped.p50),
    p99: ms(asShipped.p99),
    'p50 to bare': ratio(asShipped.p50, bare.p50),
  },
});

const flood = await openStage(['--speed', '400', '--quote-interval', '1']);
const bareTicks = await measureBareTicks(flood);
const workerTicks = await measureWorkerTicks(flood);
flood.stop();
console.log('\nMarket data, four instruments, a market 400 times as fast as real, no conflation');
console.table({
  'gateway -> bare @stoqey/ib, ticks': {
    'per second': bareTicks.ticksPerSecond,
    'of one core': bareTicks.cpu.toFixed(2),
  },
  'gateway -> worker adapter, quotes': {
    'per second': workerTicks.quotesPerSecond,
    'of one core': workerTicks.cpu.toFixed(2),
  },
});
process.exit(0);
