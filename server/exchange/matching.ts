// When an order meets the market, and at what price. Pure; prices in ticks, sizes in contracts.
// There is no queue: the market that trades at a resting price fills it, up to the size at the touch.

import type { Trade } from './market';
import { limitOf, type Order, signOf, workable } from './order';

export interface Fill {
  readonly price: number;
  readonly size: number;
}

/** Levels beyond the touch that an order can walk at one moment; each is one tick away and as deep as the touch. */
const LEVELS = 5;

/** Where a trailing stop triggers once the market has traded at `last`: as far behind as it was told, and never further than before. */
export function trailed({ action, terms, stopAt }: Order, { last }: Trade): number | undefined {
  const distance = terms.trail ?? share(last, terms.trailPercent);
  if (distance === undefined) return stopAt;
  if (action === 'BUY') return Math.min(stopAt ?? Number.POSITIVE_INFINITY, last + distance);
  return Math.max(stopAt ?? Number.NEGATIVE_INFINITY, last - distance);
}

/** So many percent of a price, in whole ticks and one at the least. */
function share(price: number, percent: number | undefined): number | undefined {
  return percent === undefined ? undefined : Math.max(1, Math.round((price * percent) / 100));
}

/** The level an order that comes to the market takes: index 0 is the touch; undefined when its limit forbids it. */
export function levelFor(order: Order, trade: Trade, index: number): Fill | undefined {
  if (index >= LEVELS) return undefined;
  const side = signOf(order);
  const [touch, depth] = side === 1 ? [trade.ask, trade.askSize] : [trade.bid, trade.bidSize];
  const price = touch + side * index;
  const worst = limitOf(order) ?? order.protection;
  if (worst !== undefined && (price - worst) * side > 0) return undefined;
  return { price, size: Math.min(depth, workable(order)) };
}

/** Can all of it be had at this moment? The question of a fill-or-kill order. */
export function isWholeAvailable(order: Order, trade: Trade): boolean {
  let available = 0;
  for (let index = 0; available < workable(order); index += 1) {
    const level = levelFor(order, trade, index);
    if (level === undefined) return false;
    available += level.size;
  }
  return true;
}

/** The worst price of a market order that meets `trade`: CME fills it so far from the touch and lets the rest rest (ib-protocol 3.10). */
export function protectionOf(order: Order, trade: Trade, protectionTicks: number): number | undefined {
  if (limitOf(order) !== undefined || !Number.isFinite(protectionTicks)) return undefined;
  return order.action === 'BUY' ? trade.ask + protectionTicks : trade.bid - protectionTicks;
}

/** What a trade gives to a limit that rests: its own price, if the trade is at or through it. */
export function restingFill(order: Order, trade: Trade): Fill | undefined {
  const limit = limitOf(order);
  if (limit === undefined || (trade.last - limit) * signOf(order) > 0) return undefined;
  const depth = order.action === 'BUY' ? trade.askSize : trade.bidSize;
  return { price: limit, size: Math.min(depth, workable(order)) };
}
