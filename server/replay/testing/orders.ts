/** Orders made for tests, on the facts of 12 December: 14812, BUY 1 ES at 6890.50, no stop, no target, short 1, confidence 0.36, WAIT at 50 %. */
import { keyOf, type OrderCase } from '../model/order-case';

export const PLACED_TS = Date.UTC(2025, 11, 12, 14, 53, 13);

export function orderCase(rest: Partial<OrderCase> = {}): OrderCase {
  const order: OrderCase = {
    key: '',
    orderId: 14_812,
    ts: PLACED_TS,
    symbol: 'ES',
    action: 'SCALP_BUY',
    side: 'BUY',
    quantity: 1,
    type: 'LMT',
    asked: { entryPrice: 6890.5, stopPrice: null, targetPrice: null, protection: 'known' },
    signal: {
      ts: PLACED_TS - 2_000,
      action: 'SCALP_BUY',
      confidence: 0.36,
      trend: 'RANGE',
      volatility: 'MEDIUM',
    },
    advice: { ts: PLACED_TS - 1_000, verdict: 'WAIT', confidence: 0.5, enforced: false },
    held: { quantity: -1, ts: PLACED_TS - 5_000, by: 'broker' },
    market: { ts: PLACED_TS - 3_000, price: 6890.5, by: 'price read' },
    lastTradeDate: '20251219',
    intent: { kind: 'entry', why: 'made for a test' },
    parentId: null,
    children: [],
    status: 'Filled',
    filled: 1,
    averagePrice: 6890.5,
    executions: [],
    evidence: [],
    notes: [],
    ...rest,
  };
  return { ...order, key: keyOf(order.orderId, order.ts) };
}

/** The same order with a bracket that every guard takes, flat, and a GO. */
export function soundOrder(rest: Partial<OrderCase> = {}): OrderCase {
  return orderCase({
    asked: { entryPrice: 6890.5, stopPrice: 6885.5, targetPrice: 6898, protection: 'known' },
    advice: { ts: PLACED_TS - 1_000, verdict: 'GO', confidence: 0.8, enforced: true },
    held: { quantity: 0, ts: PLACED_TS - 5_000, by: 'broker' },
    ...rest,
  });
}
