import { describe, expect, it } from 'vitest';
import { cycleIdOf } from '../engine/model/ids';
import type { CycleRow } from '../engine/model/rows';
import { listText, storyText } from './cycles';

const row: CycleRow = {
  cycleId: 'c-1',
  symbol: 'ES',
  localSymbol: 'ESZ5',
  origin: 'signal',
  strategy: 'breakout',
  source: 'file',
  signalId: 's-1',
  phase: 'denied',
  outcome: 'denied',
  side: 'BUY',
  quantity: 2,
  reasons: ['MISSING_PROTECTION'],
  confidence: null,
  entryPrice: 6_890,
  exitPrice: null,
  stopPrice: null,
  targetPrice: null,
  openedTs: Date.UTC(2025, 11, 12, 14, 53, 13),
  filledTs: null,
  closedTs: null,
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

describe('the list of cycles', () => {
  it('has a line for each, in exchange time', () => {
    expect(
      listText([
        row,
        {
          ...row,
          cycleId: 'c-2',
          outcome: 'target',
          reasons: [],
          exitPrice: 6_898.25,
          realizedMicros: 790_960_000,
        },
      ]),
    ).toBe(
      [
        'cycle  opened               side  n  contract     entry      exit  result       net  why',
        'c-1    2025-12-12 08:53:13  BUY   2  ESZ5      6,890.00         -  denied         -  MISSING_PROTECTION',
        'c-2    2025-12-12 08:53:13  BUY   2  ESZ5      6,890.00  6,898.25  target  +$790.96',
      ].join('\n'),
    );
  });

  it('says so when there is none', () => {
    expect(listText([])).toBe('No cycles yet.');
  });
});

describe('the story of a cycle', () => {
  it('tells what happened and shows every guard against its limit', () => {
    const common = { cycleId: cycleIdOf(row.openedTs, 3), symbol: 'ES' };
    const text = storyText({
      row,
      bars: [],
      facts: [
        {
          seq: 3,
          n: 0,
          ts: row.openedTs,
          fact: {
            ...common,
            type: 'GuardsEvaluated',
            at: 'signal',
            results: [
              {
                guard: 'Loss at stop',
                code: 'MAX_LOSS_CAP',
                verdict: 'pass',
                observed: 475_000_000,
                relation: '≤',
                limit: 1_250_000_000,
                unit: 'usd',
              },
              {
                guard: 'Distance to stop',
                code: 'INSUFFICIENT_DISTANCE',
                verdict: 'deny',
                observed: 2,
                relation: '≥',
                limit: 4,
                unit: 'ticks',
              },
            ],
          },
        },
        {
          seq: 3,
          n: 1,
          ts: row.openedTs,
          fact: { ...common, type: 'EntryDenied', reasons: ['INSUFFICIENT_DISTANCE'], detail: 'Too near.' },
        },
      ],
    });
    expect(text).toContain('  2025-12-12 08:53:13  Entry denied in ES. Too near.');
    expect(text).toContain('  Loss at stop      pass      $475.00  ≤  $1,250.00');
    expect(text).toContain('  Distance to stop  deny      2 ticks  ≥  4 ticks    INSUFFICIENT_DISTANCE');
  });
});
