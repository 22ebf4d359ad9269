// The months of an invented future over a roll: Z6 leads until 10 December 2026 and ends on the 18th at 08:30 in Chicago.
import { describe, expect, it } from 'vitest';
import type { Market, Trade } from './market';
import { leads, monthsOf, shareOf } from './month';
import { syntheticMarket } from './synthetic';

const HOUR = 3_600_000;
const ROLL = Date.parse('2026-12-10T06:00:00Z');
const LAST_TRADE = Date.parse('2026-12-18T14:30:00Z');

const marketAt = (startTs: number, day: 'globex' | 'steady' = 'globex'): Market =>
  syntheticMarket({ day, historyBars: 0, meanIntervalMs: 5_000 })({ seed: 3, startTs });

/** The trades of ES until `ts`, by month. */
function tradesUntil(market: Market, ts: number): Record<'near' | 'next', Trade[]> {
  const [near, next] = market.listed.filter(({ symbol }) => symbol === 'ES').map(({ conId }) => conId);
  const trades = { near: [] as Trade[], next: [] as Trade[] };
  while (market.nextTs() < ts) {
    const move = market.next();
    if (move.kind !== 'trade') continue;
    if (move.conId === near) trades.near.push(move);
    if (move.conId === next) trades.next.push(move);
  }
  return trades;
}
const until = (trades: readonly Trade[], ts: number) => trades.filter((trade) => trade.ts < ts);
const from = (trades: readonly Trade[], ts: number) => trades.filter((trade) => trade.ts >= ts);

describe('the months of an invented future', () => {
  it('lead one after the other, and trade a little beside the one that leads', () => {
    const [near, next] = monthsOf('ES', ROLL - HOUR, 27_400);
    if (!near || !next) throw new Error('two months are listed');
    expect([near.contract.localSymbol, next.contract.localSymbol]).toEqual(['ESZ6', 'ESH7']);
    expect([near, next].map((month) => leads(month, ROLL - 1))).toEqual([true, false]);
    expect([near, next].map((month) => leads(month, ROLL))).toEqual([false, true]);
    expect([near, next].map((month) => shareOf(month, ROLL))).toEqual([0.02, 1]);
    expect([near.carryTicks, next.carryTicks]).toEqual([0, 247]);
    expect(near.endTs).toBe(LAST_TRADE);
  });

  it('hand the trading over on the day of the roll, at a price that stays a carry apart', () => {
    const { near, next } = tradesUntil(marketAt(ROLL - 18 * HOUR), ROLL + 18 * HOUR);
    expect(until(near, ROLL).length).toBeGreaterThan(10 * until(next, ROLL).length);
    expect(from(next, ROLL).length).toBeGreaterThan(10 * from(near, ROLL).length);
    expect(until(next, ROLL).length).toBeGreaterThan(0);
    const lastNear = until(near, ROLL).at(-1)?.last ?? 0;
    const firstNext = from(next, ROLL)[0]?.last ?? 0;
    expect(Math.abs(firstNext - lastNear - 247)).toBeLessThan(20);
  });

  it('end with their last trade, while the next goes on', () => {
    const { near, next } = tradesUntil(marketAt(ROLL - HOUR), LAST_TRADE + 2 * HOUR);
    expect(from(near, LAST_TRADE)).toEqual([]);
    expect(near.at(-1)?.ts).toBeGreaterThan(LAST_TRADE - 2 * HOUR);
    expect(from(next, LAST_TRADE).length).toBeGreaterThan(100);
  });

  it('leave the leading month as it is without them: its trades are drawn apart', () => {
    const { near } = tradesUntil(marketAt(ROLL - 48 * HOUR), ROLL - 24 * HOUR);
    const { near: again } = tradesUntil(marketAt(ROLL - 48 * HOUR), ROLL - 24 * HOUR);
    expect(near).toEqual(again);
    expect(tradesUntil(marketAt(ROLL - 48 * HOUR, 'steady'), ROLL - 24 * HOUR).next).toEqual([]);
  });
});
