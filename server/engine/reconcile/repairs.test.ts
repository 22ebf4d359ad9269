import { describe, expect, it } from 'vitest';
import { stateWith } from '../model/shape';
import { holdingDesk } from '../testing/desk';
import { ticks } from '../testing/instruments';
import { repairsOf } from './repairs';

const STAMP = { seq: 9, ts: 1_000, hostMs: 1_000 };
const GONE = { symbol: 'ES', quantity: 0, averageTicks: 0 };

describe('contracts that the broker does not hold any more', () => {
  it('were closed at the mark, which is all that is known', () => {
    const { state } = holdingDesk().market('ES', 6895);
    expect(repairsOf(state, GONE, STAMP)).toMatchObject([
      { role: 'exit', side: 'SELL', quantity: 1, priceTicks: ticks(6895) },
    ]);
  });

  it('neither won nor lost when there is no price either: at zero they would have lost a fortune', () => {
    const { state, cycle } = holdingDesk();
    const blind = stateWith(state, { market: { quotes: {} } });
    expect(repairsOf(blind, GONE, STAMP)).toMatchObject([{ priceTicks: cycle.entryCostTicks }]);
  });
});
