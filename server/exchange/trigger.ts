// When a stop that IB holds is triggered, by its trigger method (ib-protocol 3.10; IB's TWS guide, "Modify the Stop Trigger Method"). Pure.
// A stop to buy looks at the bid, one to sell at the ask: both look at the price that has to come a long way.
import type { Trade } from './market';
import { isStop, type Order, signOf } from './order';
import type { TriggerMethod } from './words';

type Seen = (trade: Trade, side: 1 | -1) => readonly number[];

const last: Seen = (trade) => [trade.last];
const opposite: Seen = ({ bid, ask }, side) => [side === 1 ? bid : ask];

/** The prices of which one must reach the trigger, and how many times in a row that must be so. */
const METHODS: Readonly<Record<TriggerMethod, { readonly seen: Seen; readonly times: 1 | 2 }>> = {
  0: { seen: last, times: 1 },
  1: { seen: opposite, times: 2 },
  2: { seen: last, times: 1 },
  3: { seen: last, times: 2 },
  4: { seen: opposite, times: 1 },
  7: { seen: (trade, side) => [...last(trade, side), ...opposite(trade, side)], times: 1 },
  8: { seen: ({ bid, ask }) => [(bid + ask) / 2], times: 1 },
};

/**
 * Does `trade` trigger the stop? A method that wants it twice remembers in the order the trade that reached first; the same trade,
 * met again, counts once.
 */
export function triggers(order: Order, trade: Trade): boolean {
  const { stopAt, terms } = order;
  if (!isStop(order) || stopAt === undefined) return false;
  const { seen, times } = METHODS[terms.triggerMethod];
  const side = signOf(order);
  if (!seen(trade, side).some((price) => (price - stopAt) * side >= 0)) {
    order.reachedBy = undefined;
    return false;
  }
  if (times === 1) return true;
  order.reachedBy ??= trade;
  return order.reachedBy !== trade;
}
