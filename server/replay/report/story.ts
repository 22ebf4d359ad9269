/** What became of an order that filled: how long it held without a working stop, and what closed it, as far as its own bracket tells. */
import { z } from 'zod';
import { signOf } from '../../engine/model/order';
import type { Execution, OrderCase } from '../model/order-case';

const Closed = z.object({
  role: z.enum(['stop', 'target']),
  orderId: z.int(),
  ts: z.int(),
  quantity: z.number(),
  price: z.number(),
});

export const CycleStory = z.object({
  orderId: z.int(),
  symbol: z.string(),
  side: z.enum(['BUY', 'SELL']),
  openedTs: z.int(),
  quantity: z.number(),
  /** Points, average of its fills. */
  price: z.number(),
  /** From the first fill to the first working stop, ms; null when no stop is known to have worked. */
  bareMs: z.number().nullable(),
  closed: z.array(Closed),
  /** Contracts that its bracket did not close; below zero: more was closed than opened. */
  left: z.number(),
  /** Points x contracts before commissions; null unless its own bracket closed all of it. */
  points: z.number().nullable(),
});
export type CycleStory = z.infer<typeof CycleStory>;

/** @returns null for an order that did not fill, and for a stop or a target. */
export function storyOf(order: OrderCase): CycleStory | null {
  const { executions, children, intent, orderId, symbol, side } = order;
  const [first] = executions;
  if (first === undefined || intent.kind === 'protection' || intent.kind === 'exit') return null;
  const quantity = sumOf(executions, (one) => one.quantity);
  const closed = children
    .flatMap((child) => child.executions.map((one) => ({ role: child.role, orderId: child.orderId, ...one })))
    .sort((a, b) => a.ts - b.ts);
  const left = quantity - sumOf(closed, (one) => one.quantity);
  const paid = sumOf(executions, costOf);
  const works = children.flatMap(({ role, workingTs }) =>
    role === 'stop' && workingTs !== null ? [workingTs] : [],
  );
  return {
    orderId,
    symbol,
    side,
    openedTs: first.ts,
    quantity,
    price: paid / quantity,
    bareMs: works.length === 0 ? null : Math.max(0, Math.min(...works) - first.ts),
    closed,
    left,
    points: left === 0 ? signOf(side) * (sumOf(closed, costOf) - paid) : null,
  };
}

function costOf({ quantity, price }: Execution): number {
  return quantity * price;
}

function sumOf<T>(of: readonly T[], value: (one: T) => number): number {
  return of.reduce((sum, one) => sum + value(one), 0);
}
