/** A bot's order database as orders to be judged: parents with their children and executions, and what the tables contradict. */
import type { z } from 'zod';
import {
  type ChildOrder,
  type Execution,
  keyOf,
  type OrderCase,
  orderTypeOf,
  sideOf,
} from '../model/order-case';
import type { Found } from '../report/assemble';
import type { Unread } from '../report/report';
import {
  type EventRow,
  type ExecutionRow,
  eventRow,
  executionRow,
  type OrderRow,
  openOrdersDb,
  orderRow,
} from './rows';

const UNREAD_SHOWN = 100;
const TEXT_MAX = 400;
/** Status words of an order that the broker holds. */
const WORKING = new Set(['PreSubmitted', 'Submitted', 'Filled']);

type ById<T> = Map<number, T[]>;

interface Tables {
  orders: Map<number, OrderRow>;
  children: ById<OrderRow>;
  executions: ById<ExecutionRow>;
  /** When each order id was placed, ever, and when an order of that id was first said to work after that. */
  placed: ById<number>;
  working: ById<EventRow>;
  texts: Map<number, string>;
}

/** @throws InputError when the file cannot be used at all; a row that cannot be read is counted and shown. */
export function readOrdersDb(file: string): Found {
  const database = openOrdersDb(file);
  try {
    const unread = { count: 0, shown: [] as Unread[] };
    const reader = readerOf(file, unread);
    const tables: Tables = {
      orders: new Map(),
      children: new Map(),
      executions: new Map(),
      placed: new Map(),
      working: new Map(),
      texts: new Map(),
    };
    let lines = 0;
    for (const raw of database.rows('orders', Object.keys(orderRow.shape))) {
      lines += 1;
      const row = reader('orders', 'order_id', orderRow, raw);
      if (row === null) continue;
      tables.orders.set(row.order_id, row);
      tables.texts.set(row.order_id, textOf(raw));
      if (row.parent_order_id !== null) push(tables.children, row.parent_order_id, row);
    }
    for (const raw of database.has('executions')
      ? database.rows('executions', Object.keys(executionRow.shape))
      : []) {
      lines += 1;
      const row = reader('executions', 'id', executionRow, raw);
      if (row !== null) push(tables.executions, row.order_id, row);
    }
    for (const raw of database.has('order_events')
      ? database.rows('order_events', Object.keys(eventRow.shape))
      : []) {
      lines += 1;
      const row = reader('order_events', 'id', eventRow, raw);
      if (row?.event_type === 'PLACED') push(tables.placed, row.order_id, row.timestamp);
      if (row?.status != null && WORKING.has(row.status)) push(tables.working, row.order_id, row);
    }
    const orders = [...tables.orders.values()].map((row) => caseOf(row, tables, file));
    const times = orders.map(({ ts }) => ts).sort((a, b) => a - b);
    return {
      sources: [
        {
          name: file,
          kind: 'orders database',
          bytes: database.bytes,
          lines,
          firstTs: times[0] ?? null,
          lastTs: times.at(-1) ?? null,
        },
      ],
      orders,
      suppressed: { count: 0, shown: [] },
      unread,
      caveats: caveatsOf(tables, file),
    };
  } finally {
    database.close();
  }
}

function readerOf(file: string, unread: Found['unread']) {
  return <S extends z.ZodType>(
    table: string,
    key: string,
    schema: S,
    raw: Record<string, unknown>,
  ): z.infer<S> | null => {
    const parsed = schema.safeParse(raw);
    if (parsed.success) return parsed.data;
    const id = typeof raw[key] === 'number' ? raw[key] : 0;
    const [issue] = parsed.error.issues;
    const why = `${table}.${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`;
    unread.count += 1;
    if (unread.shown.length < UNREAD_SHOWN)
      unread.shown.push({ source: file, line: id, text: `${table}: ${textOf(raw)}`, why });
    return null;
  };
}

function caseOf(row: OrderRow, tables: Tables, file: string): OrderCase {
  const { order_id: orderId, timestamp: ts, parent_order_id: parentId } = row;
  const children = (tables.children.get(orderId) ?? [])
    .filter((child) => child.timestamp >= ts)
    .map((child) => childOf(child, tables));
  const executions = executionsOf(row, tables);
  const stopPrice = row.stop_loss ?? children.find(({ role }) => role === 'stop')?.price ?? null;
  const targetPrice = row.take_profit ?? children.find(({ role }) => role === 'target')?.price ?? null;
  const type = orderTypeOf(row.order_type) ?? 'LMT';
  return {
    key: keyOf(orderId, ts),
    orderId,
    ts,
    symbol: row.symbol,
    action: row.action,
    side: sideOf(row.action) ?? 'BUY',
    quantity: row.quantity,
    type,
    asked: { entryPrice: entryOf(row, type), stopPrice, targetPrice, protection: 'known' },
    signal: row.confidence === null ? null : signalOf(row, row.confidence),
    advice: null,
    held: null,
    market: ownFill(row, executions),
    lastTradeDate: null,
    intent: intentOf(row, stopPrice !== null || targetPrice !== null),
    parentId,
    children,
    status: row.status,
    filled: row.filled_quantity ?? 0,
    averagePrice: row.avg_fill_price,
    executions,
    evidence: [{ source: file, line: orderId, text: `orders: ${tables.texts.get(orderId) ?? ''}` }],
    notes: notesOf(row, tables, executions),
  };
}

function entryOf(row: OrderRow, type: OrderCase['type']): number | null {
  if (type === 'MKT') return null;
  return type === 'LMT' ? (row.limit_price ?? row.entry_price) : (row.stop_price ?? row.limit_price);
}

/** Where it filled: by its executions, or by its own row where those are gone. */
function ownFill({ timestamp, avg_fill_price: average }: OrderRow, [first]: readonly Execution[]) {
  if (first) return { ts: first.ts, price: first.price, by: 'own fill' as const };
  return average === null ? null : { ts: timestamp, price: average, by: 'own fill' as const };
}

function signalOf(row: OrderRow, confidence: number): OrderCase['signal'] {
  const { timestamp: ts, action, market_regime: trend } = row;
  return { ts, action, confidence, trend, volatility: null };
}

function intentOf({ parent_order_id: parentId }: OrderRow, bracketed: boolean): OrderCase['intent'] {
  if (parentId !== null) return { kind: 'protection', why: `It hangs on order ${parentId}.` };
  if (bracketed) return { kind: 'entry', why: 'It names a stop or a target.' };
  return { kind: 'unknown', why: 'The database does not tell whether it was to open or to close.' };
}

function childOf(row: OrderRow, tables: Tables): ChildOrder {
  const type = orderTypeOf(row.order_type);
  const isStop = type === 'STP' || type === 'STP LMT';
  const working = tables.working.get(row.order_id)?.find(({ timestamp }) => timestamp >= row.timestamp);
  return {
    orderId: row.order_id,
    role: isStop ? 'stop' : 'target',
    side: sideOf(row.action) ?? 'BUY',
    quantity: row.quantity,
    // of a stop limit the database names the limit only where it lost the trigger
    price: isStop ? (row.stop_price ?? row.limit_price) : row.limit_price,
    status: row.status,
    filled: row.filled_quantity ?? 0,
    workingTs: working?.timestamp ?? null,
    executions: executionsOf(row, tables),
  };
}

/** Those of the order that the row tells of: earlier ones belong to orders that had the same id. */
function executionsOf({ order_id: orderId, timestamp }: OrderRow, tables: Tables): Execution[] {
  return (tables.executions.get(orderId) ?? [])
    .filter((one) => one.timestamp >= timestamp)
    .map(({ timestamp: ts, quantity, price }) => ({ ts, quantity, price }))
    .sort((a, b) => a.ts - b.ts);
}

function notesOf(row: OrderRow, tables: Tables, executions: readonly Execution[]): string[] {
  const { order_id: id, filled_quantity: filled, parent_order_id: parentId, timestamp } = row;
  const earlier = (tables.placed.get(id) ?? []).filter((ts) => ts < timestamp).length;
  const counted = executions.reduce((sum, { quantity }) => sum + quantity, 0);
  const parent = parentId === null ? undefined : tables.orders.get(parentId);
  const later = parent !== undefined && parent.timestamp > timestamp;
  return [
    earlier > 0 ? `The id was used ${earlier} times before; those rows were written over.` : '',
    counted > row.quantity ? `${counted} contracts were executed of ${row.quantity}.` : '',
    filled !== null && filled !== counted
      ? `The row says ${filled} filled, its executions add up to ${counted}.`
      : '',
    parentId !== null && parent === undefined ? `Its parent ${parentId} is not in the table.` : '',
    later ? `Its parent ${parentId} was written over by a later order of the same id.` : '',
  ].filter((note) => note !== '');
}

function caveatsOf({ orders, executions, placed }: Tables, file: string): string[] {
  const written = [...placed].reduce((sum, [id, times]) => {
    const row = orders.get(id);
    return sum + times.filter((ts) => ts !== row?.timestamp).length;
  }, 0);
  const lost = [...executions].filter(([id]) => !orders.has(id)).flatMap(([, rows]) => rows).length;
  const early = [...executions].flatMap(([id, rows]) => {
    const row = orders.get(id);
    return row === undefined ? [] : rows.filter(({ timestamp }) => timestamp < row.timestamp);
  }).length;
  return [
    'The times of the database bear no zone and are read as UTC.',
    'The database holds no position: which order opened and which closed is not told, and an order that does not say that it only reduces is judged as the entry that the broker would take it for.',
    written > 0
      ? `${written} placements in order_events have no row of their own in orders: their ids were used again. They cannot be judged.`
      : '',
    lost + early > 0
      ? `${lost + early} executions belong to orders whose rows are gone; the position cannot be rebuilt from ${file}.`
      : '',
  ].filter((caveat) => caveat !== '');
}

function push<T>(into: ById<T>, key: number, value: T): void {
  const known = into.get(key);
  if (known) known.push(value);
  else into.set(key, [value]);
}

/** What it says, without what it leaves empty. */
function textOf(raw: Record<string, unknown>): string {
  const told = Object.entries(raw).filter(([, value]) => value !== null);
  const text = told.map(([name, value]) => `${name}=${String(value)}`).join(' ');
  return text.slice(0, TEXT_MAX);
}
