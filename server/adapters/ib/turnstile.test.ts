/** IB's 50 messages a second: used in full when it matters, never exceeded, and exits do not stand behind entries. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hostAfter } from '../clock/host';
import { createTurnstile, MESSAGES, ORDINARY, SPAN_MS, type Turnstile } from './turnstile';

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
    vi.advanceTimersByTime(SPAN_MS);
    expect(names().slice(MESSAGES)).toEqual(['exit', 'question', 'bracket']);
  });

  it('that reduce risk find a part of the limit free, whatever else was sent', () => {
    for (let n = 0; n < MESSAGES; n++) pass(`question ${n}`, []);
    pass('exit', [7], true);
    expect(names()).toHaveLength(ORDINARY + 1);
    expect(names().at(-1)).toBe('exit');
  });

  it('about one order keep their order: its cancel does not overtake it, but takes it along past all others', () => {
    exits(MESSAGES);
    pass('question', []);
    pass('change of the entry', [101]);
    pass('bracket', [201, 202, 203]);
    pass('second change', [101]);
    pass('cancel of that entry', [101], true);
    pass('cancel of another', [7], true);
    vi.advanceTimersByTime(SPAN_MS);
    expect(names().slice(MESSAGES)).toEqual([
      'change of the entry',
      'second change',
      'cancel of that entry',
      'cancel of another',
      'question',
      'bracket',
    ]);
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
    vi.advanceTimersByTime(SPAN_MS);
    expect(withdrawn).toHaveBeenCalledWith('It waited too long to leave.');
    expect(names().slice(MESSAGES)).toEqual(['exit']);
  });

  it('of one bracket leave together', () => {
    exits(MESSAGES - 2);
    pass('bracket', [101, 102, 103]);
    pass('question', []);
    expect(names()).not.toContain('bracket');
    vi.advanceTimersByTime(SPAN_MS);
    expect(names().slice(MESSAGES - 2)).toEqual(['bracket', 'question']);
  });

  it('rest for a span when IB has counted more than it allows', () => {
    exits(3);
    turnstile.rest();
    pass('exit', [104], true);
    vi.advanceTimersByTime(SPAN_MS - 1);
    expect(names()).toHaveLength(3);
    vi.advanceTimersByTime(1);
    expect(names().at(-1)).toBe('exit');
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

/** Host time that the test turns; waits fire in order. */
function handTurned() {
  let nowMs = 0;
  let waits: { atMs: number; run(): void }[] = [];
  return {
    clock: {
      now: () => ({ ts: 0, hostMs: nowMs }),
      after: (ms: number, run: () => void) => {
        const wait = { atMs: nowMs + ms, run };
        waits.push(wait);
        return () => {
          waits = waits.filter((other) => other !== wait);
        };
      },
    },
    turnTo: (ms: number) => {
      for (;;) {
        const next = waits.filter(({ atMs }) => atMs <= ms).sort((a, b) => a.atMs - b.atMs)[0];
        if (next === undefined) break;
        waits = waits.filter((wait) => wait !== next);
        nowMs = next.atMs;
        next.run();
      }
      nowMs = ms;
    },
  };
}

describe('whatever arrives, and when', () => {
  const arrival = fc.record({
    afterMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 1_500 })),
    urgent: fc.boolean(),
    orderIds: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
  });

  it('no second holds more than IB allows, what is urgent waits for the limit alone, and nothing is lost or overtaken', () => {
    fc.assert(
      fc.property(fc.array(arrival, { minLength: 1, maxLength: 400 }), (arrivals) => {
        const { clock, turnTo } = handTurned();
        const gate = createTurnstile(clock);
        const out: { n: number; atMs: number; size: number }[] = [];
        const inSpanBefore = (atMs: number) =>
          out.filter((one) => atMs - one.atMs < SPAN_MS).reduce((sum, { size }) => sum + size, 0);
        let nowMs = 0;
        arrivals.forEach(({ afterMs, urgent, orderIds }, n) => {
          nowMs += afterMs;
          turnTo(nowMs);
          const size = Math.max(1, orderIds.length);
          const write = () => out.push({ n, atMs: clock.now().hostMs, size });
          const full = inSpanBefore(nowMs) + size > MESSAGES;
          const behindItself = arrivals
            .slice(0, n)
            .some(
              (other, m) =>
                !out.some((one) => one.n === m) && other.orderIds.some((id) => orderIds.includes(id)),
            );
          const urgentWaits = arrivals
            .slice(0, n)
            .some((other, m) => other.urgent && !out.some((one) => one.n === m));
          if (gate.enter({ urgent, orderIds }, write)) write();
          const left = out.some((one) => one.n === n);
          if (urgent && !full && !behindItself && !urgentWaits) expect(left).toBe(true);
        });
        turnTo(nowMs + 600_000);
        expect(out.map(({ n }) => n).sort((a, b) => a - b)).toEqual(arrivals.map((_, n) => n));
        for (const { atMs } of out) {
          const second = out.filter((one) => one.atMs >= atMs && one.atMs < atMs + 1_000);
          expect(second.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(50);
        }
        for (let id = 1; id <= 12; id++) {
          const aboutIt = out.map(({ n }) => n).filter((n) => arrivals[n]?.orderIds.includes(id));
          expect(aboutIt).toEqual([...aboutIt].sort((a, b) => a - b));
        }
      }),
      { numRuns: 60 },
    );
  });
});
