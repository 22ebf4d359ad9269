import { describe, expect, it } from 'vitest';
import { GUARDS } from '../../engine/guard/pipeline';
import { DEFAULT_LIMITS } from '../../engine/model/limits';
import { orderCase, soundOrder } from '../testing/orders';
import { Judge, judgeAlone } from './judge';
import { DEFAULT_SETTING } from './setting';
import { whyNotKnown } from './told';

const judged = (rest: Parameters<typeof orderCase>[0] = {}) => judgeAlone(orderCase(rest), DEFAULT_SETTING);
const sound = (rest: Parameters<typeof orderCase>[0] = {}) => judgeAlone(soundOrder(rest), DEFAULT_SETTING);

describe('the order of 12 December, 14812', () => {
  it('is blocked because it has no stop and no target, for what was held, and because the advisor said WAIT', () => {
    const { outcome, reasons, sentence } = judged();
    expect(outcome).toBe('blocked');
    expect(reasons).toEqual(['MISSING_PROTECTION', 'POSITION_OPEN', 'AWS_WAIT']);
    expect(sentence).toBe(
      'Blocked: BUY 1 ES at 6890.5 (14812) would not have been sent. ' +
        'Stop and target: no stop, no target (must be both given). ' +
        'Position held: -1 contracts (must be 0 contracts). ' +
        'The advisor said WAIT, and the signal is not sure enough to lift it. ' +
        'Against what was held, Interlock reads BUY as an exit at most: BUY 1, reduce-only.',
    );
  });

  it('is blocked with nothing known but the order', () => {
    const { reasons, rows } = judged({ signal: null, advice: null, held: null, market: null });
    expect(reasons).toEqual(['MISSING_PROTECTION']);
    expect(rows.find((row) => row.guard === 'Position held')).toMatchObject({
      verdict: 'not known',
      observed: null,
    });
  });

  it('would have been BUY 1 as a reduce-only exit', () => {
    expect(judged().reduceOnly).toEqual({
      held: -1,
      by: 'broker',
      would: { side: 'BUY', quantity: 1 },
      code: null,
      opens: 0,
      sentence:
        'Held: short 1 ES by the broker. The exit would have been BUY 1, reduce-only; BUY 1 as sent could only reduce it.',
    });
  });
});

describe('an entry', () => {
  it('with a sound bracket, flat, with a GO, is not blocked', () => {
    expect(sound()).toMatchObject({ outcome: 'passed', reasons: [] });
  });

  it('is not judged when nothing tells whether it had a stop', () => {
    const asked = { entryPrice: 6890.5, stopPrice: null, targetPrice: null, protection: 'unknown' as const };
    expect(sound({ asked })).toMatchObject({ outcome: 'unknown', reasons: [] });
  });

  it.each([
    ['its stop is a tick away', { stopPrice: 6890.25 }, 'INSUFFICIENT_DISTANCE'],
    ['its stop is above the entry', { stopPrice: 6892 }, 'INVALID_BRACKET'],
    ['its target is off the grid', { targetPrice: 6898.1 }, 'OFF_TICK_GRID'],
    ['it loses $1,525 at its stop', { stopPrice: 6860 }, 'MAX_LOSS_CAP'],
  ])('is blocked when %s', (_, prices, code) => {
    const asked = { ...soundOrder().asked, ...prices };
    expect(sound({ asked }).reasons).toEqual([code]);
  });

  it('is blocked while the venue is closed', () => {
    const ts = Date.UTC(2025, 11, 24, 20, 0, 0);
    expect(sound({ ts, signal: null, market: null, lastTradeDate: null }).reasons).toEqual([
      'SESSION_CLOSED',
    ]);
  });

  it('a WAIT is lifted by a confidence above the limit, and the row says so', () => {
    const signal = { ...soundOrder().signal, confidence: 0.8 } as never;
    const { outcome, rows } = sound({ signal, advice: orderCase().advice });
    expect(outcome).toBe('passed');
    expect(rows.at(-1)).toMatchObject({
      code: 'AWS_WAIT_OVERRIDE',
      observed: 0.8,
      relation: '>',
      limit: 0.75,
    });
  });

  it('at the market is measured against the price that the bot read', () => {
    const asked = { entryPrice: null, stopPrice: 6890.25, targetPrice: 6898, protection: 'known' as const };
    expect(sound({ type: 'MKT', asked }).reasons).toEqual(['INSUFFICIENT_DISTANCE']);
  });

  it('at the market of which no price is told is refused as the engine refuses one without a quote, and the sentence says so', () => {
    const asked = { entryPrice: null, stopPrice: 6885.5, targetPrice: 6898, protection: 'known' as const };
    const { outcome, reasons, rows, sentence } = sound({ type: 'MKT', asked, market: null });
    expect([outcome, reasons]).toEqual(['blocked', ['STALE_MARKET_DATA']]);
    expect(rows.find(({ guard }) => guard === 'Quote age')).toMatchObject({
      verdict: 'deny',
      observed: null,
    });
    expect(rows.find(({ guard }) => guard === 'Distance to stop')).toMatchObject({ verdict: 'not known' });
    expect(sentence).toBe(
      'Blocked: BUY 1 ES at the market (14812) would not have been sent. Quote age: unknown (must be ≤ 5 s). ' +
        'No price of it is told, and Interlock sends no entry that it cannot measure.',
    );
  });

  it('of an instrument that nobody describes is not judged, unless its contract is given', () => {
    expect(sound({ symbol: 'CL' })).toMatchObject({ outcome: 'unknown', reasons: [] });
    const setting = { limits: DEFAULT_LIMITS, tickSize: 0.25, multiplier: 50 };
    expect(judgeAlone(soundOrder({ symbol: 'CL' }), setting).outcome).toBe('passed');
  });

  it('that repeats another within a minute is its duplicate', () => {
    const judge = new Judge(DEFAULT_SETTING);
    const first = soundOrder();
    judge.judge(first, 'day');
    const again = soundOrder({ orderId: 14_813, ts: first.ts + 5_000 });
    expect(judge.judge(again, 'day').verdict.reasons).toEqual(['DUPLICATE_SIGNAL']);
  });
});

describe('an exit', () => {
  const exit = { intent: { kind: 'exit' as const, why: 'made for a test' } };

  it('is stopped by no guard', () => {
    expect(judged({ ...exit, held: { quantity: -1, ts: null, by: 'broker' } })).toMatchObject({
      outcome: 'exit',
      reasons: [],
    });
  });

  it.each([
    ['flat', 0, null],
    ['long already', 2, { side: 'SELL', quantity: 2 }],
  ])('that would open a position because the account is %s is blocked', (_, quantity, would) => {
    const verdict = judged({ ...exit, held: { quantity, ts: null, by: 'broker' } });
    expect(verdict).toMatchObject({ outcome: 'blocked', reasons: ['EXIT_WOULD_OPEN_POSITION'] });
    expect(verdict.reduceOnly?.would).toEqual(would);
  });

  it('of more than is held goes out for what is held', () => {
    const verdict = judged({ ...exit, quantity: 4, held: { quantity: -1, ts: null, by: 'broker' } });
    expect(verdict.outcome).toBe('exit');
    expect(verdict.reduceOnly).toMatchObject({ would: { side: 'BUY', quantity: 1 }, opens: 3 });
  });
});

it('every guard of the engine says here what it needs to be told', () => {
  expect(GUARDS.length).toBeGreaterThan(20);
  const { rows } = judged();
  const forgotten = rows.filter(
    (row) =>
      row.guard !== 'Advisor' && whyNotKnown(row.guard, orderCase())?.startsWith('The replay does not'),
  );
  expect(rows).toHaveLength(GUARDS.length + 1);
  expect(forgotten).toEqual([]);
});
