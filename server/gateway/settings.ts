/** What the command line says, checked: every value that is wrong is named, with what would be right. */
import { z } from 'zod';
import type { MarketMaker } from '../exchange/market';
import { syntheticMarket } from '../exchange/synthetic';
import type { SyntheticDay } from '../exchange/synthetic-day';
import { readPlan } from './fault/plan';
import type { GatewayOptions } from './gateway';
import { readHabits } from './habits';
import { readTapeMarket, StartRefused } from './tape-file';
import { SPEED_MAX, SPEED_MIN } from './tempo';
import { VERSION_MAX, VERSION_MIN } from './wire/version';

const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

const number = (name: string, min: number, max: number) =>
  z.coerce
    .number(`--${name} must be a number`)
    .min(min, `--${name} must be at least ${min}`)
    .max(max, `--${name} must be at most ${max}`);

const wholeNumber = (name: string, min: number, max: number) =>
  number(name, min, max).int(`--${name} must be a whole number`);

const commandLine = z.object({
  port: wholeNumber('port', 0, 65_535),
  host: z.string().min(1, '--host must name an address'),
  account: z.string().regex(/^D[A-Z]{0,2}\d{5,9}$/, '--account must look like a paper account, DU1234567'),
  seed: wholeNumber('seed', 0, 2 ** 32 - 1),
  market: z.enum(['globex', 'demo', 'steady'], '--market must be globex, demo or steady').optional(),
  tape: z.string().optional(),
  at: z
    .string()
    .regex(ISO_TIME, '--at must be an ISO time with its zone, such as 2025-12-12T14:45:00Z')
    .transform((text) => Date.parse(text))
    .refine((ms) => Number.isFinite(ms), '--at must be a time that exists')
    .optional(),
  speed: number('speed', SPEED_MIN, SPEED_MAX),
  symbol: z.enum(['ES', 'MES', 'NQ', 'MNQ'], '--symbol must be ES, MES, NQ or MNQ'),
  serverVersion: wholeNumber('server-version', VERSION_MIN, VERSION_MAX),
  holdUntilClient: z.boolean().optional(),
  clientReady: z.boolean().default(false),
  quoteInterval: wholeNumber('quote-interval', 1, 60_000),
  set: z.array(z.string()).default([]),
  fault: z.array(z.string()).default([]),
  faults: z.string().optional(),
  record: z.string().min(1, '--record must name a file').optional(),
  controlPort: wholeNumber('control-port', 0, 65_535).optional(),
});

const playbackLine = commandLine
  .pick({ port: true, host: true, speed: true })
  .extend({ playback: z.string().min(1, '--playback must name a file') });

export type PlaybackSettings = z.output<typeof playbackLine>;

/** With a recording in the place of the exchange, only these say anything. */
const PLAYBACK_OPTIONS = new Set(['--playback', '--port', '--host', '--speed']);

/**
 * @param raw the options as the command line gives them
 * @param given those that were typed
 * @throws StartRefused with one sentence for the first thing that is wrong
 */
export function readPlaybackSettings(
  raw: Readonly<Record<string, unknown>>,
  given: readonly string[],
): PlaybackSettings {
  const idle = given.filter((option) => !PLAYBACK_OPTIONS.has(option));
  if (idle.length > 0) {
    throw new StartRefused(
      `--playback has no exchange and changes nothing that was recorded; leave out ${idle.join(', ')}.`,
    );
  }
  return checked(playbackLine.safeParse(raw));
}

function checked<T>(parsed: z.ZodSafeParseResult<T>): T {
  if (parsed.success) return parsed.data;
  throw new StartRefused(`${parsed.error.issues[0]?.message ?? 'The options are wrong'}.`);
}

export type Settings = Omit<GatewayOptions, 'log'> & {
  clientReady: boolean;
  controlPort?: number | undefined;
  /** Where the frames are recorded. */
  record?: string | undefined;
};

/**
 * @param raw the options as the command line gives them
 * @param now wall time, epoch ms: where a synthetic market begins unless told otherwise
 * @throws StartRefused with one sentence for the first thing that is wrong
 */
export function readSettings(raw: Readonly<Record<string, unknown>>, now: number): Settings {
  const {
    tape,
    market,
    at,
    symbol,
    serverVersion,
    quoteInterval,
    holdUntilClient,
    set,
    fault,
    faults,
    ...plain
  } = checked(commandLine.safeParse(raw));
  if (tape !== undefined && market !== undefined)
    throw new StartRefused('A tape is a market of its own: leave out --market or --tape.');
  const reading = readHabits(set);
  if (!reading.ok) throw new StartRefused(`${reading.reason}.`);
  return {
    ...plain,
    ...reading.habits,
    faults: readPlan(fault, faults),
    run: now,
    ...marketSettings({ tape, day: market, at, symbol, now }),
    versionCeiling: serverVersion,
    quoteIntervalMs: quoteInterval,
    holdUntilClient: holdUntilClient ?? tape !== undefined,
  };
}

interface MarketChoice {
  tape: string | undefined;
  day: SyntheticDay | undefined;
  at: number | undefined;
  symbol: 'ES' | 'MES' | 'NQ' | 'MNQ';
  now: number;
}

function marketSettings(choice: MarketChoice): { market: MarketMaker; startTs: number } {
  const { tape: path, day = 'globex', at, symbol, now } = choice;
  if (path !== undefined) return readTapeMarket({ path, symbol, at });
  return { market: syntheticMarket({ day }), startTs: at ?? now };
}
