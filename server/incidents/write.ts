/** Lays a report down in the pieces of result.ts. Runs in the reader's own process: it may be long. */
import { createWriteStream } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import type { TickBar } from '../exchange/market';
import { toPoints } from '../exchange/units';
import type { JudgedOrder } from '../replay/model/verdict';
import { csvRows } from '../replay/report/csv';
import type { ReplayReport } from '../replay/report/report';
import { dayOf } from '../replay/report/summary';
import { dayFile, FILES, type IncidentDay, IncidentSummary, type OrderLine } from './result';

const MINUTE_MS = 60_000;
/** Candles before the first order and after the last, so that the way there is seen. */
const MARGIN_MS = 30 * MINUTE_MS;

/** @param tape bars in ticks, or null: then the bot's own prices are drawn */
export async function writeResult(
  dir: string,
  report: ReplayReport,
  tape: readonly TickBar[] | null,
): Promise<void> {
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { recursive: true });
  const days = await writeOrders(dir, report.orders);
  for (const [day, { lines, judged }] of days) {
    const prices = pricesOf(judged, tape);
    await writeFile(path.join(dir, dayFile(day)), JSON.stringify({ day, ...prices, orders: lines }));
  }
  await writeFile(path.join(dir, FILES.csv), csvRows(report.orders));
  // the summary comes last: where it is, all of it is
  await writeFile(path.join(dir, FILES.summary), JSON.stringify(IncidentSummary.parse(report)));
}

interface Day {
  lines: OrderLine[];
  judged: JudgedOrder[];
}

async function writeOrders(dir: string, orders: readonly JudgedOrder[]): Promise<ReadonlyMap<string, Day>> {
  const days = new Map<string, Day>();
  const file = createWriteStream(path.join(dir, FILES.orders));
  let offset = 0;
  for (const judged of orders) {
    const text = `${JSON.stringify(judged)}\n`;
    const bytes = Buffer.byteLength(text);
    file.write(text);
    const day = dayOf(judged.order.ts);
    const known = days.get(day) ?? { lines: [], judged: [] };
    known.lines.push(lineOf(judged, { offset, bytes }));
    known.judged.push(judged);
    days.set(day, known);
    offset += bytes;
  }
  file.end();
  await finished(file);
  return days;
}

function lineOf({ order, verdict }: JudgedOrder, at: OrderLine['at']): OrderLine {
  const { key, orderId, ts, symbol, side, quantity, status } = order;
  return {
    key,
    orderId,
    ts,
    symbol,
    side,
    quantity,
    intent: order.intent.kind,
    outcome: verdict.outcome,
    reasons: verdict.reasons,
    price: order.asked.entryPrice ?? order.averagePrice ?? order.market?.price ?? null,
    sentence: verdict.sentence,
    status,
    at,
  };
}

function pricesOf(
  judged: readonly JudgedOrder[],
  tape: readonly TickBar[] | null,
): Pick<IncidentDay, 'pricesFrom' | 'bars'> {
  const times = judged.map(({ order }) => order.ts);
  const from = Math.min(...times) - MARGIN_MS;
  const to = Math.max(...times) + MARGIN_MS;
  const taped = (tape ?? []).filter(({ ts }) => ts >= from && ts <= to).map(inPoints);
  if (taped.length > 0) return { pricesFrom: 'tape', bars: taped };
  const own = ownCandles(judged);
  return own.length > 0 ? { pricesFrom: 'own prices', bars: own } : { pricesFrom: 'none', bars: [] };
}

function inPoints({ ts, open, high, low, close }: TickBar): IncidentDay['bars'][number] {
  return { ts, open: toPoints(open), high: toPoints(high), low: toPoints(low), close: toPoints(close) };
}

/** Every price that the bot wrote down, in the minute in which it did. */
function ownCandles(judged: readonly JudgedOrder[]): IncidentDay['bars'] {
  const seen = judged
    .flatMap(({ order }) => [
      ...(order.market === null ? [] : [{ ts: order.market.ts, price: order.market.price }]),
      ...(order.asked.entryPrice === null ? [] : [{ ts: order.ts, price: order.asked.entryPrice }]),
      ...order.executions.map(({ ts, price }) => ({ ts, price })),
    ])
    .sort((a, b) => a.ts - b.ts);
  const candles: IncidentDay['bars'] = [];
  for (const { ts, price } of seen) {
    const minute = Math.floor(ts / MINUTE_MS) * MINUTE_MS;
    const last = candles.at(-1);
    if (last?.ts !== minute) candles.push({ ts: minute, open: price, high: price, low: price, close: price });
    else
      candles[candles.length - 1] = {
        ...last,
        high: Math.max(last.high, price),
        low: Math.min(last.low, price),
        close: price,
      };
  }
  return candles;
}
