/**
 * The bot's order database, row by row. SQLite keeps any value in any column: a row is parsed or it is told of, and the file is only
 * ever read.
 */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import Sqlite from 'libsql';
import { z } from 'zod';
import { InputError } from '../model/input-error';
import { orderTypeOf, sideOf } from '../model/order-case';

const ISO = /^(20\d\d-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?$/;

/** The bot wrote UTC without saying so. */
const time = z.string().transform((text, context) => {
  const [, date, clock, fraction = '', zone = 'Z'] = ISO.exec(text) ?? [];
  const ts = Date.parse(`${date}T${clock}${fraction.slice(0, 4)}${zone}`);
  // a day that does not exist (31 February) would be read as another one
  if (date !== undefined && isDay(date) && !Number.isNaN(ts)) return ts;
  context.addIssue({ code: 'custom', message: `"${text.slice(0, 40)}" is not a time` });
  return z.NEVER;
});
function isDay(date: string): boolean {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(date);
}
const price = z.number().positive().nullish().default(null);
const contracts = z.number().int().positive().max(1_000_000);
const word = z.string().regex(/^[\w .:/-]{1,40}$/, 'is no word of the bot');
const orderId = z.number().int();

export const orderRow = z.object({
  order_id: orderId,
  parent_order_id: orderId.nullish().default(null),
  timestamp: time,
  symbol: word,
  action: word.refine((action) => sideOf(action) !== null, 'is no side'),
  quantity: contracts,
  order_type: word.refine((type) => orderTypeOf(type) !== null, 'is no order type that we know'),
  limit_price: price,
  stop_price: price,
  entry_price: price,
  stop_loss: price,
  take_profit: price,
  confidence: z.number().min(0).max(1).nullish().default(null),
  market_regime: z.string().nullish().default(null),
  status: word,
  filled_quantity: z.number().nonnegative().nullish().default(null),
  avg_fill_price: price,
});
export type OrderRow = z.infer<typeof orderRow>;

export const executionRow = z.object({
  id: orderId,
  order_id: orderId,
  timestamp: time,
  quantity: contracts,
  price: z.number().positive(),
  commission: z.number().nullish().default(null),
});
export type ExecutionRow = z.infer<typeof executionRow>;

export const eventRow = z.object({
  id: orderId,
  order_id: orderId,
  timestamp: time,
  event_type: word,
  status: z.string().nullish().default(null),
});
export type EventRow = z.infer<typeof eventRow>;

export interface OrdersDb {
  bytes: number;
  has(table: string): boolean;
  /** Rows as they are, of the columns that are there. @throws InputError where the file is broken. */
  rows(table: string, columns: readonly string[]): Generator<Record<string, unknown>>;
  close(): void;
}

/** @throws InputError */
export function openOrdersDb(file: string): OrdersDb {
  if (!existsSync(file) || !statSync(file).isFile())
    throw new InputError(`There is no file ${file}. Nothing was read; name the bot's order database.`);
  // immutable: no lock and no file beside it, unless a bot writes to it at this moment
  const isLive = existsSync(`${file}-wal`);
  const url = `${pathToFileURL(path.resolve(file)).href}?mode=ro${isLive ? '' : '&immutable=1'}`;
  const said = <T>(work: () => T): T => {
    try {
      return work();
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new InputError(
        `${file} cannot be read as a SQLite database (${why}). Give the file itself, not a copy of a part.`,
        { cause },
      );
    }
  };
  const database = said(() => new Sqlite(url));
  const close = () => {
    database.close();
  };
  const names = (sql: string) =>
    said(() => database.prepare(sql).raw().all()).map((row) => decoded((row as unknown[])[0]));
  try {
    const tables = new Set(names("SELECT CAST(name AS BLOB) FROM sqlite_master WHERE type = 'table'"));
    if (!tables.has('orders'))
      throw new InputError(`${file} has no table "orders": it is not the order database of the bot.`);
    return {
      bytes: statSync(file).size,
      has: (table) => tables.has(table),
      *rows(table, columns) {
        const present = new Set(names(`SELECT CAST(name AS BLOB) FROM pragma_table_info('${table}')`));
        const wanted = columns.filter((column) => present.has(column)).map(asBytes);
        const statement = said(() => database.prepare(`SELECT ${wanted.join(', ')} FROM ${table}`));
        const rows = said(() => statement.safeIntegers(true).iterate());
        for (let row = said(() => rows.next()); !row.done; row = said(() => rows.next())) {
          yield plain(row.value as Record<string, unknown>);
        }
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** Texts come as bytes: the driver ends the process at one that is not UTF-8. A blob becomes a byte that no text has. */
function asBytes(column: string): string {
  return `CASE typeof(${column}) WHEN 'text' THEN CAST(${column} AS BLOB) WHEN 'blob' THEN x'FF' ELSE ${column} END AS ${column}`;
}

/** The driver's own buffers are not of this realm: `instanceof` does not know them. */
function isBytes(value: unknown): value is ArrayBuffer {
  return typeof value === 'object' && value !== null && 'byteLength' in value;
}

function decoded(value: unknown): string {
  return isBytes(value) ? Buffer.from(value).toString('utf8') : String(value);
}

/** A whole number beyond what a number holds stays what it is, and no schema takes it. */
function plain(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'bigint' && Number.isSafeInteger(Number(value))
        ? Number(value)
        : isBytes(value)
          ? decoded(value)
          : value,
    ]),
  );
}
