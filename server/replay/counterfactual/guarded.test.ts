import { describe, expect, it } from 'vitest';
import type { TickBar } from '../../exchange/market';
import { type Decision, runGuarded, type Wish } from './guarded';

const AT = Date.UTC(2025, 11, 12, 14, 50);

/** Minutes that open where the last one closed, in points. */
function tapeThrough(first: number, ...closes: number[]): { bars: readonly TickBar[] } {
  let open = first * 4;
  return {
    bars: closes.map((points, minute) => {
      const close = points * 4;
      const bar = {
        ts: AT + minute * 60_000,
        open,
        high: Math.max(open, close),
        low: Math.min(open, close),
        close,
        volume: 5_000,
      };
      open = close;
      return bar;
    }),
  };
}

const buy: Wish = {
  id: 'a',
  ts: AT + 61_000,
  action: 'BUY',
  quantity: 1,
  limit: null,
  stop: 6_886,
  target: 6_896,
};
const ENTER: Decision = { do: 'enter' };

describe('an entry that passes the guards, on the tape', () => {
  it('is covered from the instant of its fill and closed by its stop', () => {
    const run = runGuarded({
      tape: tapeThrough(6_890, 6_890, 6_889, 6_884, 6_880),
      symbol: 'ES',
      wishes: [buy],
      decide: () => ENTER,
    });
    const [entry, stop] = run.fills;
    expect(run.fills.map(({ quantity, ticks }) => [quantity, ticks / 4])).toEqual([
      [1, 6_890.25],
      [-1, expect.toSatisfy((points: number) => points <= 6_886)],
    ]);
    expect(run.fills.every(({ commissionMicros }) => commissionMicros === 2_250_000)).toBe(true);
    expect(run.covers).toEqual([{ fromTs: entry?.ts, toTs: stop?.ts, side: 'SELL', quantity: 1 }]);
    expect(run.decisions).toEqual([{ id: 'a', decision: ENTER }]);
  });

  it('takes its target, and its stop goes with it', () => {
    const run = runGuarded({
      tape: tapeThrough(6_890, 6_890, 6_892, 6_897, 6_880),
      symbol: 'ES',
      wishes: [buy],
      decide: () => ENTER,
    });
    expect(run.fills.map(({ quantity }) => quantity)).toEqual([1, -1]);
    expect(run.fills[1]?.ticks).toBe(6_896 * 4);
  });

  it('is closed by an exit through its own group: what is held, and not more', () => {
    const sell: Wish = {
      ...buy,
      id: 'b',
      ts: AT + 121_000,
      action: 'SELL',
      quantity: 5,
      stop: null,
      target: null,
    };
    const run = runGuarded({
      tape: tapeThrough(6_890, 6_890, 6_891, 6_892, 6_880, 6_870),
      symbol: 'ES',
      wishes: [buy, sell, { ...sell, id: 'c', ts: AT + 181_000 }],
      decide: (wish) => (wish.action === 'BUY' ? ENTER : { do: 'exit' }),
    });
    expect(run.fills.map(({ quantity }) => quantity)).toEqual([1, -1]);
  });

  it('sees the account of the guarded run, not of the bot', () => {
    const seen: unknown[] = [];
    runGuarded({
      tape: tapeThrough(6_890, 6_890, 6_891, 6_892),
      symbol: 'ES',
      wishes: [buy, { ...buy, id: 'b', ts: AT + 125_000 }],
      decide: (wish, { position, inFlight, last }) => {
        seen.push([wish.id, position, inFlight, typeof last]);
        return position === 0 ? ENTER : { do: 'nothing', why: 'POSITION_OPEN' };
      },
    });
    expect(seen).toEqual([
      ['a', 0, false, 'number'],
      ['b', 1, false, 'number'],
    ]);
  });

  it('cannot be sent without a bracket', () => {
    const bare = { ...buy, stop: null };
    const run = () =>
      runGuarded({
        tape: tapeThrough(6_890, 6_890, 6_890),
        symbol: 'ES',
        wishes: [bare],
        decide: () => ENTER,
      });
    expect(run).toThrow('a has no bracket and cannot be entered');
  });

  it('is not tried outside the tape', () => {
    const late = { ...buy, ts: AT + 3_600_000 };
    const run = runGuarded({
      tape: tapeThrough(6_890, 6_890),
      symbol: 'ES',
      wishes: [late],
      decide: () => ENTER,
    });
    expect(run).toEqual({ fills: [], covers: [], decisions: [] });
  });
});
