import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fill } from '../model/fill';
import type { Position } from '../model/position';
import { calmState } from '../testing/scenario';
import { applyFill, fillPosition } from './position';

const FLAT: Position = { symbol: 'ES', quantity: 0, lots: [], realizedTicks: 0 };

interface Trade {
  signed: number;
  ticks: number;
}

function play(trades: readonly Trade[]): Position {
  return trades.reduce((before, { signed, ticks }, n) => {
    return fillPosition(before, { signed, priceTicks: ticks, execution: `e${n}` });
  }, FLAT);
}

/** The oracle: one contract at a time, in a queue. It shares nothing with the code under test. */
function replayOneByOne(trades: readonly Trade[]): { queue: Trade[]; realizedTicks: number } {
  const queue: Trade[] = [];
  let realizedTicks = 0;
  for (const { signed, ticks } of trades) {
    for (let n = 0; n < Math.abs(signed); n += 1) {
      const one = Math.sign(signed);
      const oldest = queue[0];
      if (oldest && oldest.signed !== one) {
        realizedTicks += (ticks - oldest.ticks) * oldest.signed;
        queue.shift();
      } else queue.push({ signed: one, ticks });
    }
  }
  return { queue, realizedTicks };
}

describe('a position', () => {
  it.each([
    [
      'long, closed higher',
      [
        { signed: 2, ticks: 100 },
        { signed: -2, ticks: 130 },
      ],
      0,
      60,
    ],
    [
      'short, closed higher',
      [
        { signed: -2, ticks: 100 },
        { signed: 2, ticks: 130 },
      ],
      0,
      -60,
    ],
    [
      'first in, first out',
      [
        { signed: 1, ticks: 100 },
        { signed: 1, ticks: 110 },
        { signed: -1, ticks: 120 },
      ],
      1,
      20,
    ],
    [
      'half closed',
      [
        { signed: 3, ticks: 100 },
        { signed: -1, ticks: 104 },
      ],
      2,
      4,
    ],
    [
      'reversed',
      [
        { signed: 2, ticks: 100 },
        { signed: -3, ticks: 110 },
      ],
      -1,
      20,
    ],
  ] as const)('%s', (_, trades, quantity, realizedTicks) => {
    expect(play(trades)).toMatchObject({ quantity, realizedTicks });
  });

  it('keeps the lots that are left, at their own prices', () => {
    const position = play([
      { signed: 2, ticks: 100 },
      { signed: 3, ticks: 110 },
      { signed: -3, ticks: 120 },
    ]);
    expect(position.lots).toMatchObject([{ quantity: 2, ticks: 110 }]);
  });

  it('is the sum of its executions, and what it realised is their replay, for any of them', () => {
    const trade = fc.record({
      signed: fc.integer({ min: -5, max: 5 }).filter((signed) => signed !== 0),
      ticks: fc.integer({ min: 20_000, max: 30_000 }),
    });
    fc.assert(
      fc.property(fc.array(trade, { maxLength: 40 }), (trades) => {
        const position = play(trades);
        const oracle = replayOneByOne(trades);
        expect(position.quantity).toBe(trades.reduce((sum, { signed }) => sum + signed, 0));
        expect(position.realizedTicks).toBe(oracle.realizedTicks);
        const lots = position.lots.flatMap((lot) => Array(lot.quantity).fill(lot.ticks));
        expect(lots).toEqual(oracle.queue.map(({ ticks }) => ticks));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a fill', () => {
  const fill = (rest: Partial<Fill>): Fill => ({
    key: 'e1',
    execId: 'e1.01',
    ref: 'c-a-1:entry' as Fill['ref'],
    cycleId: 'c-a-1' as Fill['cycleId'],
    role: 'entry',
    symbol: 'ES',
    side: 'BUY',
    quantity: 2,
    priceTicks: 100,
    ts: 0,
    hostMs: 0,
    ...rest,
  });

  it('opens the position of its instrument, and adds to what is there', () => {
    const mes: Position = { symbol: 'MES', quantity: 1, lots: [], realizedTicks: 7 };
    const state = { ...calmState(), positions: { MES: mes } };
    const opened = applyFill(state, fill({ side: 'SELL' }));
    const es = {
      symbol: 'ES',
      quantity: -2,
      lots: [{ execution: 'e1', quantity: 2, ticks: 100 }],
      realizedTicks: 0,
    };
    expect(opened).toEqual({ ...state, positions: { MES: mes, ES: es } });
    const half = applyFill(opened, fill({ key: 'e2', quantity: 1, priceTicks: 90 }));
    expect(half.positions.ES).toEqual({
      symbol: 'ES',
      quantity: -1,
      lots: [{ execution: 'e1', quantity: 1, ticks: 100 }],
      realizedTicks: 10,
    });
  });
});
