/**
 * The advisor that is always there: GO or WAIT by rules over the one-minute bars, in plain words with the figures behind them.
 * Pure and synchronous; what it cannot judge (too few bars, old or frozen ones) is a WAIT.
 */
import type { AdvisorAnswer, AdvisorRequest } from '../../engine/model/advisory';
import type { Advisor } from '../../ports';
import { figure, type Objection, objectionsTo, signed } from './objection';
import { ATR_BARS, BARS_NEEDED, type Weather, weatherOf } from './weather';

const NAME = 'rules';
const BAR_MS = 60_000;
/** Bars older than this are not the market that the order would meet. */
const OLDEST_BAR_MS = 5 * BAR_MS;

/** It answers at once, so the caller need not await it. */
export interface RuleAdvisor extends Advisor {
  ask(request: AdvisorRequest): AdvisorAnswer;
}

type Verdict = Pick<AdvisorAnswer, 'verdict' | 'confidence' | 'words' | 'trend' | 'volatility'>;

function cannotJudge(words: string): Verdict {
  return { verdict: 'WAIT', confidence: 1, words, trend: 'UNKNOWN', volatility: 'UNKNOWN' };
}

function percent(value: number): number {
  return Math.round(value * 100) / 100;
}

function wait({ trend, volatility, atrTicks }: Weather, objections: readonly Objection[]): Verdict {
  const weight = objections[0]?.weight ?? 0;
  const words = `${objections.map((objection) => objection.words).join('; ')}; ATR ${figure(atrTicks)} ticks.`;
  return { verdict: 'WAIT', confidence: percent(0.5 + weight / 2), words, trend, volatility };
}

function go({ trend, volatility, slopeTicks, atrTicks }: Weather, stopDistanceTicks: number): Verdict {
  const ground =
    trend === 'RANGE'
      ? `On the good side of a 20-bar range, slope ${signed(slopeTicks)} ticks a bar`
      : `With a 20-bar ${trend.toLowerCase()} of ${signed(slopeTicks)} ticks a bar`;
  const strength = trend === 'RANGE' ? 0 : Math.min(1, Math.abs(slopeTicks) / (atrTicks / 2));
  const words = `${ground}; ATR ${figure(atrTicks)} ticks, stop ${figure(stopDistanceTicks)} ticks away.`;
  return { verdict: 'GO', confidence: percent(0.5 + strength / 2), words, trend, volatility };
}

function judge({ plan, bars, ts }: AdvisorRequest): Verdict {
  const weather = weatherOf(bars);
  if (!weather) {
    return cannotJudge(`Only ${bars.length} one-minute bars of ${plan.symbol}; ${BARS_NEEDED} are needed.`);
  }
  const age = ts - ((bars.at(-1)?.ts ?? 0) + BAR_MS);
  if (age > OLDEST_BAR_MS) {
    return cannotJudge(`The newest bar of ${plan.symbol} ended ${Math.round(age / BAR_MS)} minutes ago.`);
  }
  if (weather.atrTicks === 0) {
    return cannotJudge(`${plan.symbol} has not moved for ${ATR_BARS} bars: the feed may be frozen.`);
  }
  const objections = objectionsTo(plan, weather);
  return objections.length > 0
    ? wait(weather, objections)
    : go(weather, Math.abs(plan.entryTicks - plan.stopTicks));
}

export function ruleAdvisor(): RuleAdvisor {
  return {
    name: NAME,
    ask: (request) => ({ ...judge(request), advisor: NAME, latencyMs: 0 }),
  };
}
