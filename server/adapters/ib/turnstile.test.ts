/** IB's 50 messages a second: used in full when it matters, never exceeded, and exits do not stand behind entries. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hostAfter } from '../clock/host';
import { createTurnstile, MESSAGES, type Turnstile } from './turnstile';

let turnstile: Turnstile;
let sent: { what: string; atMs: number }[];
let startMs: number;

beforeEach(() => {
  vi.useFakeTimers();
  startMs = Date.now();
  sent = [];
  turnstile = createTurnstile({ now: () => ({ ts: 0, hostMs: Date.now() }), after: hostAfter });
});
afterEach(() => {
  vi.useRealTimers();
});

function pass(
  what: string,
  orderIds: readonly number[],
  urgent = false,
  withdrawn?: (why: string) => void,
): void {
  const write = () => sent.push({ what, atMs: Date.now() - startMs });
  if (turnstile.enter({ orderIds, urgent, withdrawn }, write)) write();
}

const exits = (count: number) => {
  for (let n = 1; n <= count; n++) pass(`exit ${n}`, [n], true);
};
const names = () => sent.map(({ what }) => what);

describe('messages', () => {
  it('of twenty exits leave at once', () => {
    exits(20);
    expect(sent.map(({ atMs }) => atMs)).toEqual(Array(20).fill(0));
  });

  it(`are never more than ${MESSAGES} in any second`, () => {
    for (let n = 0; n < 400; n++) {
      pass(`order ${n}`, [n], n % 3 === 0);
      vi.advanceTimersByTime(n % 7);
    }
    vi.advanceTimersByTime(20_000);
    expect(sent).toHaveLength(400);
    const inSecondFrom = ({ atMs }: { atMs: number }) =>
      sent.filter((other) => other.atMs >= atMs && other.atMs < atMs + 1_000).length;
    expect(Math.max(...sent.map(inSecondFrom))).toBe(MESSAGES);
  });

  it('that reduce risk go before entries and questions that wait', () => {
    exits(MESSAGES);
    pass('question', []);
    pass('bracket', [101, 102, 103]);
    pass('exit', [104], true);
    expect(sent).toHaveLength(MESSAGES);
    vi.advanceTimersByTime(1_000);
    expect(names().slice(MESSAGES)).toEqual(['exit', 'question', 'bracket']);
  });

  it('about one order keep their order: its cancel does not overtake it', () => {
    exits(MESSAGES);
    pass('bracket', [101, 102, 103]);
    pass('cancel of its entry', [101], true);
    pass('cancel of another', [7], true);
    vi.advanceTimersByTime(1_000);
    expect(names().slice(MESSAGES)).toEqual(['cancel of another', 'bracket', 'cancel of its entry']);
  });

  it('of an entry that still waits are taken back, once, and never leave', () => {
    exits(MESSAGES);
    const withdrawn = vi.fn();
    pass('bracket', [101, 102, 103], false, withdrawn);
    pass('change of an older entry', [9]);
    expect([101, 101, 9, 1].map((orderId) => turnstile.withdraw(orderId))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(withdrawn).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(5_000);
    expect(names().slice(MESSAGES)).toEqual(['change of an older entry']);
  });

  it('of an entry that the machine slept through never leave; those of exits do (L7)', () => {
    exits(MESSAGES);
    const withdrawn = vi.fn();
    pass('bracket', [101, 102, 103], false, withdrawn);
    pass('exit', [104], true);
    vi.setSystemTime(startMs + 60_000);
    vi.advanceTimersByTime(1_000);
    expect(withdrawn).toHaveBeenCalledWith('It waited too long to leave.');
    expect(names().slice(MESSAGES)).toEqual(['exit']);
  });

  it('of one bracket leave together', () => {
    exits(MESSAGES - 2);
    pass('bracket', [101, 102, 103]);
    pass('question', []);
    expect(names()).not.toContain('bracket');
    vi.advanceTimersByTime(1_000);
    expect(names().slice(MESSAGES - 2)).toEqual(['bracket', 'question']);
  });

  it('that wait when the connection ends are never sent', () => {
    exits(MESSAGES + 5);
    turnstile.close();
    exits(1);
    vi.advanceTimersByTime(5_000);
    expect(sent).toHaveLength(MESSAGES);
  });

  it('go on when the clock is set back', () => {
    exits(MESSAGES);
    vi.setSystemTime(startMs - 3_600_000);
    pass('exit', [100], true);
    expect(names()).toContain('exit');
  });
});
