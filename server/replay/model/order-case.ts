/**
 * One order as a bot placed it, with what the bot knew then, read from its own log or database. What the evidence does not tell is
 * null, which is "not known": it is never taken for "none".
 */
import { z } from 'zod';

const side = z.enum(['BUY', 'SELL']);
const ts = z.int();
const price = z.number().nullable();

/** Where something was read: a line of a log (from 1), or a row of a table. */
export const Evidence = z.object({
  source: z.string(),
  line: z.int(),
  /** As it stands there, shortened; empty where only the place was kept. */
  text: z.string(),
});

/** The strategy's own words before the order. Confidence 0..1. */
export const BotSignal = z.object({
  ts,
  action: z.string(),
  confidence: z.number().nullable(),
  trend: z.string().nullable(),
  volatility: z.string().nullable(),
});

/** The advisor's answer. `enforced` is false where the bot says that it did not obey it, null where it says nothing. */
export const Advice = z.object({
  ts,
  verdict: z.enum(['GO', 'WAIT']),
  confidence: z.number().nullable(),
  enforced: z.boolean().nullable(),
});

/** Signed contracts held before the order. `broker`: the broker's report; `bot`: what the bot believed; `executions`: our sum of the fills recorded. */
export const HeldBefore = z.object({
  quantity: z.int(),
  ts: ts.nullable(),
  by: z.enum(['broker', 'bot', 'executions']),
});

export const Execution = z.object({ ts, quantity: z.number(), price: z.number() });

/** An order that hangs on another: the stop or the target of a bracket. */
export const ChildOrder = z.object({
  orderId: z.int(),
  role: z.enum(['stop', 'target']),
  side,
  quantity: z.number(),
  price,
  status: z.string().nullable(),
  filled: z.number(),
  /** When it first worked at the broker; null when that is not told. */
  workingTs: ts.nullable(),
  executions: z.array(Execution),
});

/**
 * `protection` is known when the evidence says that a stop and a target were sent, or that none was. Prices are as sent: null is
 * "none" when protection is known.
 */
export const Asked = z.object({
  entryPrice: price,
  stopPrice: price,
  targetPrice: price,
  protection: z.enum(['known', 'unknown']),
});

export const Intent = z.object({
  kind: z.enum(['entry', 'exit', 'protection', 'unknown']),
  why: z.string(),
});

export const OrderCase = z.object({
  /** `orderId@time`: an order id alone was used for several orders. */
  key: z.string(),
  orderId: z.int(),
  /** Exchange time at which it was placed, ms. */
  ts,
  symbol: z.string(),
  /** As the bot wrote it, e.g. `SCALP_BUY`. */
  action: z.string(),
  side,
  quantity: z.int().positive(),
  type: z.enum(['LMT', 'MKT', 'STP', 'STP LMT']),
  asked: Asked,
  signal: BotSignal.nullable(),
  advice: Advice.nullable(),
  held: HeldBefore.nullable(),
  /** The last price that the bot read; where it read none, at which it filled, or the last of a tape before it. */
  market: z.object({ ts, price: z.number(), by: z.enum(['price read', 'own fill', 'tape']) }).nullable(),
  /** Last trading day of the contract, `YYYYMMDD`. */
  lastTradeDate: z.string().nullable(),
  intent: Intent,
  parentId: z.int().nullable(),
  children: z.array(ChildOrder),
  status: z.string().nullable(),
  filled: z.number(),
  averagePrice: price,
  executions: z.array(Execution),
  evidence: z.array(Evidence),
  /** What is odd about it, in a sentence each. */
  notes: z.array(z.string()),
});

export type Evidence = z.infer<typeof Evidence>;
export type BotSignal = z.infer<typeof BotSignal>;
export type Advice = z.infer<typeof Advice>;
export type HeldBefore = z.infer<typeof HeldBefore>;
export type Execution = z.infer<typeof Execution>;
export type ChildOrder = z.infer<typeof ChildOrder>;
export type Intent = z.infer<typeof Intent>;
export type OrderCase = z.infer<typeof OrderCase>;

export function keyOf(orderId: number, placedTs: number): string {
  return `${orderId}@${new Date(placedTs).toISOString().replace('.000Z', 'Z')}`;
}

/** `SCALP_BUY`, `buy`, `BOT` ...; null for a word that names no side. */
export function sideOf(action: string): 'BUY' | 'SELL' | null {
  const word = action.trim().toUpperCase();
  if (/(^|_)(BUY|BOT|LONG)$/.test(word)) return 'BUY';
  return /(^|_)(SELL|SLD|SHORT)$/.test(word) ? 'SELL' : null;
}

/** Each of the spellings that the bot used; null for a type that we do not know. */
export function orderTypeOf(written: string): OrderCase['type'] | null {
  switch (written.trim().toUpperCase()) {
    case 'LMT':
    case 'LIMIT':
      return 'LMT';
    case 'MKT':
    case 'MARKET':
      return 'MKT';
    case 'STP':
    case 'STOP':
      return 'STP';
    case 'STP LMT':
    case 'STOP_LIMIT':
      return 'STP LMT';
    default:
      return null;
  }
}
