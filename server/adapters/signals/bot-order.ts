/**
 * The order record of the bot whose day of 2025-12-12 started this product, read as the signal that it was: what the bot wished, not how it ended.
 * Its words vary (SCALP_BUY, LIMIT and LMT); a word that is no wish to enter is refused by name.
 */
import { z } from 'zod';
import type { Signal } from '../../engine/model/signal';
import { confidence, contracts, price, symbol } from './native';
import { isoTime } from './time';

const ACTIONS = { BUY: 'BUY', SELL: 'SELL', SCALP_BUY: 'BUY', SCALP_SELL: 'SELL' } as const;
const ORDER_TYPES = { LIMIT: 'LMT', LMT: 'LMT', MARKET: 'MKT', MKT: 'MKT' } as const;

/** Known and of no use here: how the order ended. */
const aftermath = z.unknown().optional();

export const botOrder = z
  .strictObject({
    order_id: z.number().int().min(0),
    timestamp: isoTime,
    symbol,
    action: z.enum(['BUY', 'SELL', 'SCALP_BUY', 'SCALP_SELL']),
    quantity: contracts,
    order_type: z.enum(['LIMIT', 'LMT', 'MARKET', 'MKT']),
    limit_price: price.nullish(),
    entry_price: price.nullish(),
    stop_loss: price.nullish(),
    take_profit: price.nullish(),
    confidence: confidence.nullish(),
    atr: aftermath,
    status: aftermath,
    filled_quantity: aftermath,
    avg_fill_price: aftermath,
    updated_at: aftermath,
  })
  .superRefine((order, context) => {
    if (ORDER_TYPES[order.order_type] === 'MKT' || (order.limit_price ?? order.entry_price)) return;
    context.addIssue({ code: 'custom', path: ['limit_price'], message: 'a LIMIT order needs its price' });
  });

export function fromBotOrder(order: z.infer<typeof botOrder>, source: string): Signal {
  const orderType = ORDER_TYPES[order.order_type];
  return {
    signalId: `order-${order.order_id}`,
    source,
    strategy: 'bot',
    symbol: order.symbol,
    action: ACTIONS[order.action],
    quantity: order.quantity,
    orderType,
    entryPrice: orderType === 'LMT' ? (order.limit_price ?? order.entry_price ?? null) : null,
    stopPrice: order.stop_loss ?? null,
    targetPrice: order.take_profit ?? null,
    confidence: order.confidence ?? null,
    createdTs: order.timestamp,
  };
}
