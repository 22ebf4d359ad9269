import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Position } from '../model/position';
import { calmState } from '../testing/scenario';
import { correctPosition } from './correct';
import { fillPosition } from './position';

const FLAT: Position = { symbol: 'ES', quantity: 0, lots: [], realizedTicks: 0 };

interface Trade {
  signed: number;
  priceTicks: number;
}

function played(trades: readonly Trade[]): Position {
  return trades.reduce((before, trade, n) => fillPosition(before, { ...trade, execution: `e${n}` }), FLAT);
}

function corrected(position: Position, n: number, was: Trade, now: Trade): Position {
  const state = { ...calmState(), positions: { ES: position } };
  const of = { key: `e${n}`, execId: '', corrects: '', symbol: 'ES', ts: 0, hostMs: 0 };
  const next = correctPosition(state, { ...of, was, now }, now.signed - was.signed);
  return next.positions.ES ?? FLAT;
}

/** Cash of all fills plus what the lots would bring at `mark`: the same for every way of pairing contracts. */
function worth({ quantity, lots, realizedTicks }: Position, mark: number): number {
  const open = lots.reduce((sum, lot) => sum + (mark - lot.ticks) * lot.quantity * Math.sign(quantity), 0);
  return realizedTicks + open;
}

const price = fc.integer({ min: 100, max: 200 });
const trade = fc.record({
  signed: fc.integer({ min: -4, max: 4 }).filter((n) => n !== 0),
  priceTicks: price,
});
const trades = fc.array(trade, { minLength: 1, maxLength: 12 });

it('a corrected price gives the position that the right price would have given, whenever it comes', () => {
  fc.assert(
    fc.property(trades, fc.nat(), price, (all, pick, priceTicks) => {
      const n = pick % all.length;
      const was = all[n] as Trade;
      const now = { ...was, priceTicks };
      expect(corrected(played(all), n, was, now)).toEqual(played(all.with(n, now)));
    }),
  );
});

it('a corrected quantity gives the right contracts and the right worth', () => {
  fc.assert(
    fc.property(trades, fc.nat(), trade, price, (all, pick, now, mark) => {
      const n = pick % all.length;
      const was = all[n] as Trade;
      const position = corrected(played(all), n, was, now);
      const right = played(all.with(n, now));
      expect(position.quantity).toBe(right.quantity);
      expect(worth(position, mark)).toBe(worth(right, mark));
    }),
  );
});

it('a correction where no position was ever held changes nothing', () => {
  const state = calmState();
  const one = { signed: 1, priceTicks: 100 };
  const of = { key: 'e1', execId: '', corrects: '', symbol: 'ES', ts: 0, hostMs: 0 };
  expect(correctPosition(state, { ...of, was: one, now: { ...one, signed: 2 } }, 1)).toBe(state);
});
