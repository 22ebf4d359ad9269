/** The bar between stop and target reads left to right for long and short alike. */
import { describe, expect, test } from 'vitest';
import { spanOf } from './span';

describe('the way from stop to target', () => {
  test('of a long: the price moves right as it rises', () => {
    expect(spanOf({ stop: 100, target: 120, average: 105, last: 110 })).toEqual({ price: 0.5, entry: 0.25 });
  });

  test('of a short: the price moves right as it falls', () => {
    expect(spanOf({ stop: 120, target: 100, average: 115, last: 105 })).toEqual({ price: 0.75, entry: 0.25 });
  });

  test('ends at its ends, even when the price is beyond them', () => {
    expect(spanOf({ stop: 100, target: 120, average: 105, last: 90 })?.price).toBe(0);
  });

  test('is unknown without a stop, and open without a price', () => {
    expect(spanOf({ stop: null, target: 120, average: 105, last: 110 })).toBeNull();
    expect(spanOf({ stop: 100, target: 120, average: 105, last: null })?.price).toBeNull();
  });
});
