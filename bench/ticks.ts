/** How many market-data frames the gateway sends and the worker's adapter takes in a second, on a market that runs as fast as it can. */
import { EventName, IBApi, SecType } from '@stoqey/ib';
import { wallClock } from '../server/adapters/clock/wall';
import { createIbBroker } from '../server/adapters/ib/broker';
import { figure, type Section } from './section';
import { openStage, type Stage } from './stage';

const SPAN_MS = 5_000;
const SYMBOLS = ['ES', 'MES', 'NQ', 'MNQ'];

interface TickRate {
  /** Ticks (price or size) that reached the client, per second. */
  ticksPerSecond: number;
  /** Share of one core that the taking process used. */
  cpu: number;
}

async function measureBareTicks(stage: Stage): Promise<TickRate> {
  const ib = new IBApi({ host: '127.0.0.1', port: stage.gatewayPort, clientId: 41 });
  let ticks = 0;
  const count = () => {
    ticks += 1;
  };
  ib.on(EventName.tickPrice, count);
  ib.on(EventName.tickSize, count);
  ib.once(EventName.nextValidId, () => {
    SYMBOLS.forEach((symbol, index) => {
      ib.reqContractDetails(index + 1, { symbol, secType: SecType.FUT, exchange: 'CME', currency: 'USD' });
    });
  });
  const seen = new Set<number>();
  ib.on(EventName.contractDetails, (reqId, details) => {
    if (seen.has(reqId)) return;
    seen.add(reqId);
    ib.reqMktData(100 + reqId, { conId: details.contract.conId, exchange: 'CME' }, '', false, false);
  });
  ib.connect();
  const rate = await over(SPAN_MS, () => ticks);
  ib.disconnect();
  return rate;
}

/** The adapter conflates: `quotesPerSecond` are those that became events. */
async function measureWorkerTicks(stage: Stage): Promise<TickRate & { quotesPerSecond: number }> {
  let quotes = 0;
  const settings = {
    host: '127.0.0.1',
    port: stage.gatewayPort,
    clientId: 42,
    lastOrderId: 0,
    symbols: SYMBOLS,
    armedLiveAccount: null,
  };
  const quiet = { debug() {}, info() {}, warn() {}, error() {} };
  const broker = createIbBroker({ ...settings, clock: wallClock(), log: quiet, quoteMs: 0 });
  broker.start((event) => {
    if (event.type === 'QuoteReceived') quotes += 1;
  });
  const rate = await over(SPAN_MS, () => quotes);
  await broker.stop();
  return { ...rate, quotesPerSecond: rate.ticksPerSecond };
}

async function over(spanMs: number, count: () => number): Promise<TickRate> {
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const before = count();
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  await new Promise((resolve) => setTimeout(resolve, spanMs));
  const elapsedMs = performance.now() - start;
  const cpu = process.cpuUsage(cpuBefore);
  return {
    ticksPerSecond: Math.round(((count() - before) / elapsedMs) * 1_000),
    cpu: (cpu.user + cpu.system) / 1_000 / elapsedMs,
  };
}

export const ticks: Section = {
  about: 'market data that a bare client and the adapter take',
  run: async () => {
    const flood = await openStage(['--port', '0', '--speed', '400', '--quote-interval', '1']);
    const bare = await measureBareTicks(flood);
    const worker = await measureWorkerTicks(flood);
    flood.stop();
    return [
      {
        title: 'Market data, four instruments, a market 400 times as fast as real, no conflation',
        rows: {
          'gateway -> bare @stoqey/ib, ticks': {
            'per second': figure(bare.ticksPerSecond),
            'of one core': figure(bare.cpu),
          },
          'gateway -> worker adapter, quotes': {
            'per second': figure(worker.quotesPerSecond),
            'of one core': figure(worker.cpu),
          },
        },
      },
    ];
  },
};
