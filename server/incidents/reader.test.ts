import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { INCIDENT, textOf } from '../replay/testing/bot-log';
import { type IncidentDesk, openIncidentDesk } from './desk';
import { readDay, readOrder, readSummary } from './result';

let home: string;
let desk: IncidentDesk;

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'interlock-reader-'));
  desk = openIncidentDesk(home);
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function broughtIn(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const { id } = await desk.shelf.create('12 December');
  for (const [name, text] of Object.entries(files))
    await desk.shelf.put(id, name, Readable.from([Buffer.from(text)]));
  return id;
}

const ended = (id: string) =>
  vi.waitUntil(
    async () => {
      const { phase } = await desk.shelf.get(id);
      return phase.name === 'done' || phase.name === 'failed' ? phase : false;
    },
    { timeout: 60_000 },
  );

it('reads an incident in a process of its own: the whole in figures, the day, the order with its evidence', async () => {
  const tape = 'timestamp,open,high,low,close,volume\n2025-12-12T14:53:00Z,6890.5,6891,6890,6890.75,100\n';
  const id = await broughtIn({ 'bot.log': textOf(INCIDENT), 'bars.csv': gzipSync(tape) });
  expect((await desk.reader.start(id)).phase).toMatchObject({ name: 'reading', readBytes: 0 });
  expect(await ended(id)).toEqual({ name: 'done', tookMs: expect.any(Number) });
  const dir = desk.shelf.resultDir(id);
  const { summary, sources } = await readSummary(dir);
  expect(summary).toMatchObject({ orders: 1, blocked: 1 });
  expect(sources.map(({ name }) => name)).toEqual(['bot.log']);
  const { pricesFrom, bars, orders } = await readDay(dir, '2025-12-12');
  expect({ pricesFrom, bars }).toEqual({
    pricesFrom: 'tape',
    bars: [{ ts: Date.UTC(2025, 11, 12, 14, 53), open: 6890.5, high: 6891, low: 6890, close: 6890.75 }],
  });
  const [line] = orders;
  expect(line).toMatchObject({ orderId: 14812, side: 'BUY', outcome: 'blocked', price: 6890.5 });
  const { order, verdict } = await readOrder(dir, line?.at ?? { offset: 0, bytes: 1 });
  expect(verdict.reasons).toContain('MISSING_PROTECTION');
  expect(order.evidence.every(({ source }) => source === 'bot.log')).toBe(true);
  await expect(readDay(dir, '2025-12-11')).rejects.toThrow('There is no order on 2025-12-11.');
  await expect(readOrder(dir, { offset: 3, bytes: 40 })).rejects.toThrow('No order stands there');
});

it('is never said to have been left while it is read, nor when that ends', async () => {
  const id = await broughtIn({ 'bot.log': textOf(INCIDENT) });
  await desk.reader.start(id);
  const seen = new Set<string>();
  while (!seen.has('done') && !seen.has('failed')) {
    seen.add((await desk.reader.card(id)).phase.name);
    await new Promise(setImmediate);
  }
  expect([...seen]).toEqual(['reading', 'done']);
});

it('judges an incident again under other limits, and keeps them on its card', async () => {
  const id = await broughtIn({ 'bot.log': textOf(INCIDENT) });
  await desk.reader.start(id, ['min_distance_ticks=6']);
  await expect(desk.reader.start(id)).rejects.toThrow('It is being read');
  await ended(id);
  expect((await desk.shelf.get(id)).limits).toEqual(['min_distance_ticks=6']);
  expect((await readSummary(desk.shelf.resultDir(id))).limits).toMatchObject({ minDistanceTicks: 6 });
});

it('says why an incident cannot be read', async () => {
  const id = await broughtIn({ 'bars.csv': 'timestamp,open,high,low,close,volume\n' });
  await desk.reader.start(id);
  expect(await ended(id)).toEqual({ name: 'failed', why: expect.stringContaining('There is only a tape') });
  const empty = await desk.shelf.create('nothing');
  await expect(desk.reader.start(empty.id)).rejects.toThrow('Bring in a log or an order database first.');
});

it('takes no card at its word that nobody reads any more', async () => {
  const id = await broughtIn({ 'bot.log': textOf(INCIDENT) });
  await desk.shelf.turn(id, { name: 'reading', readBytes: 1, totalBytes: 2 });
  expect((await desk.reader.card(id)).phase).toMatchObject({ name: 'failed' });
  expect(await desk.reader.cards()).toMatchObject([{ id, phase: { name: 'failed' } }]);
});

it('ends the reader with the incident', async () => {
  const id = await broughtIn({ 'bot.log': textOf(INCIDENT) });
  await desk.reader.start(id);
  await desk.reader.stop(id);
  await desk.shelf.remove(id);
  await expect.poll(() => desk.reader.idle).toBe(true);
  await expect(desk.shelf.get(id)).rejects.toThrow('it may have been deleted');
});
