// A day that is worth watching, measured: sessions, gaps, the shape of the volume, thin hours, bursts and news. All on ticks, exact.
import { describe, expect, it } from 'vitest';
import { jumpsOf } from './jumps';
import type { Market, Move, Trade } from './market';
import { demoRhythm } from './rhythm';
import { globexCalendar } from './sessions';
import { syntheticMarket } from './synthetic';
import type { SyntheticDay } from './synthetic-day';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Friday 2025-12-05, 13:00 in Chicago: its session ends at 16:00, and a weekend lies before the next. */
const FRIDAY = Date.parse('2025-12-05T19:00:00Z');
/** Tuesday 2025-12-09, 17:00 in Chicago: a session begins. */
const EVENING = Date.parse('2025-12-09T23:00:00Z');
const SEEDS = [1, 2, 3];

function market(seed: number, startTs: number, day: SyntheticDay = 'globex'): Market {
  return syntheticMarket({ day, historyBars: 0, meanIntervalMs: 1000 })({ seed, startTs });
}

function movesUntil(played: Market, ts: number): Move[] {
  const moves: Move[] = [];
  while (played.nextTs() < ts) moves.push(played.next());
  return moves;
}

const esOf = (played: Market) => played.listed.find(({ symbol }) => symbol === 'ES')?.conId ?? 0;

function tradesUntil(played: Market, ts: number): Trade[] {
  const conId = esOf(played);
  return movesUntil(played, ts).flatMap((move) =>
    move.kind === 'trade' && move.conId === conId ? [move] : [],
  );
}

/** One session of ES. */
const sessions = new Map(
  SEEDS.map((seed) => [seed, tradesUntil(market(seed, EVENING), EVENING + 24 * HOUR)]),
);
const sessionOf = (seed: number) => sessions.get(seed) ?? [];
/** The trades from one time to another in Chicago, hours since 17:00. */
const between = (seed: number, from: number, to: number) =>
  sessionOf(seed).filter(({ ts }) => ts >= EVENING + from * HOUR && ts < EVENING + to * HOUR);
const volume = (trades: readonly Trade[]) => trades.reduce((sum, { lastSize }) => sum + lastSize, 0);
const middleOf = (sorted: readonly number[]) => sorted[Math.floor(sorted.length / 2)] ?? 0;
const newsOf = (seed: number) => {
  const span = { open: EVENING, close: EVENING + 23 * HOUR, closedMs: HOUR };
  return jumpsOf(seed, span).filter(({ kind }) => kind === 'news');
};
const AT = { midnight: 7, usOpen: 15.5, noon: 18.5, usClose: 21 };

describe.each(SEEDS)('an invented Globex day (seed %i)', (seed) => {
  it('trades most at the open and the close in New York, less at noon, and little at night', () => {
    const hour = (from: number) => volume(between(seed, from, from + 1));
    const [night, open, noon, close] = [AT.midnight, AT.usOpen, AT.noon, AT.usClose].map(hour);
    expect(open).toBeGreaterThan(2 * (noon ?? 0));
    expect(close).toBeGreaterThan(1.4 * (noon ?? 0));
    expect(noon).toBeGreaterThan(4 * (night ?? 0));
  });

  it('is wider and smaller at the touch at night than by day', () => {
    const night = between(seed, AT.midnight, AT.midnight + 2);
    const day = between(seed, AT.usOpen, AT.usClose + 1);
    const shocked = (ts: number) => newsOf(seed).some((news) => ts >= news.ts && ts < news.ts + 2 * MINUTE);
    expect(night.every(({ bid, ask }) => ask - bid >= 2)).toBe(true);
    expect(day.every(({ ts, bid, ask }) => ask - bid === 1 || shocked(ts))).toBe(true);
    const size = (trades: readonly Trade[]) =>
      middleOf(trades.map(({ bidSize }) => bidSize).sort((a, b) => a - b));
    expect(size(day)).toBeGreaterThan(2 * size(night));
  });

  it('makes its largest move at news, and goes on wide and fast for a while', () => {
    const trades = sessionOf(seed);
    const moves = trades.slice(1).map((trade, i) => ({
      ts: trade.ts,
      from: trades[i]?.ts ?? 0,
      ticks: Math.abs(trade.last - (trades[i]?.last ?? 0)),
    }));
    const largest = moves.reduce((most, move) => (move.ticks > most.ticks ? move : most));
    const news = newsOf(seed).filter(({ ts }) => ts > largest.from && ts <= largest.ts);
    expect(news).toHaveLength(1);
    const at = news[0]?.ts ?? 0;
    const before = trades.filter(({ ts }) => ts >= at - 10 * MINUTE && ts < at);
    const after = trades.filter(({ ts }) => ts >= at && ts < at + MINUTE);
    expect(after.length).toBeGreaterThan(2 * (before.length / 10));
    expect((after[0]?.ask ?? 0) - (after[0]?.bid ?? 0)).toBeGreaterThanOrEqual(4);
  });

  it('comes in bursts: the busiest ten seconds of an hour have far more trades than the usual', () => {
    const startTs = EVENING + (AT.usOpen + 2) * HOUR;
    const lively = syntheticMarket({ day: 'globex', historyBars: 0 })({ seed, startTs });
    const counts = Array<number>(360).fill(0);
    for (const { ts } of tradesUntil(lively, startTs + HOUR)) {
      const index = Math.floor((ts - startTs) / 10_000);
      counts[index] = (counts[index] ?? 0) + 1;
    }
    counts.sort((a, b) => a - b);
    expect(counts.at(-1)).toBeGreaterThan(1.6 * middleOf(counts));
  });

  it('keeps bid and ask around the last, on whole ticks, in time order', () => {
    const wrong = sessionOf(seed).filter(({ ts, bid, ask, last, bidSize, askSize, lastSize }, i, all) => {
      const sound = bid < ask && (last === bid || last === ask) && Number.isSafeInteger(last);
      return !sound || Math.min(bidSize, askSize, lastSize) < 1 || ts < (all[i - 1]?.ts ?? 0);
    });
    expect(wrong).toEqual([]);
  });

  it('opens with the gap that its hours without trading left, after a weekend with a large one', () => {
    const trades = tradesUntil(market(seed, FRIDAY), FRIDAY + 4 * 24 * HOUR);
    const calendar = globexCalendar();
    const opens = trades.filter(
      ({ ts }, i) => i > 0 && calendar.sessionFrom(trades[i - 1]?.ts ?? 0).close <= ts,
    );
    const gaps = opens.map((trade) => {
      const { open, close } = calendar.sessionFrom(trade.ts);
      const before = trades.findLast(({ ts }) => ts < open);
      const closedMs = open - calendar.sessionFrom(before?.ts ?? 0).close;
      const [gap] = jumpsOf(seed, { open, close, closedMs });
      return { hours: closedMs / HOUR, drawn: gap?.ticks ?? 0, made: trade.last - (before?.last ?? 0) };
    });
    expect(gaps.map(({ hours }) => hours)).toEqual([49, 1]);
    for (const { drawn, made } of gaps) expect(Math.abs(made - drawn)).toBeLessThan(8);
    const [weekend, night] = gaps.map(({ drawn }) => Math.abs(drawn));
    expect(weekend).toBeGreaterThanOrEqual(56);
    expect(night).toBeGreaterThanOrEqual(8);
  });
});

describe('an invented Globex day', () => {
  it('is the same to the tick from the same seed, and another from another', () => {
    const day = (seed: number) => movesUntil(market(seed, EVENING), EVENING + 4 * HOUR);
    expect(day(5)).toEqual(day(5));
    expect(day(5)).not.toEqual(day(6));
  });

  it('has no trade while the CME is closed, and says until when it is', () => {
    const saturday = market(1, FRIDAY + 24 * HOUR);
    expect(saturday.description).toBe(
      'an invented market that keeps the CME sessions, closed until 2025-12-07 17:00:00 US/Central',
    );
    expect(saturday.nextTs()).toBeGreaterThan(Date.parse('2025-12-07T23:00:00Z'));
    expect(market(1, FRIDAY).description).toBe('an invented market that keeps the CME sessions');
  });
});

describe('the day of the demo', () => {
  it.each(['2025-12-06T03:17:00Z', '2025-12-09T06:00:00Z'])(
    'begins with the rush of the US open when it is started at %s, and grows quiet',
    (at) => {
      const startTs = Date.parse(at);
      const trades = tradesUntil(market(1, startTs, 'demo'), startTs + 12 * HOUR);
      const hour = (n: number) => trades.filter(({ ts }) => Math.floor((ts - startTs) / HOUR) === n).length;
      expect(hour(0)).toBeGreaterThan(2 * hour(3));
      expect(hour(3)).toBeGreaterThan(2 * hour(10));
    },
  );

  it('has no news in its first quarter of an hour, whenever it is started', () => {
    for (let start = 0; start < 100; start += 1) {
      const startTs = FRIDAY + start * 7 * HOUR;
      const rhythm = demoRhythm(start, startTs);
      expect(rhythm.jump(startTs - MINUTE, startTs + 15 * MINUTE - 1)).toBe(0);
      expect(rhythm.at(startTs).spread).toBe(1);
    }
  });

  it('never closes', () => {
    const moves = movesUntil(market(1, FRIDAY, 'demo'), FRIDAY + 24 * HOUR);
    expect(moves.filter(({ kind }) => kind === 'close')).toEqual([]);
  });
});
