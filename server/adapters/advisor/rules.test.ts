/** The advisor on bars made by hand, and on a choppy market that a seed makes. */
import { describe, expect, it } from 'vitest';
import type { AdvisorRequest, EntryPlan } from '../../engine/model/advisory';
import { cycleIdOf, proposalIdOf } from '../../engine/model/ids';
import type { Bar } from '../../engine/model/instrument';
import { ruleAdvisor } from './rules';
import { BARS_NEEDED } from './weather';

const START = Date.UTC(2025, 11, 12, 14);
const MINUTE = 60_000;

/** One bar a close, each with `reach` ticks beyond its body on both sides. */
function barsOf(closes: readonly number[], reach = 2): readonly Bar[] {
  return closes.map((closeTicks, index) => {
    const openTicks = closes[index - 1] ?? closeTicks;
    const highTicks = Math.max(openTicks, closeTicks) + reach;
    const lowTicks = Math.min(openTicks, closeTicks) - reach;
    return { ts: START + index * MINUTE, openTicks, highTicks, lowTicks, closeTicks, volume: 100 };
  });
}

const line = (count: number, from: number, step: number) =>
  Array.from({ length: count }, (_, index) => from + index * step);
const zigzag = (count: number, middle: number, swing: number) =>
  Array.from({ length: count }, (_, index) => middle + (index % 2 === 0 ? swing : -swing));

function request(bars: readonly Bar[], plan: Partial<EntryPlan> = {}): AdvisorRequest {
  const entryTicks = plan.entryTicks ?? bars.at(-1)?.closeTicks ?? 0;
  const away = plan.side === 'SELL' ? -20 : 20;
  const cycleId = cycleIdOf(START, 1);
  return {
    proposalId: proposalIdOf(cycleId),
    cycleId,
    plan: {
      symbol: 'ES',
      side: 'BUY',
      quantity: 1,
      orderType: 'MKT',
      entryTicks,
      stopTicks: entryTicks - away,
      targetTicks: entryTicks + away,
      ...plan,
    },
    tickSize: 0.25,
    confidence: 0.5,
    quote: null,
    bars,
    ts: START + bars.length * MINUTE + 1_000,
  };
}

const ask = (bars: readonly Bar[], plan?: Partial<EntryPlan>) => ruleAdvisor().ask(request(bars, plan));

describe('the rule-based advisor', () => {
  it('says GO to an entry with the trend', () => {
    expect(ask(barsOf(line(60, 27_000, 2)), { side: 'BUY' })).toEqual({
      verdict: 'GO',
      confidence: 0.83,
      words: 'With a 20-bar uptrend of +2 ticks a bar; ATR 6 ticks, stop 20 ticks away.',
      trend: 'UPTREND',
      volatility: 'MEDIUM',
      advisor: 'rules',
      latencyMs: 0,
    });
  });

  it('says WAIT to an entry against the trend, and how strong the trend is', () => {
    expect(ask(barsOf(line(60, 27_500, -2)), { side: 'BUY' })).toMatchObject({
      verdict: 'WAIT',
      words: 'Against a 20-bar downtrend of -2 ticks a bar; ATR 6 ticks.',
      trend: 'DOWNTREND',
    });
    expect(ask(barsOf(line(60, 27_500, 2)), { side: 'SELL' })).toMatchObject({
      verdict: 'WAIT',
      trend: 'UPTREND',
    });
  });

  it('lets one buy low and sell high in a range, and not the other way round', () => {
    const bars = barsOf(zigzag(60, 27_500, 4));
    const low = 27_495;
    expect(ask(bars, { side: 'BUY', entryTicks: low })).toMatchObject({ verdict: 'GO', trend: 'RANGE' });
    expect(ask(bars, { side: 'SELL', entryTicks: low })).toMatchObject({
      verdict: 'WAIT',
      words: 'No trend, and a SELL in the lower half of a 20-bar range of 12 ticks; ATR 12 ticks.',
    });
  });

  it('says WAIT when the volatility is far beyond the usual', () => {
    const bars = barsOf([...line(60, 27_000, 1), ...line(14, 27_060, 12)]);
    const answer = ask(bars, { side: 'BUY' });
    expect(answer).toMatchObject({ verdict: 'WAIT', volatility: 'HIGH' });
    expect(answer.words).toContain('Volatility is 2.1 times the usual 7.4 ticks');
  });

  it('calls a market that has gone quiet LOW', () => {
    const bars = barsOf([...zigzag(46, 27_500, 8), ...line(14, 27_500, 1)], 1);
    expect(ask(bars).volatility).toBe('LOW');
  });

  it('says WAIT to a stop that one bar of noise would reach', () => {
    const answer = ask(barsOf(line(60, 27_000, 2), 6), {
      side: 'BUY',
      entryTicks: 27_118,
      stopTicks: 27_110,
    });
    expect(answer).toMatchObject({
      verdict: 'WAIT',
      words: "The stop is 8 ticks away, inside one bar's range; ATR 14 ticks.",
    });
  });

  it('says WAIT when there are too few bars to judge', () => {
    const words = `Only ${BARS_NEEDED - 1} one-minute bars of ES; ${BARS_NEEDED} are needed.`;
    expect(ask(barsOf(line(BARS_NEEDED - 1, 27_000, 2)))).toMatchObject({
      verdict: 'WAIT',
      words,
      trend: 'UNKNOWN',
      volatility: 'UNKNOWN',
    });
    expect(ask([])).toMatchObject({ verdict: 'WAIT', trend: 'UNKNOWN' });
  });

  it('says WAIT when the bars are from before a pause', () => {
    const asked = request(barsOf(line(60, 27_000, 2)));
    expect(ruleAdvisor().ask({ ...asked, ts: asked.ts + 42 * MINUTE })).toMatchObject({
      verdict: 'WAIT',
      words: 'The newest bar of ES ended 42 minutes ago.',
    });
  });

  it('says WAIT when the feed looks frozen', () => {
    expect(ask(barsOf(line(60, 27_500, 0), 0))).toMatchObject({
      verdict: 'WAIT',
      words: 'ES has not moved for 14 bars: the feed may be frozen.',
    });
  });

  it('gives both verdicts in a healthy mix on a choppy market, always with figures', () => {
    let seed = 7;
    const draw = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    let close = 27_500;
    const closes = Array.from({ length: 2_000 }, () => {
      close += Math.round((draw() + draw() + draw() - 1.5) * 8);
      return close;
    });
    const bars = barsOf(closes);
    const answers = line(380, 100, 5).map((end, turn) =>
      ruleAdvisor().ask({
        ...request(bars.slice(0, end), { side: turn % 2 === 0 ? 'BUY' : 'SELL' }),
        ts: START + end * MINUTE,
      }),
    );
    const go = answers.filter((answer) => answer.verdict === 'GO').length / answers.length;
    expect(go).toBeGreaterThan(0.35);
    expect(go).toBeLessThan(0.65);
    for (const answer of answers) {
      expect(answer.words).toMatch(/ATR \d/);
      expect(answer.confidence).toBeGreaterThanOrEqual(0.5);
      expect(answer.confidence).toBeLessThanOrEqual(1);
    }
  });
});
