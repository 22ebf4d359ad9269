/** A report as CSV (RFC 4180): one line an order, times in UTC, prices in points. */
import type { JudgedOrder } from '../model/verdict';

type Cell = string | number | null;

const COLUMNS: readonly (readonly [string, (judged: JudgedOrder) => Cell])[] = [
  ['order_id', ({ order }) => order.orderId],
  ['time', ({ order }) => new Date(order.ts).toISOString()],
  ['symbol', ({ order }) => order.symbol],
  ['action', ({ order }) => order.action],
  ['side', ({ order }) => order.side],
  ['quantity', ({ order }) => order.quantity],
  ['type', ({ order }) => order.type],
  ['entry', ({ order }) => order.asked.entryPrice],
  ['stop', ({ order }) => order.asked.stopPrice],
  ['target', ({ order }) => order.asked.targetPrice],
  ['confidence', ({ order }) => order.signal?.confidence ?? null],
  ['advisor', ({ order }) => order.advice?.verdict ?? null],
  ['held', ({ order }) => order.held?.quantity ?? null],
  ['intent', ({ order }) => order.intent.kind],
  ['verdict', ({ verdict }) => verdict.outcome],
  ['reasons', ({ verdict }) => verdict.reasons.join(' ')],
  ['status', ({ order }) => order.status],
  ['filled', ({ order }) => order.filled],
  ['average_price', ({ order }) => order.averagePrice],
  ['sentence', ({ verdict }) => verdict.sentence],
  ['source', ({ order }) => order.evidence[0]?.source ?? null],
  ['line', ({ order }) => order.evidence[0]?.line ?? null],
];

/** Its rows one after another, each with its end: of many orders the whole would not fit. */
export function* csvRows(orders: Iterable<JudgedOrder>): Generator<string> {
  yield row(COLUMNS.map(([name]) => name));
  for (const order of orders) yield row(COLUMNS.map(([, cell]) => cell(order)));
}

function row(cells: readonly Cell[]): string {
  return `${cells.map(quoted).join(',')}\r\n`;
}

/** A text that a spreadsheet would run as a formula is kept a text. */
function quoted(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = /^[=+\-@\t]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
