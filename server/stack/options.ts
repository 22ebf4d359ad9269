/** The command line of `npm start`: what is chosen there becomes the environment that every process of the stack reads its settings from. */
import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';

/** The demo trades all day in a restless market: its limits are wide, and the console says that they are. A stack without it has the defaults. */
const DEMO_LIMITS = JSON.stringify({
  cooldownMs: 10_000,
  proposalDriftTicks: 60,
  maxDailyTrades: 1_000,
  maxConsecutiveLosses: 100,
  maxDailyLossMicros: 50_000_000_000,
  maxDrawdownMicros: 50_000_000_000,
  maxEntriesPerMinute: 20,
  maxOrdersPerMinute: 90,
  maxRepeatedEntries: 100,
});

/** Whoever starts the stack, at whatever hour, finds a market awake. */
const DEMO_DAY = 'demo';

/** What the paper gateway takes a tape for. */
const TAPE_SYMBOL = 'ES';

export type Environment = Readonly<NodeJS.ProcessEnv>;

/** What the paper gateway plays; null fields leave it its own default. */
export interface Market {
  /** Which synthetic market. */
  day: string | null;
  tape: string | null;
  /** ISO 8601, an instant. */
  at: string | null;
  seed: string | null;
}

export interface Chosen {
  env: Environment;
  market: Market;
}

interface Flags {
  market?: string;
  tape?: string;
  at?: string;
  speed?: string;
  seed?: string;
  signals?: string;
  symbols?: string;
  demo?: boolean;
  home?: string;
  port?: string;
  webPort?: string;
  workerPort?: string;
  gatewayPort?: string;
  externalGateway?: string;
}

/** @throws CommanderError after printing help or what is wrong with the arguments. @throws Error with a sentence when two of them exclude each other. */
export function readCommandLine(args: readonly string[], env: Environment): Chosen {
  const flags = command().parse(args, { from: 'user' }).opts<Flags>();
  const external = flags.externalGateway ?? (env.INTERLOCK_GATEWAY === 'external' ? 'set' : undefined);
  if (
    external !== undefined &&
    (flags.tape ?? flags.market ?? flags.at ?? flags.seed ?? flags.speed) !== undefined
  ) {
    throw new Error(
      'A gateway that runs elsewhere plays its own market: leave out --tape, --market, --at, --speed and --seed.',
    );
  }
  if (flags.tape !== undefined && flags.market !== undefined)
    throw new Error('A tape is a market of its own: leave out --market or --tape.');
  if (flags.at !== undefined && flags.tape === undefined)
    throw new Error('--at is a moment of a tape: give --tape too.');
  const tape = flags.tape === undefined ? null : path.resolve(flags.tape);
  const synthetic = external === undefined && tape === null;
  const demo = flags.demo ?? (synthetic && flags.signals === undefined);
  return {
    market: {
      day: synthetic ? (flags.market ?? DEMO_DAY) : null,
      tape,
      at: flags.at ?? null,
      seed: flags.seed ?? null,
    },
    env: {
      ...env,
      ...set('INTERLOCK_HOME', flags.home),
      ...set('INTERLOCK_WEB_PORT', flags.webPort ?? flags.port),
      ...set('INTERLOCK_WORKER_PORT', flags.workerPort ?? flags.port),
      ...set('INTERLOCK_GATEWAY_PORT', flags.gatewayPort ?? flags.port),
      ...externalGateway(flags.externalGateway),
      ...set('INTERLOCK_SYMBOLS', flags.symbols ?? (tape === null ? undefined : TAPE_SYMBOL)),
      ...set('INTERLOCK_SIGNALS_FILE', flags.signals),
      ...(flags.demo === undefined && env.INTERLOCK_DEMO !== undefined
        ? {}
        : { INTERLOCK_DEMO: demo ? 'on' : 'off' }),
      ...(demo && env.INTERLOCK_LIMITS === undefined ? { INTERLOCK_LIMITS: DEMO_LIMITS } : {}),
      ...(tape === null && flags.speed === undefined ? {} : { INTERLOCK_CLOCK: 'tape' }),
      ...set('INTERLOCK_SPEED', flags.speed),
    },
  };
}

function command(): Command {
  return new Command('npm start --')
    .description(
      'Starts Interlock: the paper gateway, the worker and the console. Everything it keeps lies in one folder.',
    )
    .option(
      '--tape <file>',
      'play this CSV of one-minute bars (plain or gzipped) instead of the synthetic market',
    )
    .addOption(
      new Option(
        '--market <name>',
        'the synthetic market: demo begins with the US open and never closes (the default), globex keeps the CME sessions, ' +
          'steady is one busy morning without an end',
      ).choices(['demo', 'globex', 'steady']),
    )
    .option('--at <instant>', 'where on the tape to begin, e.g. 2025-12-12T14:45:00Z', instant)
    .option('--speed <n>', 'how many times faster than real the market runs', positive)
    .option('--seed <n>', 'seed of the synthetic market', whole)
    .option('--signals <file>', 'play the signals of this file (JSON lines) on the market clock')
    .option('--symbols <list>', 'instruments to watch and trade, e.g. ES,MES')
    .option('--demo', 'run the demo signal source (the default on the synthetic market)')
    .option('--no-demo', 'do not run the demo signal source')
    .option('--home <folder>', 'database, keys and logs of this stack (INTERLOCK_HOME, else .interlock)')
    .option('--web-port <n>', 'port of the console (INTERLOCK_WEB_PORT, else 3000)', port)
    .option('--worker-port <n>', 'port of the worker (INTERLOCK_WORKER_PORT, else 4010)', port)
    .option('--gateway-port <n>', 'port of the paper gateway (INTERLOCK_GATEWAY_PORT, else 4002)', port)
    .option('--port <0>', '0: take free ports for all three', freePort)
    .option(
      '--external-gateway <host:port>',
      'use this IB Gateway or TWS and start no paper gateway',
      hostAndPort,
    )
    .exitOverride();
}

function externalGateway(address: string | undefined): Record<string, string> {
  if (address === undefined) return {};
  const colon = address.lastIndexOf(':');
  return {
    INTERLOCK_GATEWAY: 'external',
    INTERLOCK_GATEWAY_HOST: address.slice(0, colon),
    INTERLOCK_GATEWAY_PORT: address.slice(colon + 1),
  };
}

function set(name: string, value: string | undefined): Record<string, string> {
  return value === undefined ? {} : { [name]: value };
}

function port(text: string): string {
  if (!/^\d+$/.test(text) || Number(text) > 65_535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return text;
}

function freePort(text: string): string {
  if (text !== '0')
    throw new InvalidArgumentError(
      'Only 0 (any free port) stands for all three; name the others one by one.',
    );
  return text;
}

function whole(text: string): string {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('A seed is a whole number.');
  return text;
}

function positive(text: string): string {
  if (!(Number(text) > 0)) throw new InvalidArgumentError('A speed is a number above 0.');
  return text;
}

function instant(text: string): string {
  if (
    !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) ||
    Number.isNaN(Date.parse(text))
  ) {
    throw new InvalidArgumentError('Write it with date, time and zone, e.g. 2025-12-12T14:45:00Z.');
  }
  return text;
}

function hostAndPort(text: string): string {
  if (!/^[^\s:]+:\d{1,5}$/.test(text))
    throw new InvalidArgumentError('Write it as host:port, e.g. 127.0.0.1:7497.');
  return text;
}
