/** How money, prices and times read, with the cases that have misled people before. */
import { describe, expect, test } from 'vitest';
import { dollars, dollarsShort, resultTone, signedDollars } from './money';
import { averagePrice, decimalsOf, price, rMultiple, signedTicks } from './price';
import { age, duration, exchangeDate, exchangeOffset, exchangeTimeMs } from './time';
import { sentence } from './words';

describe('money', () => {
  test('a profit carries its plus, a loss its minus, nothing neither', () => {
    expect(signedDollars(412_500_000)).toBe('+$412.50');
    expect(signedDollars(-30_000_000)).toBe('−$30.00');
    expect(signedDollars(0)).toBe('$0.00');
  });

  test('less than half a cent never reads as a signed zero, nor as a result', () => {
    expect(dollars(-4_000)).toBe('$0.00');
    expect(signedDollars(4_000)).toBe('$0.00');
    expect(resultTone(-4_000)).toBe('neutral');
  });

  test('limits drop empty cents only', () => {
    expect(dollarsShort(1_250_000_000)).toBe('$1,250');
    expect(dollarsShort(1_250_500_000)).toBe('$1,250.50');
  });
});

describe('prices', () => {
  test('decimals follow the tick', () => {
    expect([1, 0.25, 0.1, 0.005].map(decimalsOf)).toEqual([0, 2, 1, 3]);
    expect(price(6890.5, 0.25)).toBe('6,890.50');
    expect(price(null)).toBe('–');
  });

  test('an average between ticks shows that it is', () => {
    expect(averagePrice(6890.375, 0.25)).toBe('6,890.3750');
    expect(averagePrice(6890.5, 0.25)).toBe('6,890.50');
  });

  test('ticks and R are signed', () => {
    expect([11, -1, 0].map(signedTicks)).toEqual(['+11 ticks', '−1 tick', '0 ticks']);
    expect([2, -1.04, null].map(rMultiple)).toEqual(['+2.0 R', '−1.0 R', '–']);
  });
});

describe('words', () => {
  test('of others end in one full stop, whatever they came with', () => {
    expect(['Flatten.', 'CPI in two minutes', ' '].map(sentence)).toEqual([
      'Flatten.',
      'CPI in two minutes.',
      '',
    ]);
  });
});

describe('times', () => {
  const openOfTheIncidentDay = Date.UTC(2025, 11, 12, 14, 45, 0, 7);

  test('are US/Central to the millisecond, with the offset of that day', () => {
    expect(exchangeTimeMs(openOfTheIncidentDay)).toBe('08:45:00.007');
    expect(exchangeDate(openOfTheIncidentDay)).toBe('2025-12-12');
    expect(exchangeOffset(openOfTheIncidentDay)).toBe('UTC−6');
    expect(exchangeOffset(Date.UTC(2025, 6, 1))).toBe('UTC−5');
  });

  test('midnight reads 00, never 24', () => {
    expect(exchangeTimeMs(Date.UTC(2025, 11, 12, 6))).toBe('00:00:00.000');
  });

  test('an age grows through its units and is never negative', () => {
    expect([-50, 200, 38_000, 240_000, 11_520_000, 187_200_000].map(age)).toEqual([
      '0.0 s',
      '0.2 s',
      '38 s',
      '4 min',
      '3 h 12 min',
      '2 d 4 h',
    ]);
  });

  test('a duration is exact', () => {
    expect([38, 1_240, 1_084_000, 7_500_000].map(duration)).toEqual([
      '38 ms',
      '1.2 s',
      '18 min 04 s',
      '2 h 05 min',
    ]);
  });
});
