/** 12 December 2025 again, on the real tape: the trade that nobody meant is refused, and sound ones are traded to the cent. */
import { existsSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { openBook } from './support/book';
import { startStack } from './support/stack';

const data = path.resolve(import.meta.dirname, '../../shared/data');
const tape = path.join(data, 'es-1m-2025-11-02_2025-12-12.csv.gz');
const orders = path.join(data, 'orders-2025-12-12.jsonl');
test.skip(
  !existsSync(tape) || !existsSync(orders),
  'The real records of 12 December are not on this machine (../shared/data).',
);

/** A second of a slow machine is a minute of this tape. */
const LATE_IS_FINE = { INTERLOCK_LIMITS: '{"maxSignalAgeMs":120000}' };

test('order 14812 is denied with MISSING_PROTECTION, and nothing of its kind is traded', async ({ page }) => {
  const stack = await startStack({
    tape,
    at: '2025-12-12T14:45:00Z',
    speed: 60,
    signals: orders,
    env: LATE_IS_FINE,
  });
  const book = await openBook(stack);
  try {
    const denied = await book.until(
      (view) =>
        view.activity.some(
          (line) => line.code === 'MISSING_PROTECTION' && line.ts >= Date.parse('2025-12-12T14:53:13Z'),
        ),
      'order 14812 denied',
      45_000,
    );
    expect(denied.positions).toEqual([]);
    const { rows } = await book.reads.cycles({ limit: 50 });
    const incident = rows.find((row) => row.signalId === 'order-14812');
    expect(incident).toMatchObject({ phase: 'denied', side: 'BUY', quantity: 1 });
    expect(incident?.reasons).toEqual(['MISSING_PROTECTION']);
    expect(rows.every((row) => row.phase === 'denied')).toBe(true);
    const story = await book.reads.cycle(incident?.cycleId ?? '');
    expect(story?.facts.map((one) => one.fact.type)).toEqual([
      'CycleOpened',
      'GuardsEvaluated',
      'EntryDenied',
    ]);

    await page.goto(`${stack.baseURL}/cycles`);
    await expect(page.getByTestId('cycle-row').first()).toContainText('MISSING_PROTECTION');
    await page.goto(`${stack.baseURL}/cycles/${incident?.cycleId}`);
    await expect(page.getByTestId('cycle-timeline')).toContainText('MISSING_PROTECTION');
  } finally {
    await book.close();
    await stack.stop();
  }
});

/** Limits that rest until the tape reaches them, so that the fills can be read off the bars by hand. */
const SOUND = [
  // 15:01, 15:02 and 15:03 each rise through 6885.75, 15:04 falls to 6880.00: sold at 6885.75, bought back at 6880.25
  {
    id: 'to-target',
    time: '2025-12-12T15:00:58Z',
    action: 'SELL',
    entry: 6885.75,
    stop: 6889.75,
    target: 6880.25,
  },
  // 15:07 falls through 6877.00, 15:08 falls to 6872.25: stopped at 6873.00
  { id: 'to-stop', time: '2025-12-12T15:05:20Z', action: 'BUY', entry: 6877, stop: 6873, target: 6886 },
  // 15:22 and 15:23 rise to 6870.75: sold there, bought back when told to
  {
    id: 'to-exit',
    time: '2025-12-12T15:21:30Z',
    action: 'SELL',
    entry: 6870.75,
    stop: 6874.75,
    target: 6850.75,
  },
].map((signal) => ({ symbol: 'ES', quantity: 1, confidence: 0.9, strategy: 'by hand', ...signal }));

test('three sound signals: one ends at its target, one at its stop, one by an exit signal, to the cent', async () => {
  const file = path.join(os.tmpdir(), `interlock-signals-${process.pid}.jsonl`);
  const exit = {
    id: 'exit-now',
    symbol: 'ES',
    action: 'EXIT',
    quantity: 1,
    time: '2025-12-12T15:26:30Z',
    strategy: 'by hand',
  };
  writeFileSync(file, [...SOUND, exit].map((line) => JSON.stringify(line)).join('\n'));
  const stack = await startStack({
    tape,
    at: '2025-12-12T14:55:00Z',
    speed: 60,
    signals: file,
    env: LATE_IS_FINE,
  });
  const book = await openBook(stack);
  try {
    const view = await book.until((now) => now.day.won + now.day.lost === 3, 'three cycles closed', 120_000);
    const { rows } = await book.reads.cycles({ limit: 10 });
    const ended = (id: string) => rows.find((row) => row.signalId === id);
    const commission = 4_500_000;
    expect(ended('to-target')).toMatchObject({
      outcome: 'target',
      entryPrice: 6885.75,
      exitPrice: 6880.25,
      commissionMicros: commission,
      realizedMicros: 5.5 * 50 * 1e6 - commission,
    });
    expect(ended('to-stop')).toMatchObject({
      outcome: 'stop',
      entryPrice: 6877,
      exitPrice: 6873,
      realizedMicros: -4 * 50 * 1e6 - commission,
    });
    const byExit = ended('to-exit');
    expect(byExit).toMatchObject({
      outcome: 'exit signal',
      entryPrice: 6870.75,
      commissionMicros: commission,
    });
    expect(byExit?.realizedMicros).toBe((6870.75 - (byExit?.exitPrice ?? 0)) * 50 * 1e6 - commission);
    const total = rows.reduce((sum, row) => sum + (row.realizedMicros ?? 0), 0);
    expect(view.day.realizedMicros).toBe(total);
    const bare = (await book.reads.activity({ limit: 500 })).rows.filter(
      (one) => one.fact.type === 'PositionUnprotected',
    );
    expect(bare, 'no position was ever without a stop').toEqual([]);
  } finally {
    await book.close();
    await stack.stop();
  }
});
