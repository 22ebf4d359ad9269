import { describe, expect, it, onTestFinished } from 'vitest';
import { cycleIdOf } from '../../engine/model/ids';
import type { CycleRow } from '../../engine/model/rows';
import type { JournalBatch } from '../../ports';
import { batchOf, cycleRow, denialAt, entryAt, START_TS } from './fixtures';
import { openJournal } from './journal';
import { openReads, type Reads } from './reads';
import { temporaryDatabase } from './temporary';

const MINUTE = 60_000;

async function given(...batches: readonly JournalBatch[]): Promise<Reads> {
  const { databaseUrl } = temporaryDatabase();
  const journal = await openJournal({ databaseUrl, engineVersion: '1.0.0' });
  for (const batch of batches) await journal.append(batch);
  const reads = await openReads({ databaseUrl });
  onTestFinished(async () => {
    await reads.close();
    await journal.close();
  });
  return reads;
}

function cycleNumber(n: number, overrides: Partial<CycleRow> = {}): CycleRow {
  return cycleRow({ cycleId: cycleIdOf(START_TS, n), openedTs: START_TS + n * MINUTE, ...overrides });
}

const won = cycleNumber(1);
const lost = cycleNumber(2, { symbol: 'MES', outcome: 'stop', realizedMicros: -254_000_000 });
const denied = cycleNumber(3, {
  phase: 'denied',
  outcome: 'denied',
  reasons: ['MISSING_PROTECTION', 'MAX_LOSS_CAP'],
  entryPrice: null,
  exitPrice: null,
  filledTs: null,
  closedTs: null,
  realizedMicros: null,
  commissionMicros: 0,
  rMultiple: null,
  protectedAfterMs: null,
});
const open = cycleNumber(4, { phase: 'open', outcome: null, closedTs: null, realizedMicros: null });
const ALL = batchOf([entryAt(1)], { cycles: [won, lost, denied, open] });

describe('the list of cycles', () => {
  it('is newest first, each row as it was written', async () => {
    const reads = await given(ALL);
    expect(await reads.cycles({ limit: 10 })).toEqual({ rows: [open, denied, lost, won], next: null });
  });

  it.each([
    ['symbol', { symbol: 'MES' }, [lost]],
    ['phase', { phase: 'denied' }, [denied]],
    ['outcome', { outcome: 'stop' }, [lost]],
    ['reason', { reason: 'MAX_LOSS_CAP' }, [denied]],
    ['a reason that no cycle has', { reason: 'AWS_WAIT' }, []],
    ['time, the end excluded', { from: denied.openedTs, to: open.openedTs }, [denied]],
    ['several at once', { symbol: 'ES', phase: 'closed', from: START_TS }, [won]],
  ] as const)('is filtered by %s', async (_what, filter, rows) => {
    const reads = await given(ALL);
    expect(await reads.cycles({ ...filter, limit: 10 })).toEqual({ rows, next: null });
  });

  it('goes on from a cursor, also between cycles that opened at the same moment', async () => {
    const sameMoment = [1, 2, 3, 4, 5].map((n) => cycleNumber(n, { openedTs: START_TS }));
    const reads = await given(batchOf([entryAt(1)], { cycles: sameMoment }));
    const seen: CycleRow[] = [];
    let before: string | undefined;
    do {
      const page = await reads.cycles({ limit: 2, before });
      seen.push(...page.rows);
      before = page.next ?? undefined;
    } while (before !== undefined);
    expect(seen).toEqual(sameMoment.toReversed());
  });

  it('shows what the worker appended since it was opened', async () => {
    const { databaseUrl } = temporaryDatabase();
    const journal = await openJournal({ databaseUrl, engineVersion: '1.0.0' });
    const reads = await openReads({ databaseUrl });
    onTestFinished(async () => {
      await reads.close();
      await journal.close();
    });
    expect((await reads.cycles({ limit: 10 })).rows).toEqual([]);
    await journal.append(ALL);
    expect((await reads.cycles({ limit: 1 })).rows).toEqual([open]);
  });

  it('refuses a cursor that it did not give', async () => {
    const reads = await given(ALL);
    await expect(reads.cycles({ limit: 1, before: "1' OR 1=1" })).rejects.toThrow(RangeError);
    await expect(reads.activity({ limit: 1, before: '12:abc' })).rejects.toThrow(RangeError);
  });
});

describe('the story of a cycle', () => {
  const bars = [-12, -11, -10, 0, 10, 11, 12].map((minutes) => ({
    symbol: 'ES',
    bar: {
      ts: START_TS + minutes * MINUTE,
      openTicks: 4,
      highTicks: 6,
      lowTicks: 3,
      closeTicks: 5,
      volume: 7,
    },
  }));
  const denial = denialAt(1);
  const story = cycleRow({ ...denied, cycleId: cycleIdOf(denial.ts, 1), openedTs: START_TS });

  it('has its own facts in order, and the bars from ten minutes before to ten minutes after', async () => {
    const others = bars.map(({ bar }) => ({ symbol: 'NQ', bar }));
    const reads = await given(
      batchOf([denial, denialAt(2)], { cycles: [story], bars: [...bars, ...others] }),
    );
    expect(await reads.cycle(story.cycleId)).toEqual({
      row: story,
      facts: [1, 2].map((n) => ({ seq: 1, n, ts: denial.ts, fact: denial.facts[n] })),
      bars: bars.slice(2, 5).map(({ bar }) => bar),
    });
  });

  it('of an open cycle goes on to the latest bar', async () => {
    const reads = await given(batchOf([denial], { cycles: [{ ...story, phase: 'open' }], bars }));
    expect((await reads.cycle(story.cycleId))?.bars).toEqual(bars.slice(2).map(({ bar }) => bar));
  });

  it('is null for an id that nothing has', async () => {
    const reads = await given(ALL);
    expect(await reads.cycle('c-0-0')).toBeNull();
  });
});

describe('the activity', () => {
  it('is every fact, newest first, a page at a time', async () => {
    const reads = await given(batchOf([denialAt(1), entryAt(2), denialAt(3)]));
    const first = await reads.activity({ limit: 4 });
    expect(first.rows.map(({ seq, n }) => [seq, n])).toEqual([
      [3, 2],
      [3, 1],
      [3, 0],
      [1, 2],
    ]);
    expect(first.rows[0]?.fact).toEqual(denialAt(3).facts[2]);
    const second = await reads.activity({ limit: 4, before: first.next ?? '' });
    expect(second.rows.map(({ seq, n }) => [seq, n])).toEqual([
      [1, 1],
      [1, 0],
    ]);
    expect(second.next).toBeNull();
  });
});

describe('the totals of a day', () => {
  const day = { from: START_TS, to: START_TS + 24 * 60 * MINUTE };

  it('count what closed, was denied or waits in it, to the micro-dollar', async () => {
    const reads = await given(ALL);
    expect(await reads.dayTotals(day)).toEqual({
      closed: 2,
      won: 1,
      lost: 1,
      denied: 1,
      waiting: 0,
      realizedMicros: 254_500_000,
      commissionMicros: 8_000_000,
    });
  });

  it('are nothing on a day without trades', async () => {
    const reads = await given(ALL);
    const { from, to } = day;
    expect(await reads.dayTotals({ from: to, to: to + (to - from) })).toEqual({
      closed: 0,
      won: 0,
      lost: 0,
      denied: 0,
      waiting: 0,
      realizedMicros: 0,
      commissionMicros: 0,
    });
  });
});
