/** What the demo strategy wishes next: mostly sound brackets, now and then a blunder for the guards to catch. Chance and market in, signal out. */
import { priceOf } from '../../engine/model/money';
import type { Signal } from '../../engine/model/signal';
import type { Chance } from './chance';

export const DEMO_STRATEGY = 'demo (paper only)';

export interface DemoMarket {
  symbol: string;
  /** Points; null before the first quote. */
  lastPrice: number | null;
  tickSize: number;
  /** Mean range of the last one-minute bars, ticks; null without bars. */
  noiseTicks: number | null;
  /** Signed contracts. */
  position: number;
  /** A proposal of this symbol waits for a person. */
  waiting: boolean;
}

type Quoted = DemoMarket & { lastPrice: number };
type Bracket = Pick<Signal, 'entryPrice' | 'stopPrice' | 'targetPrice'>;

/** Every sixth entry is a blunder, each kind in turn. */
const BLUNDER_EVERY = 6;
const BLUNDERS: readonly ((bracket: Bracket, tickSize: number) => Bracket)[] = [
  (bracket) => ({ ...bracket, stopPrice: null }),
  (bracket, tickSize) => ({ ...bracket, stopPrice: (bracket.stopPrice ?? 0) + tickSize * 0.4 }),
  (bracket) => ({ ...bracket, stopPrice: bracket.targetPrice, targetPrice: bracket.stopPrice }),
];

function blunderOf(turn: number) {
  if (turn % BLUNDER_EVERY !== BLUNDER_EVERY - 1) return null;
  return BLUNDERS[Math.floor(turn / BLUNDER_EVERY) % BLUNDERS.length] ?? null;
}

/**
 * Above 0.75 a WAIT is overridden, below it a person is asked: with nothing waiting the wish is meek, so that one soon waits;
 * with two waiting it is bold, so that trading goes on.
 */
function confidenceFor(waiting: number, chance: Chance): number {
  if (waiting === 0) return chance.between(35, 74) / 100;
  return waiting === 1 ? chance.between(35, 95) / 100 : chance.between(78, 95) / 100;
}

/**
 * Hasty: inside the noise of a minute, over soon, and mostly a WAIT. Patient: beyond that noise, so that an advisor can say GO.
 * @returns ticks from the entry.
 */
function distances({ noiseTicks }: Quoted, chance: Chance): { stop: number; target: number } {
  const patient = noiseTicks !== null && chance.happens(0.5);
  if (!patient) return { stop: chance.between(12, 24), target: chance.between(12, 30) };
  const minute = Math.max(12, Math.ceil(noiseTicks));
  return {
    stop: chance.between(minute, Math.ceil(minute * 1.4)),
    target: chance.between(minute, minute * 2),
  };
}

/** A LMT entry gives the market a tick or two and fills. */
export function entryWish(market: Quoted, turn: number, waiting: number, chance: Chance) {
  const { symbol, lastPrice, tickSize } = market;
  const sign = chance.happens(0.5) ? 1 : -1;
  const limit = chance.happens(0.5);
  const entryTicks = Math.round(lastPrice / tickSize) + (limit ? sign * chance.between(1, 2) : 0);
  const { stop, target } = distances(market, chance);
  const sound: Bracket = {
    entryPrice: limit ? priceOf(entryTicks, tickSize) : null,
    stopPrice: priceOf(entryTicks - sign * stop, tickSize),
    targetPrice: priceOf(entryTicks + sign * target, tickSize),
  };
  return {
    symbol,
    action: sign > 0 ? ('BUY' as const) : ('SELL' as const),
    quantity: 1,
    orderType: limit ? ('LMT' as const) : ('MKT' as const),
    ...(blunderOf(turn)?.(sound, tickSize) ?? sound),
    confidence: confidenceFor(waiting, chance),
  };
}

export function exitWish({ symbol, position }: DemoMarket) {
  return {
    symbol,
    action: 'EXIT' as const,
    quantity: Math.abs(position),
    orderType: 'MKT' as const,
    entryPrice: null,
    stopPrice: null,
    targetPrice: null,
    confidence: null,
  };
}

export type Wish = ReturnType<typeof entryWish> | ReturnType<typeof exitWish>;
