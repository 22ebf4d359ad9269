/** Only what changed is told, and a size never goes missing. */
import { describe, expect, it } from 'vitest';
import type { Quote } from '../../exchange/words';
import { ticks } from './quotes';

const quote: Quote = {
  ...{ conId: 1, ts: 1_762_958_700_123, bid: 6000, ask: 6000.25, bidSize: 20, askSize: 30 },
  ...{ last: 6000, lastSize: 2, volume: 100 },
};

describe('ticks', () => {
  it('tell everything to who knows nothing', () => {
    expect(ticks(5, quote)).toEqual([
      [1, 6, 5, 1, 6000, 20, 0],
      [2, 6, 5, 0, 20],
      [1, 6, 5, 2, 6000.25, 30, 0],
      [2, 6, 5, 3, 30],
      [46, 6, 5, 45, 1_762_958_700],
      [1, 6, 5, 4, 6000, 2, 0],
      [2, 6, 5, 5, 2],
      [2, 6, 5, 8, 100],
    ]);
  });

  it('tell nothing to who knows it all', () => {
    expect(ticks(5, { ...quote, ts: quote.ts + 1000 }, quote)).toEqual([]);
  });

  it('tell a size alone when its price stands', () => {
    expect(ticks(5, { ...quote, bidSize: 7 }, quote)).toEqual([[2, 6, 5, 0, 7]]);
  });

  it('tell a trade at the same price, which only the volume gives away', () => {
    const traded = ticks(5, { ...quote, volume: 103, lastSize: 3 }, quote).map(([id, , , type]) => [
      id,
      type,
    ]);
    expect(traded).toEqual([
      [46, 45],
      [1, 4],
      [2, 5],
      [2, 8],
    ]);
  });

  it('tell -1 for a side without a price, and no last', () => {
    const closed = { ...quote, bid: undefined, ask: undefined, last: undefined };
    expect(ticks(5, closed, quote)).toEqual([
      [1, 6, 5, 1, -1, 0, 0],
      [2, 6, 5, 0, 0],
      [1, 6, 5, 2, -1, 0, 0],
      [2, 6, 5, 3, 0],
    ]);
  });
});
