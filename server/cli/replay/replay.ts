/** `interlock replay`: would the guards have stopped it? Reads only; needs neither worker nor database, but for `--journal`. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { testOf } from '../../replay/export-test/export-test';
import type { Setting } from '../../replay/judge/setting';
import { readLogs } from '../../replay/log/read';
import { InputError } from '../../replay/model/input-error';
import type { OrderCase } from '../../replay/model/order-case';
import type { JudgedOrder } from '../../replay/model/verdict';
import { readOrdersDb } from '../../replay/orders-db/read';
import { Assembly, type Found, inTime, type Replayed, reportOf } from '../../replay/report/assemble';
import { csvRows } from '../../replay/report/csv';
import { reportJson } from '../../replay/report/json';
import { Nearest } from '../../replay/report/nearest';
import type { Summary } from '../../replay/report/report';
import { dayOf } from '../../replay/report/summary';
import { pricedBy } from '../../replay/tape/price';
import { type NamedTape, runTape } from '../../replay/tape/run';
import { readTape } from '../../replay/tape/tape-file';
import type { Desk, ExitCode, Outcome } from '../outcome';
import { replayJournal } from './journal';
import { checkOptions, limitsOf, type ReplayOptions, settingOf } from './options';
import { progressBar } from './progress';
import { tapeText } from './tape';
import { orderText, reportText } from './words';

/** @throws InputError, with a sentence for a person, when there is nothing to judge: standard output is for the result alone. */
export async function replay(desk: Desk, options: ReplayOptions): Promise<Outcome> {
  checkOptions(options);
  const setting = settingOf(options);
  if (options.journal) return replayJournal(desk, limitsOf(options), options.date);
  return options.tape === undefined
    ? judged(options, setting)
    : onTape(options, setting, { name: options.tape, tape: readTape(options.tape) });
}

/** Orders are judged as they are read: there may be any number of them. */
async function judged(options: ReplayOptions, setting: Setting): Promise<Outcome> {
  const nearest = new Nearest(options.orderId ?? 0);
  const assembly = new Assembly(setting, wantedBy(options));
  const found = await read(options, (order) => {
    nearest.take(order);
    assembly.take(order);
  });
  const report = assembly.report(found);
  if (report.summary.orders === 0) throw new InputError(notThere(report, { assembly, nearest }, options));
  if (options.exportTest !== undefined) exportTest(report.orders, setting, options.exportTest);
  const code = codeOf(report.summary);
  const long = { json: reportJson(report) };
  if (options.csv) return { code, text: '', data: report, long: { ...long, text: csvRows(report.orders) } };
  const text = options.orderId === undefined ? reportText(report) : orderTexts(report.orders, options);
  return { code, text, data: report, long };
}

function orderTexts(orders: Iterable<JudgedOrder>, { verifyReduceOnly }: ReplayOptions): string {
  return [...orders].map((one) => orderText(one, verifyReduceOnly === true)).join('\n\n');
}

async function onTape(options: ReplayOptions, setting: Setting, tape: NamedTape): Promise<Outcome> {
  const orders: OrderCase[] = [];
  const found = await read(options, (order) => orders.push(order));
  const priced = { ...found, orders: pricedBy(tape.tape.bars, orders) };
  const report = reportOf(priced, setting, wantedBy(options));
  const run = runTape(
    report.orders.map(({ order }) => order),
    setting,
    tape,
  );
  return { code: codeOf(report.summary), text: tapeText(run, report), data: { report, tape: run } };
}

function wantedBy({ orderId, date }: ReplayOptions): (order: OrderCase) => boolean {
  return (order) => {
    if (orderId !== undefined) return isOf(order, orderId);
    return date === undefined || dayOf(order.ts) === date;
  };
}

/** @param take is handed each order by the time of its placing. */
async function read(
  { log, ordersDb, orderId }: ReplayOptions,
  take: (order: OrderCase) => void,
): Promise<Found> {
  if (ordersDb !== undefined) {
    const found = readOrdersDb(ordersDb);
    for (const order of inTime(found.orders)) take(order);
    return found;
  }
  const progress = progressBar();
  try {
    return await readLogs(log ?? [], {
      onProgress: progress.at,
      onOrder: take,
      ...(orderId !== undefined && { keepText: (id: number) => id === orderId }),
    });
  } finally {
    progress.stop();
  }
}

/** A stop or a target is judged with its parent: whoever asks for it is shown the parent too. */
function isOf({ orderId, children }: OrderCase, wanted: number): boolean {
  return orderId === wanted || children.some((child) => child.orderId === wanted);
}

/** 0: nothing of it would have been sent as an entry. */
function codeOf({ orders, blocked, protection }: Summary): ExitCode {
  return blocked > 0 && blocked === orders - protection ? 0 : 1;
}

function notThere(
  { unread, sources }: Replayed,
  { assembly, nearest }: { assembly: Assembly; nearest: Nearest },
  { orderId, date }: ReplayOptions,
): string {
  const { taken, days } = assembly;
  const read = `${taken} orders were read${unread.count > 0 ? `, and ${unread.count} entries that look like the bot's could not be` : ''}.`;
  if (orderId !== undefined) {
    const known = nearest.ids.length > 0 ? ` The nearest ids are ${nearest.ids.join(', ')}.` : '';
    return `Order ${orderId} is not there. ${read}${known}`;
  }
  if (days === null) {
    const lines = sources.reduce((sum, source) => sum + source.lines, 0);
    return `There is no order in it: ${lines} lines were read. ${read}`;
  }
  return `There is no order on ${date} (US/Central). ${read} They are from ${days.first} to ${days.last}.`;
}

/** @throws InputError where a file stands already, or none can be written. */
function exportTest(orders: Iterable<JudgedOrder>, setting: Setting, file: string): void {
  const [one] = [...orders].filter(({ verdict }) => verdict.outcome !== 'protection');
  if (one === undefined) return;
  try {
    writeFileSync(file, testOf(one.order, setting, roomFrom(file)), { flag: 'wx' });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError(
      `The test could not be written to ${file} (${why}). Give a file that is not there yet.`,
    );
  }
}

/** The way from a test that will stand at `file` to the replay's room, as an import says it. */
function roomFrom(file: string): string {
  const room = path.resolve(import.meta.dirname, '../../replay');
  const relative = path.relative(path.dirname(path.resolve(file)), room).replaceAll('\\', '/');
  return relative.startsWith('.') ? relative : `./${relative}`;
}
