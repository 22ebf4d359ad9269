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
import { type Found, reportOf } from '../../replay/report/assemble';
import { csvOf } from '../../replay/report/csv';
import { nearestIds } from '../../replay/report/nearest';
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

const NEAREST = 5;

/** @throws InputError, with a sentence for a person, when there is nothing to judge: standard output is for the result alone. */
export async function replay(desk: Desk, options: ReplayOptions): Promise<Outcome> {
  checkOptions(options);
  const setting = settingOf(options);
  if (options.journal) return replayJournal(desk, limitsOf(options), options.date);
  const tape = options.tape === undefined ? null : { name: options.tape, tape: readTape(options.tape) };
  const found = await read(options);
  const orders = tape === null ? found.orders : pricedBy(tape.tape.bars, found.orders);
  return answer({ ...found, orders }, { setting, tape }, options);
}

async function read({ log, ordersDb, orderId }: ReplayOptions): Promise<Found> {
  if (ordersDb !== undefined) return readOrdersDb(ordersDb);
  const progress = progressBar();
  try {
    return await readLogs(log ?? [], {
      onProgress: progress.at,
      ...(orderId !== undefined && { keepText: (id: number) => id === orderId }),
    });
  } finally {
    progress.stop();
  }
}

interface Judging {
  setting: Setting;
  tape: NamedTape | null;
}

function answer(found: Found, { setting, tape }: Judging, options: ReplayOptions): Outcome {
  const { orderId, date } = options;
  const wanted = (order: OrderCase) => {
    if (orderId !== undefined) return isOf(order, orderId);
    return date === undefined || dayOf(order.ts) === date;
  };
  const report = reportOf(found, setting, wanted);
  if (report.orders.length === 0) throw new InputError(notThere(found, options));
  if (options.exportTest !== undefined) exportTest(report.orders, setting, options.exportTest);
  const code = codeOf(report.orders);
  if (tape !== null) {
    const orders = report.orders.map((one) => one.order);
    const run = runTape(orders, setting, tape);
    return { code, text: tapeText(run, report), data: { report, tape: run } };
  }
  if (options.csv) return { code, text: csvOf(report.orders), data: report };
  const text =
    orderId === undefined
      ? reportText(report)
      : report.orders.map((one) => orderText(one, options.verifyReduceOnly === true)).join('\n\n');
  return { code, text, data: report };
}

/** A stop or a target is judged with its parent: whoever asks for it is shown the parent too. */
function isOf({ orderId, children }: OrderCase, wanted: number): boolean {
  return orderId === wanted || children.some((child) => child.orderId === wanted);
}

/** 0: nothing of it would have been sent as an entry. */
function codeOf(orders: readonly JudgedOrder[]): ExitCode {
  const judged = orders.filter(({ verdict }) => verdict.outcome !== 'protection');
  return judged.length > 0 && judged.every(({ verdict }) => verdict.outcome === 'blocked') ? 0 : 1;
}

function notThere({ orders, unread, sources }: Found, { orderId, date }: ReplayOptions): string {
  const read = `${orders.length} orders were read${unread.count > 0 ? `, and ${unread.count} entries that look like the bot's could not be` : ''}.`;
  if (orderId !== undefined) {
    const near = nearestIds(orders, orderId, NEAREST);
    const known = near.length > 0 ? ` The nearest ids are ${near.join(', ')}.` : '';
    return `Order ${orderId} is not there. ${read}${known}`;
  }
  if (orders.length === 0) {
    const lines = sources.reduce((sum, source) => sum + source.lines, 0);
    return `There is no order in it: ${lines} lines were read. ${read}`;
  }
  const days = [...new Set(orders.map(({ ts }) => dayOf(ts)))].sort();
  return `There is no order on ${date} (US/Central). ${read} They are from ${days[0]} to ${days.at(-1)}.`;
}

/** @throws InputError where a file stands already, or none can be written. */
function exportTest(orders: readonly JudgedOrder[], setting: Setting, file: string): void {
  const [one] = orders.filter(({ verdict }) => verdict.outcome !== 'protection');
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
