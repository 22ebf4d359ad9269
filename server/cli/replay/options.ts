/** What `interlock replay` was asked, and whether it can be answered. */
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Limits } from '../../engine/model/limits';
import { microsOf } from '../../engine/model/money';
import { limitsNamed } from '../../replay/judge/set-limit';
import { DEFAULT_SETTING, type Setting } from '../../replay/judge/setting';
import { InputError } from '../../replay/model/input-error';

export interface ReplayOptions {
  log?: string[];
  ordersDb?: string;
  journal?: boolean;
  orderId?: number;
  date?: string;
  all?: boolean;
  verifyReduceOnly?: boolean;
  csv?: boolean;
  tape?: string;
  exportTest?: string;
  set?: string[];
  maxLoss?: number;
  contractMultiplier?: number;
  tickSize?: number;
  minDistanceTicks?: number;
  overrideConfidence?: number;
  blockOnWait: string;
}

export function replayCommand(): Command {
  return new Command('replay')
    .description("runs a bot's log or order database, or our own journal, through today's guards")
    .option('--log <file...>', "the bot's logs, plain or gzipped, in any order; - is standard input")
    .option('--orders-db <file>', "the bot's order database (SQLite); it is only read")
    .option('--journal', 'our own journal, with the limits of --set')
    .option(
      '--order-id <n>',
      'one order: what the bot knew, every guard, and would it have been blocked',
      whole,
    )
    .option('--date <day>', 'the orders of one day (US/Central), like 2025-12-12', day)
    .option('--all', 'every order (the default)')
    .option('--verify-reduce-only', 'also what a reduce-only exit would have done')
    .option(
      '--tape <file>',
      'one-minute bars (CSV, plain or gzipped): what the account would have made behind the guards',
    )
    .option('--csv', 'one line an order, as CSV')
    .option('--export-test <file>', 'writes the order as a fixture with its test')
    .option('--set <name=value...>', 'a limit by its name, e.g. min_distance_ticks=6')
    .option('--max-loss <dollars>', 'max_loss_per_trade (1250)', number)
    .option(
      '--contract-multiplier <dollars>',
      "dollars a point (the instrument's own: ES 50, MES 5)",
      positive,
    )
    .option('--tick-size <points>', '(0.25)', positive)
    .option('--min-distance-ticks <n>', 'min_distance_ticks (4)', number)
    .option('--override-confidence <ratio>', 'wait_override_confidence (0.75)', number)
    .addOption(
      new Option('--block-on-wait <1>', 'a WAIT blocks: it cannot be switched off')
        .default('1')
        .hideHelp(false),
    )
    .addHelpText('after', '\nExit codes: 0 blocked; 1 not blocked; 2 the input cannot be used.');
}

/** @throws InputError for what cannot be asked. */
export function settingOf(options: ReplayOptions): Setting {
  if (options.blockOnWait !== '1') {
    throw new InputError(
      `--block-on-wait ${options.blockOnWait} is refused: a WAIT always blocks, and only recorded confidence or a person lifts it. It cannot be switched off. Nothing was judged.`,
    );
  }
  return {
    limits: { ...DEFAULT_SETTING.limits, ...limitsOf(options) },
    tickSize: options.tickSize ?? null,
    multiplier: options.contractMultiplier ?? null,
  };
}

/** Only those that were named. @throws InputError for a limit that does not exist. */
export function limitsOf(options: ReplayOptions): Partial<Limits> {
  const { maxLoss, minDistanceTicks, overrideConfidence, set = [] } = options;
  return {
    ...(maxLoss !== undefined && { maxLossPerTradeMicros: microsOf(maxLoss) }),
    ...(minDistanceTicks !== undefined && { minDistanceTicks }),
    ...(overrideConfidence !== undefined && { waitOverrideConfidence: overrideConfidence }),
    ...limitsNamed(set),
  };
}

/** @throws InputError: one kind of evidence at a time, and a way of looking at it that exists. */
export function checkOptions(options: ReplayOptions): void {
  const kinds = [options.log, options.ordersDb, options.journal].filter((kind) => kind !== undefined);
  if (kinds.length !== 1)
    throw new InputError('Give one of --log, --orders-db and --journal. Nothing was judged.');
  const views = [options.orderId, options.date, options.all].filter((view) => view !== undefined);
  if (views.length > 1) throw new InputError('Give one of --order-id, --date and --all. Nothing was judged.');
  if (options.exportTest !== undefined && options.orderId === undefined)
    throw new InputError('--export-test needs the --order-id of the order. Nothing was written.');
  if (options.journal && options.orderId !== undefined)
    throw new InputError(
      'A journal has cycles and no order ids of a bot: --order-id is for --log and --orders-db.',
    );
  if (options.journal && options.csv)
    throw new InputError('--csv is for --log and --orders-db; a journal gives --json.');
  if (options.tape !== undefined && (options.journal || options.orderId !== undefined))
    throw new InputError('--tape is for the orders of --log or --orders-db as a whole. Nothing was judged.');
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new InvalidArgumentError('It is a number from 0.');
  return value;
}

function positive(text: string): number {
  const value = number(text);
  if (value === 0) throw new InvalidArgumentError('It is above 0.');
  return value;
}

function whole(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('It is a whole number.');
  return Number(text);
}

function day(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError('It is a day, like 2025-12-12.');
  return text;
}
