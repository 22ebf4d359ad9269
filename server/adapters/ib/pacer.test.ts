/** Questions leave one by one, and none outlives its connection. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hostAfter } from '../clock/host';
import { createPacer } from './pacer';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('questions', () => {
  it('leave one at a time, those about the account before those about the market', () => {
    const sent: string[] = [];
    const pacer = createPacer({ after: hostAfter }, 100);
    pacer.askMarket(() => sent.push('quotes'));
    pacer.askMarket(() => sent.push('bars'));
    pacer.ask(() => sent.push('positions'));
    expect(sent).toEqual(['quotes']);
    vi.advanceTimersByTime(99);
    expect(sent).toEqual(['quotes']);
    vi.advanceTimersByTime(1);
    expect(sent).toEqual(['quotes', 'positions']);
    vi.advanceTimersByTime(1_000);
    expect(sent).toEqual(['quotes', 'positions', 'bars']);
  });

  it('that wait when the connection ends are never sent', () => {
    const sent: string[] = [];
    const pacer = createPacer({ after: hostAfter }, 100);
    pacer.ask(() => sent.push('first'));
    pacer.ask(() => sent.push('second'));
    pacer.close();
    pacer.ask(() => sent.push('third'));
    vi.advanceTimersByTime(1_000);
    expect(sent).toEqual(['first']);
  });
});
