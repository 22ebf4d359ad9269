/** Which month is traded, and when there is no telling. */
import { type ContractDetails, SecType } from '@stoqey/ib';
import { describe, expect, it } from 'vitest';
import { frontByCalendar, monthsOf, rivals, withRoll } from './month';
import { endOfExchangeDay } from './time';

const NOW = Date.parse('2025-12-12T14:45:00Z');
const DAY_MS = 86_400_000;

function details(
  localSymbol: string,
  day: string,
  rest: { conId?: number; symbol?: string; tradingClass?: string } = {},
) {
  const { symbol = 'ES', tradingClass = 'ES', conId = Number(day) } = rest;
  const answer: ContractDetails = {
    contract: {
      conId,
      symbol,
      secType: SecType.FUT,
      localSymbol,
      tradingClass,
      exchange: 'CME',
      currency: 'USD',
      multiplier: 50,
      lastTradeDateOrContractMonth: `${day} 08:30 US/Central`,
    },
    minTick: 0.25,
    timeZoneId: 'US/Central',
    tradingHours: '',
  };
  return answer;
}

const [z5, h6, m6] = [details('ESZ5', '20251219'), details('ESH6', '20260320'), details('ESM6', '20260618')];
const names = (answers: readonly ContractDetails[]) =>
  monthsOf('ES', answers).map(({ localSymbol }) => localSymbol);

describe('the months of a root', () => {
  it('are sorted by expiry, however they come; those of another root and those that cannot be read are left out', () => {
    const other = details('MESZ5', '20251219', { symbol: 'MES', tradingClass: 'MES', conId: 7 });
    const unreadable = { ...h6, minTick: 0 };
    expect(names([m6, other, z5, unreadable, h6])).toEqual(['ESZ5', 'ESH6', 'ESM6']);
  });

  it('are those of the class that bears its name', () => {
    const weekly = details('E1AZ5', '20251219', { tradingClass: 'E1A', conId: 7 });
    expect(names([weekly, h6, z5])).toEqual(['ESZ5', 'ESH6']);
  });

  it('are those of its only class, whatever that is called', () => {
    expect(names([details('X', '20251219', { tradingClass: 'EX' })])).toEqual(['X']);
  });

  it('are refused when several classes bear other names', () => {
    const [a, b] = [
      details('A', '20251219', { tradingClass: 'B' }),
      details('B', '20260320', { tradingClass: 'A' }),
    ];
    expect(() => names([a, b])).toThrow('contracts of ES: ambiguous, there are the trading classes A, B');
  });

  it('are refused when two end on the same day: a stop in the wrong one protects nothing', () => {
    const twin = details('ESZ5x', '20251219', { conId: 99 });
    expect(() => names([z5, twin])).toThrow('ambiguous, ESZ5 (20251219) and ESZ5x (99) end on the same day');
  });
});

describe('the month to trade', () => {
  const months = monthsOf('ES', [z5, h6, m6]);
  const [front, next] = months;
  const none = () => false;
  const lastTradeTs = front?.lastTradeTs ?? 0;

  it('is the earliest with more than eight days to live', () => {
    expect(frontByCalendar(months, none, lastTradeTs - 8 * DAY_MS)).toBe(next);
    expect(frontByCalendar(months, none, lastTradeTs - 8 * DAY_MS - 1)).toBe(front);
  });

  it('is the one in use, even beyond the roll', () => {
    expect(frontByCalendar(months, (conId) => conId === front?.conId, NOW)).toBe(front);
  });

  it('is the last one alive when none is that young, and none when all have expired', () => {
    const [only] = months;
    expect(frontByCalendar(months.slice(0, 1), none, NOW)).toBe(only);
    expect(frontByCalendar(months.slice(0, 1), none, lastTradeTs)).toBeNull();
    expect(frontByCalendar([], none, NOW)).toBeNull();
  });

  it('by volume is one of the two nearest that are alive', () => {
    const symbols = (nowTs: number) => rivals(months, nowTs).map(({ localSymbol }) => localSymbol);
    expect(symbols(NOW)).toEqual(['ESZ5', 'ESH6']);
    expect(symbols(lastTradeTs)).toEqual(['ESH6', 'ESM6']);
  });

  it('says when it is rolled and into which, and past that day only while it is in use', () => {
    if (front === undefined) throw new Error('no front month');
    const atTs = (endOfExchangeDay('20251219') ?? 0) - 8 * DAY_MS;
    const roll = { atTs, to: 'ESH6' };
    expect(withRoll(front, months, { nowTs: atTs - 1, inUse: false }).roll).toEqual(roll);
    expect(withRoll(front, months, { nowTs: atTs, inUse: true }).roll).toEqual(roll);
    expect(withRoll(front, months, { nowTs: atTs, inUse: false }).roll).toBeUndefined();
    expect(withRoll(front, [front], { nowTs: atTs - 1, inUse: false }).roll).toBeUndefined();
  });
});
