/** Where a running stack lives and listens. Every process reads its settings here, once, from the environment; nothing else reads `process.env`. */
import path from 'node:path';
import { z } from 'zod';
import { DEFAULT_LIMITS, type Limits } from './engine/model/limits';

const port = z.coerce.number().int().min(0).max(65_535);
const optionalText = z
  .string()
  .trim()
  .transform((text) => (text === '' ? undefined : text))
  .optional();

const schema = z.object({
  INTERLOCK_HOME: z.string().min(1).default('.interlock'),
  INTERLOCK_WEB_PORT: port.default(3000),
  INTERLOCK_WORKER_PORT: port.default(4010),
  INTERLOCK_GATEWAY_HOST: z.string().min(1).default('127.0.0.1'),
  INTERLOCK_GATEWAY_PORT: port.default(4002),
  INTERLOCK_CLIENT_ID: z.coerce.number().int().min(1).max(999).default(17),
  /** Comma separated roots. */
  INTERLOCK_SYMBOLS: z.string().min(1).default('ES,MES,NQ,MNQ'),
  /** How the month to trade is chosen: by the calendar, or by what was traded yesterday and today. */
  INTERLOCK_FRONT_MONTH: z.enum(['calendar', 'volume']).default('calendar'),
  /** `paper`: our own gateway is started; `external`: one that runs elsewhere is used. */
  INTERLOCK_GATEWAY: z.enum(['paper', 'external']).default('paper'),
  /** When the gateway restarts by itself each day: local time of its machine, or `off`. Of an external one IB's own default unless said. */
  INTERLOCK_GATEWAY_RESTART: z
    .string()
    .regex(/^(off|([01]\d|2[0-3]):[0-5]\d)$/, 'give a local time such as 23:45, or off')
    .optional(),
  /** Where that machine is, e.g. America/Chicago; this machine's zone unless said. */
  INTERLOCK_GATEWAY_ZONE: optionalText,
  /** Naming the live account arms it; without it a live port or account refuses to start. */
  INTERLOCK_ARM_LIVE_ACCOUNT: optionalText,
  INTERLOCK_CLOCK: z.enum(['wall', 'tape']).default('wall'),
  INTERLOCK_SPEED: z.coerce.number().positive().max(10_000).default(1),
  /** JSON lines, played on the exchange's clock. */
  INTERLOCK_SIGNALS_FILE: optionalText,
  INTERLOCK_DEMO: z.enum(['on', 'off']).default('off'),
  /** JSON object: limits that differ from the defaults, e.g. {"maxDailyTrades": 5}. The change is journaled. */
  INTERLOCK_LIMITS: optionalText,
  INTERLOCK_LOG: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  DATABASE_URL: optionalText,
});

export interface Settings {
  /** Absolute: database, keys and logs of this stack. */
  home: string;
  databaseUrl: string;
  keysDir: string;
  logsDir: string;
  webPort: number;
  workerPort: number;
  gateway: { kind: 'paper' | 'external'; host: string; port: number; clientId: number };
  /** Null: it does not restart by itself. */
  gatewayRestart: { at: string; zone: string | null } | null;
  armedLiveAccount: string | null;
  symbols: readonly string[];
  frontMonth: 'calendar' | 'volume';
  clock: { kind: 'wall' | 'tape'; speed: number };
  signalsFile: string | null;
  demo: boolean;
  limits: Partial<Limits>;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
}

/** @throws Error with one sentence per bad setting, naming the variable. */
export function readSettings(env: Readonly<Record<string, string | undefined>> = process.env): Settings {
  const parsed = schema.safeParse(env);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`Some settings cannot be used. ${problems.join('; ')}.`);
  }
  const value = parsed.data;
  const home = path.resolve(value.INTERLOCK_HOME);
  return {
    home,
    databaseUrl: value.DATABASE_URL ?? `file:${path.join(home, 'interlock.db')}`,
    keysDir: path.join(home, 'keys'),
    logsDir: path.join(home, 'logs'),
    webPort: value.INTERLOCK_WEB_PORT,
    workerPort: value.INTERLOCK_WORKER_PORT,
    gateway: {
      kind: value.INTERLOCK_GATEWAY,
      host: value.INTERLOCK_GATEWAY_HOST,
      port: value.INTERLOCK_GATEWAY_PORT,
      clientId: value.INTERLOCK_CLIENT_ID,
    },
    gatewayRestart: restartOf(value),
    armedLiveAccount: value.INTERLOCK_ARM_LIVE_ACCOUNT ?? null,
    symbols: value.INTERLOCK_SYMBOLS.split(',')
      .map((symbol) => symbol.trim().toUpperCase())
      .filter(Boolean),
    frontMonth: value.INTERLOCK_FRONT_MONTH,
    clock: { kind: value.INTERLOCK_CLOCK, speed: value.INTERLOCK_SPEED },
    signalsFile: value.INTERLOCK_SIGNALS_FILE ? path.resolve(value.INTERLOCK_SIGNALS_FILE) : null,
    demo: value.INTERLOCK_DEMO === 'on',
    limits: limitsOf(value.INTERLOCK_LIMITS),
    logLevel: value.INTERLOCK_LOG,
  };
}

/** "Auto restart" of TWS and IB Gateway. */
const IB_RESTARTS_AT = '23:45';

/** @throws Error when the zone does not exist. */
function restartOf(value: z.infer<typeof schema>): Settings['gatewayRestart'] {
  const {
    INTERLOCK_GATEWAY_RESTART: at,
    INTERLOCK_GATEWAY_ZONE: zone = null,
    INTERLOCK_GATEWAY: kind,
  } = value;
  if (zone !== null && !isZone(zone)) {
    throw new Error(
      `INTERLOCK_GATEWAY_ZONE: there is no time zone ${zone}. Give one such as America/Chicago.`,
    );
  }
  const restartsAt = at ?? (kind === 'external' ? IB_RESTARTS_AT : 'off');
  return restartsAt === 'off' ? null : { at: restartsAt, zone };
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

const limitNames = Object.keys(DEFAULT_LIMITS) as [keyof Limits, ...(keyof Limits)[]];
const limits = z.partialRecord(z.enum(limitNames), z.number().nonnegative());

/** @throws Error naming the limit that is unknown or not a number of zero or more. */
function limitsOf(text: string | undefined): Partial<Limits> {
  if (text === undefined) return {};
  try {
    return limits.parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : 'it is not JSON';
    throw new Error(`INTERLOCK_LIMITS cannot be used: ${why}. Known limits: ${limitNames.join(', ')}.`);
  }
}
