import { describe, expect, it } from 'vitest';
import { retell } from './account';

/** 2025-12-12 14:53 UTC: the minute of the incident's entry. */
const AT = Date.UTC(2025, 11, 12, 14, 53);
const TICK_MICROS = 12_500_000;
const bar = (minute: number, open: number, high: number, low: number, close: number) => ({
  ts: AT + minute * 60_000,
  open: open * 4,
  high: high * 4,
  low: low * 4,
  close: close * 4,
  volume: 100,
});
const fill = (ms: number, quantity: number, points: number) => ({
  ts: AT + ms,
  quantity,
  ticks: points * 4,
  commissionMicros: 2_250_000,
});

describe('the story of an account', () => {
  it('books what a day made, net of commissions, and how deep it sank on the way', () => {
    const story = retell({
      fills: [fill(1_000, 1, 6_890.5), fill(121_000, -1, 6_880.5)],
      covers: [],
      bars: [
        bar(0, 6_890, 6_891, 6_889, 6_890),
        bar(1, 6_890, 6_890, 6_870, 6_885),
        bar(2, 6_885, 6_885, 6_880, 6_881),
      ],
      tickMicros: TICK_MICROS,
    });
    expect(story).toEqual({
      days: [{ tradeDate: '20251212', netMicros: -504_500_000, commissionMicros: 4_500_000, fills: 2 }],
      netMicros: -504_500_000,
      commissionMicros: 4_500_000,
      fills: 2,
      maxDrawdownMicros: 1_027_250_000,
      bare: [{ fromTs: AT + 1_000, toTs: AT + 121_000, contracts: 1 }],
      worstBareMinute: { ts: AT + 60_000, micros: -1_000_000_000 },
      left: 0,
    });
  });

  it('keeps the sum of the days equal to the whole, over a session that ends with a position', () => {
    const evening = (6 * 60 + 30) * 60_000;
    const story = retell({
      fills: [fill(1_000, -2, 6_890), fill(evening * 2, 2, 6_880)],
      covers: [{ fromTs: AT, toTs: AT + evening * 3, side: 'BUY', quantity: 2 }],
      bars: [bar(0, 6_890, 6_891, 6_889, 6_890), bar(60, 6_885, 6_886, 6_884, 6_885)],
      tickMicros: TICK_MICROS,
    });
    expect(story.days.map(({ tradeDate, netMicros }) => [tradeDate, netMicros])).toEqual([
      ['20251212', 497_750_000],
      ['20251215', 497_750_000],
    ]);
    expect(story.days.reduce((sum, { netMicros }) => sum + netMicros, 0)).toBe(story.netMicros);
    expect(story).toMatchObject({ bare: [], worstBareMinute: null, left: 0 });
  });

  it('marks what is left at the last price', () => {
    const story = retell({
      fills: [fill(1_000, 1, 6_890)],
      covers: [],
      bars: [bar(0, 6_890, 6_891, 6_889, 6_890.5)],
      tickMicros: TICK_MICROS,
    });
    expect(story).toMatchObject({ netMicros: 22_750_000, left: 1 });
  });
});
