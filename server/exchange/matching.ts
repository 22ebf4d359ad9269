// When an order meets the market, and at what price. Pure; prices in ticks, sizes in contracts.
// There is no queue: the market that trades at a resting price fills it, up to the size at the touch.

import type { Trade } from './market';
import { isStop, limitOf, type Order, signOf, workable } from './order';

export interface Fill {
  readonly price: number;
  readonly size: number;
}

/** Levels beyond the touch that an order can walk at one moment; each is one tick away and as deep as the touch. */
const LEVELS = 5;

/** Triggers on last (ib-protocol 3.10): a buy stop at or above its price, a sell stop at or below. */
export function isTriggered(order: Order, { last }: Trade): boolean {
  const { trigger } = order.terms;
  if (!isStop(order) || trigger === undefined) return false;
  return order.action === 'BUY' ? last >= trigger : last <= trigger;
}

/** The level an order that comes to the market takes: index 0 is the touch; undefined when its limit forbids it. */
export function levelFor(order: Order, trade: Trade, index: number): Fill | undefined {
  if (index >= LEVELS) return undefined;
  const side = signOf(order);
  const [touch, depth] = side === 1 ? [trade.ask, trade.askSize] : [trade.bid, trade.bidSize];
  const price = touch + side * index;
  const limit = limitOf(order);
  if (limit !== undefined && (price - limit) * side > 0) return undefined;
  return { price, size: Math.min(depth, workable(order)) };
}

/** What a trade gives to a limit that rests: its own price, if the trade is at or through it. */
export function restingFill(order: Order, trade: Trade): Fill | undefined {
  const limit = limitOf(order);
  if (limit === undefined || (trade.last - limit) * signOf(order) > 0) return undefined;
  const depth = order.action === 'BUY' ? trade.askSize : trade.bidSize;
  return { price: limit, size: Math.min(depth, workable(order)) };
}
