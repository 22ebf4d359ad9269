/** What speaks against an entry in the weather as it is. One objection is enough for a WAIT; each names its figures. Pure. */
import type { EntryPlan } from '../../engine/model/advisory';
import { signOf } from '../../engine/model/order';
import type { Weather } from './weather';

export interface Objection {
  words: string;
  /** 0..1: how far beyond its threshold. */
  weight: number;
}

type Rule = (plan: EntryPlan, weather: Weather) => Objection | null;

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}

/** @returns ticks with at most one decimal. */
export function figure(ticks: number): string {
  return String(Math.round(ticks * 10) / 10);
}

export function signed(ticks: number): string {
  return `${ticks > 0 ? '+' : ''}${figure(ticks)}`;
}

const againstTrend: Rule = (plan, { trend, slopeTicks, atrTicks }) => {
  if (trend === 'RANGE' || Math.sign(slopeTicks) === signOf(plan.side)) return null;
  const words = `Against a 20-bar ${trend.toLowerCase()} of ${signed(slopeTicks)} ticks a bar`;
  return { words, weight: clamp(Math.abs(slopeTicks) / (atrTicks / 2)) };
};

/** In a range one buys low and sells high: the wrong half of it has the range against it. */
const wrongHalfOfRange: Rule = (plan, { trend, lowTicks, highTicks }) => {
  const width = highTicks - lowTicks;
  if (trend !== 'RANGE' || width === 0) return null;
  const height = clamp((plan.entryTicks - lowTicks) / width);
  const adverse = plan.side === 'BUY' ? height : 1 - height;
  if (adverse <= 0.5) return null;
  const half = plan.side === 'BUY' ? 'upper' : 'lower';
  const words = `No trend, and a ${plan.side} in the ${half} half of a 20-bar range of ${figure(width)} ticks`;
  return { words, weight: 2 * adverse - 1 };
};

const wildMarket: Rule = (_plan, { volatility, atrTicks, usualAtrTicks }) => {
  if (volatility !== 'HIGH') return null;
  const ratio = atrTicks / usualAtrTicks;
  return {
    words: `Volatility is ${figure(ratio)} times the usual ${figure(usualAtrTicks)} ticks`,
    weight: clamp(ratio - 1),
  };
};

const stopInsideNoise: Rule = (plan, { atrTicks }) => {
  const distance = Math.abs(plan.entryTicks - plan.stopTicks);
  if (distance >= atrTicks) return null;
  const words = `The stop is ${figure(distance)} ticks away, inside one bar's range`;
  return { words, weight: clamp(1 - distance / atrTicks) };
};

/** Strongest first. */
export function objectionsTo(plan: EntryPlan, weather: Weather): readonly Objection[] {
  return [againstTrend, wrongHalfOfRange, wildMarket, stopInsideNoise]
    .map((rule) => rule(plan, weather))
    .filter((objection) => objection !== null)
    .sort((a, b) => b.weight - a.weight);
}
