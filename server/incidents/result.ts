/**
 * What was read out of an incident, in pieces that a page can ask for: the whole in figures, one day, one order. Written by read.child.ts.
 * The bundler is told to leave the paths alone: they lie in the stack's home, not in the project.
 */
import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { JudgedOrder } from '../replay/model/verdict';
import { ReplayReport } from '../replay/report/report';
import { IncidentRefused } from './words';

export const FILES = { summary: 'summary.json', orders: 'orders.jsonl', csv: 'orders.csv' } as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** An order with its evidence is some kilobytes. */
const ORDER_BYTES_MAX = 4 * 1024 ** 2;

export const IncidentSummary = ReplayReport.omit({ version: true, orders: true, cycles: true });
export type IncidentSummary = z.infer<typeof IncidentSummary>;

/** Enough of an order for a line in a table and a mark on a chart. */
export const OrderLine = z.object({
  key: z.string(),
  orderId: z.int(),
  ts: z.int(),
  symbol: z.string(),
  side: z.enum(['BUY', 'SELL']),
  quantity: z.number(),
  intent: z.string(),
  outcome: z.string(),
  reasons: z.array(z.string()),
  /** Points: as asked, else as filled, else what the bot saw. */
  price: z.number().nullable(),
  sentence: z.string(),
  status: z.string().nullable(),
  /** Where it stands in orders.jsonl, bytes. */
  at: z.object({ offset: z.int().nonnegative(), bytes: z.int().positive().max(ORDER_BYTES_MAX) }),
});
export type OrderLine = z.infer<typeof OrderLine>;

/** One-minute candles, points: from a tape that was brought in, or from the prices that the bot itself saw. */
export const IncidentDay = z.object({
  day: z.string(),
  pricesFrom: z.enum(['tape', 'own prices', 'none']),
  bars: z.array(
    z.object({ ts: z.int(), open: z.number(), high: z.number(), low: z.number(), close: z.number() }),
  ),
  orders: z.array(OrderLine),
});
export type IncidentDay = z.infer<typeof IncidentDay>;

export function dayFile(day: string): string {
  if (!DAY.test(day)) throw new IncidentRefused(`"${day.slice(0, 20)}" is no day.`);
  return `day-${day}.json`;
}

export async function readSummary(dir: string): Promise<IncidentSummary> {
  return IncidentSummary.parse(JSON.parse(await readText(dir, FILES.summary)));
}

/** @throws IncidentRefused for a day without orders */
export async function readDay(dir: string, day: string): Promise<IncidentDay> {
  const text = await readText(dir, dayFile(day)).catch(() => null);
  if (text === null) throw new IncidentRefused(`There is no order on ${day}.`);
  return IncidentDay.parse(JSON.parse(text));
}

/** @throws IncidentRefused when no order stands there */
export async function readOrder(dir: string, { offset, bytes }: OrderLine['at']): Promise<JudgedOrder> {
  const file = await open(/* turbopackIgnore: true */ pathOf(dir, FILES.orders));
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, offset);
    return JudgedOrder.parse(JSON.parse(buffer.toString('utf8', 0, bytesRead)));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError)
      throw new IncidentRefused('No order stands there: open the incident again.');
    throw error;
  } finally {
    await file.close();
  }
}

export function openCsv(dir: string): Readable {
  return createReadStream(/* turbopackIgnore: true */ pathOf(dir, FILES.csv));
}

function readText(dir: string, name: string): Promise<string> {
  return readFile(/* turbopackIgnore: true */ pathOf(dir, name), 'utf8');
}

function pathOf(dir: string, name: string): string {
  return path.join(/* turbopackIgnore: true */ dir, name);
}
