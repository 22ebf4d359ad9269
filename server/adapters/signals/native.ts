/**
 * Our own signal format, as `POST /api/signals` and JSON-lines files carry it. Strict: text is not a number, unknown keys are refused.
 * A missing or null stop or target passes here; the engine denies it with MISSING_PROTECTION, where a person can see why.
 */
import { z } from 'zod';
import type { Signal } from '../../engine/model/signal';
import { signalTime } from './time';

const PRICE_MAX = 10_000_000;

export const symbol = z
  .string()
  .regex(/^[A-Z0-9]{1,12}$/, 'expected the root of a future in capitals, such as ES');
export const contracts = z.number().int().min(1).max(1_000);
/** Points, as the exchange quotes them; whether it lies on the tick grid is for the engine to say. */
export const price = z.number().positive().max(PRICE_MAX);
export const confidence = z.number().min(0).max(1);

export const nativeSignal = z
  .strictObject({
    id: z.string().regex(/^[A-Za-z0-9._:-]{1,64}$/, 'expected 1 to 64 of the characters A-Z a-z 0-9 . _ : -'),
    symbol,
    action: z.enum(['BUY', 'SELL', 'EXIT']),
    quantity: contracts,
    orderType: z.enum(['LMT', 'MKT']).optional(),
    entry: price.nullish(),
    stop: price.nullish(),
    target: price.nullish(),
    confidence: confidence.nullish(),
    strategy: z
      .string()
      .regex(/^[\x20-\x7e]{1,64}$/, 'expected 1 to 64 printable characters')
      .default('unnamed'),
    time: signalTime,
  })
  .superRefine(({ action, orderType, entry }, context) => {
    // An exit is derived from the position: its prices mean nothing and must not stand in its way.
    if (action === 'EXIT') return;
    const limit = entry ?? null;
    if (orderType === 'LMT' && limit === null) {
      context.addIssue({ code: 'custom', path: ['entry'], message: 'a LMT entry needs its limit price' });
    }
    if (orderType === 'MKT' && limit !== null) {
      context.addIssue({ code: 'custom', path: ['entry'], message: 'a MKT entry has no limit price' });
    }
  });

/** @param source where it came in, e.g. `http:default`. */
export function fromNative(value: z.infer<typeof nativeSignal>, source: string): Signal {
  const entryPrice = value.entry ?? null;
  return {
    signalId: value.id,
    source,
    strategy: value.strategy,
    symbol: value.symbol,
    action: value.action,
    quantity: value.quantity,
    orderType: value.orderType ?? (entryPrice === null ? 'MKT' : 'LMT'),
    entryPrice,
    stopPrice: value.stop ?? null,
    targetPrice: value.target ?? null,
    confidence: value.confidence ?? null,
    createdTs: value.time,
  };
}
