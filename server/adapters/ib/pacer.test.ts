/** Requests for market data leave one by one, and none outlives its connection. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hostAfter } from '../clock/host';
import { createPacer } from './pacer';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('requests for market data', () => {
  it('leave one at a time, in the order in which they were made', () => {
    const sent: string[] = [];
    const pacer = createPacer({ after: hostAfter }, 100);
    for (const what of ['quotes', 'bars', 'more bars']) pacer.ask(() => sent.push(what));
    expect(sent).toEqual(['quotes']);
    vi.advanceTimersByTime(99);
    expect(sent).toEqual(['quotes']);
    vi.advanceTimersByTime(1);
    expect(sent).toEqual(['quotes', 'bars']);
    vi.advanceTimersByTime(1_000);
    pacer.ask(() => sent.push('at once again'));
    expect(sent).toEqual(['quotes', 'bars', 'more bars', 'at once again']);
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
