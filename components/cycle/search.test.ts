/** The list's filters live in the URL, and its order keeps rows without a figure at the end. */
import { describe, expect, test } from 'vitest';
import type { CycleRow } from '@/server/engine/model/rows';
import { readSearch, writeSearch } from './search';
import { sorted } from './sort';

const row: CycleRow = {
  cycleId: 'c-1-1',
  symbol: 'ES',
  localSymbol: 'ESZ5',
  origin: 'signal',
  strategy: 's',
  source: 'file',
  signalId: null,
  phase: 'closed',
  outcome: 'target',
  side: 'BUY',
  quantity: 1,
  reasons: [],
  confidence: null,
  entryPrice: 1,
  exitPrice: 2,
  stopPrice: null,
  targetPrice: null,
  openedTs: 0,
  filledTs: 0,
  closedTs: 1,
  realizedMicros: null,
  commissionMicros: 0,
  maeTicks: 0,
  mfeTicks: 0,
  entrySlippageTicks: null,
  entrySlippageMicros: null,
  exitSlippageTicks: null,
  exitSlippageMicros: null,
  rMultiple: null,
  protectedAfterMs: null,
};

describe('the URL', () => {
  test('brings back what it was made from', () => {
    const search = {
      symbol: 'ES',
      result: 'outcome:exit signal',
      reason: 'MISSING_PROTECTION',
      sort: 'net' as const,
      ascending: true,
    };
    expect(readSearch(new URLSearchParams(writeSearch(search)))).toEqual(search);
  });

  test('is bare for the plain list, and ignores what it does not know', () => {
    const odd = readSearch(new URLSearchParams('symbol=<script>&sort=luck&result=phase'));
    expect(writeSearch(odd)).toBe('');
  });
});

describe('the order', () => {
  const rows = [
    { ...row, cycleId: 'loss', realizedMicros: -5, openedTs: 3 },
    { ...row, cycleId: 'denied', openedTs: 9 },
    { ...row, cycleId: 'win', realizedMicros: 7, openedTs: 1 },
  ];
  const ids = (sort: 'net' | 'opened', ascending: boolean) =>
    sorted(rows, { sort, ascending }).map((one) => one.cycleId);

  test('is newest first', () => {
    expect(ids('opened', false)).toEqual(['denied', 'loss', 'win']);
  });

  test('by result puts those without one last both ways', () => {
    expect(ids('net', false)).toEqual(['win', 'loss', 'denied']);
    expect(ids('net', true)).toEqual(['loss', 'win', 'denied']);
  });
});
