/** Wire times, in summer and in winter, and what clients send. */
import { describe, expect, it } from 'vitest';
import { epochSeconds, exchangeTime, hourAndMinute, parseWireTime } from './time';

const winter = Date.parse('2025-12-12T14:53:07.900Z');
const springForward = Date.parse('2026-03-08T08:00:00Z');
const summer = Date.parse('2025-07-01T14:53:07.000Z');

describe('a time that leaves the gateway', () => {
  it('is the exchange clock, cut to the second, with its zone', () => {
    expect(exchangeTime(winter)).toBe('20251212 08:53:07 US/Central');
    expect(exchangeTime(summer)).toBe('20250701 09:53:07 US/Central');
    expect(exchangeTime(springForward - 1)).toBe('20260308 01:59:59 US/Central');
    expect(exchangeTime(springForward)).toBe('20260308 03:00:00 US/Central');
    expect(hourAndMinute(winter)).toBe('08:53');
    expect(epochSeconds(winter)).toBe(1_765_551_187);
  });
});

describe('a time that a client sends', () => {
  it.each([
    ['20251212-14:53:07', '2025-12-12T14:53:07Z'],
    ['20251212 08:53:07', '2025-12-12T14:53:07Z'],
    ['20251212 08:53', '2025-12-12T14:53:00Z'],
    ['20251212 09:53:07 US/Eastern', '2025-12-12T14:53:07Z'],
    ['20251212  14:53:07 UTC', '2025-12-12T14:53:07Z'],
  ])('%s is understood', (text, iso) => {
    expect(parseWireTime(text)).toBe(Date.parse(iso));
  });

  it.each(['', 'yesterday', '20251312 08:00:00', '20251212 08:53:07 Nowhere/City'])(
    '"%s" is refused',
    (text) => {
      expect(parseWireTime(text)).toBeUndefined();
    },
  );
});
