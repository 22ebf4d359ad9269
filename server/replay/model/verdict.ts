/** What today's guards say of an order of yesterday. */
import { z } from 'zod';
import { REASON_CODES } from '../../engine/model/reason';
import { OrderCase } from './order-case';

const code = z.enum(REASON_CODES);
const value = z.union([z.number(), z.string()]).nullable();

/** One guard as the engine evaluated it; `not known` where the evidence does not tell what it measures: it then counts neither way. */
export const GuardRow = z.object({
  guard: z.string(),
  code,
  verdict: z.enum(['pass', 'wait', 'deny', 'skip', 'not known']),
  observed: value,
  relation: z.enum(['≥', '≤', '>', '<', '=', 'in', 'none']),
  limit: value,
  unit: z.enum(['ticks', 'usd', 'ms', 'contracts', 'trades', 'losses', 'ratio', 'orders', 'state', 'price']),
  /** Why it is not known. */
  why: z.string().nullable(),
});

/** What a reduce-only exit would have been at that moment. */
export const ReduceOnly = z.object({
  /** Signed contracts held, and whose word that is; null when nobody tells. */
  held: z.int().nullable(),
  by: z.string().nullable(),
  /** The exit that Interlock would have sent; null when nothing is held, or it is not known what is. */
  would: z.object({ side: z.enum(['BUY', 'SELL']), quantity: z.int() }).nullable(),
  code: code.nullable(),
  /** Contracts that the order as sent would have opened beyond flat; null when not known. */
  opens: z.int().nullable(),
  sentence: z.string(),
});

/**
 * `blocked`: not sent. `passed`: nothing that the evidence tells would have stopped it. `exit`: guards never stop an exit; it goes out
 * reduce-only. `unknown`: the evidence does not tell enough. `protection`: a stop or target, judged with its parent.
 */
export const Verdict = z.object({
  outcome: z.enum(['blocked', 'passed', 'exit', 'unknown', 'protection']),
  /** In order of precedence; empty unless blocked. */
  reasons: z.array(code),
  rows: z.array(GuardRow),
  reduceOnly: ReduceOnly.nullable(),
  sentence: z.string(),
});

export const JudgedOrder = z.object({ order: OrderCase, verdict: Verdict });

export type GuardRow = z.infer<typeof GuardRow>;
export type ReduceOnly = z.infer<typeof ReduceOnly>;
export type Verdict = z.infer<typeof Verdict>;
export type JudgedOrder = z.infer<typeof JudgedOrder>;
