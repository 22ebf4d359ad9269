import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff';

describe('the wait before a process that died is started again', () => {
  it('doubles from 250 ms to 10 s while its lives are short', () => {
    const waits: number[] = [];
    for (let wait: number | null = null; waits.length < 8; ) {
      wait = backoffMs(wait, 100);
      waits.push(wait);
    }
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  });

  it('begins anew after a life of 30 s', () => {
    expect(backoffMs(8_000, 29_999)).toBe(10_000);
    expect(backoffMs(8_000, 30_000)).toBe(250);
  });
});
