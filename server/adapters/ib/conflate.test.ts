/** Many changes, few tellings, and the latest is always told. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hostAfter } from '../clock/host';
import { conflate } from './conflate';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('what changes often', () => {
  it('is told at once, then once a span while it changes, and not at all while it does not', async () => {
    let told = 0;
    const conflated = conflate({ after: hostAfter }, 100, () => {
      told += 1;
    });
    conflated.touch();
    conflated.touch();
    await Promise.resolve();
    expect(told).toBe(1);
    conflated.touch();
    conflated.touch();
    vi.advanceTimersByTime(100);
    expect(told).toBe(2);
    vi.advanceTimersByTime(1_000);
    expect(told).toBe(2);
    conflated.touch();
    await Promise.resolve();
    expect(told).toBe(3);
  });

  it('is not told after the end', async () => {
    let told = 0;
    const conflated = conflate({ after: hostAfter }, 100, () => {
      told += 1;
    });
    conflated.touch();
    conflated.close();
    await Promise.resolve();
    vi.advanceTimersByTime(1_000);
    expect(told).toBe(0);
  });
});
