/**
 * How much of a position its stops cover, and how much its closing orders could close. Both are sums over OCA groups: orders of one
 * group replace each other (the first fill cancels the rest), orders of different groups add up, and that is never wanted (I2).
 */
import { certainOf, isLive, largestQuantity, type Order, openOf, remainingOf } from './order';

export function isStop(order: Order): boolean {
  return order.spec.role === 'stop' || order.spec.role === 'emergency';
}

/** Held back by IB until its parent fills (which part of it, IB does not say for certain): it closes nothing yet. */
export function waitsForParent(order: Order): boolean {
  return order.whyHeld.includes('child');
}

/** A stop that the broker works on the closing side; IB's PreSubmitted is working. */
export function isWorkingStop(order: Order, held: number): boolean {
  return (
    isStop(order) &&
    order.phase === 'Working' &&
    order.spec.side === (held > 0 ? 'SELL' : 'BUY') &&
    !waitsForParent(order)
  );
}

export interface Cover {
  /** Contracts that are closed for certain when the price comes. */
  quantity: number;
  /** Contracts that could be closed: more than `quantity` while a change is on its way. */
  atMost: number;
  /** The stop that covers most. */
  by: Order | null;
  /** More than one is never wanted: their stops would both fill. */
  groups: number;
}

/** @param held signed contracts. */
export function coverOf(orders: readonly Order[], held: number): Cover {
  const groups = new Map<string, { certain: number; most: number }>();
  let by: Order | null = null;
  for (const order of orders) {
    if (!isWorkingStop(order, held)) continue;
    if (by === null || certainOf(order) > certainOf(by)) by = order;
    const group = groupOf(order);
    const { certain, most } = groups.get(group) ?? { certain: 0, most: 0 };
    groups.set(group, {
      certain: Math.max(certain, certainOf(order)),
      most: Math.max(most, remainingOf(order)),
    });
  }
  let quantity = 0;
  let atMost = 0;
  for (const { certain, most } of groups.values()) {
    quantity += certain;
    atMost += most;
  }
  return { quantity, atMost, by, groups: groups.size };
}

/** The most that the live closing orders of a cycle could close together (I2): an order without a group is a group of its own. */
export function closingExposure(orders: readonly Order[]): number {
  const groups = new Map<string, number>();
  for (const order of orders) {
    if (!order.spec.reduceOnly || !isLive(order)) continue;
    const group = groupOf(order);
    groups.set(group, Math.max(groups.get(group) ?? 0, remainingOf(order)));
  }
  let sum = 0;
  for (const most of groups.values()) sum += most;
  return sum;
}

/** Contracts that the cycle's entry may still add. */
export function entryRemainder(orders: readonly Order[]): number {
  let sum = 0;
  for (const order of orders) if (order.spec.role === 'entry') sum += remainingOf(order);
  return sum;
}

/**
 * The most that a cycle may hold, in contracts, by all that was said of its orders: a status counts like an execution, and an entry that has
 * not ended by the broker's word may fill to its end. No closing order need ever be larger.
 * @param held what it holds by executions, without a sign
 */
export function mostHeld(orders: readonly Order[], held: number): number {
  return orders.reduce((sum, order) => {
    const promised = Math.max(0, order.reportedFilled - order.filledQuantity);
    return order.spec.role === 'entry' ? sum + promised + mayStillFill(order) : sum - promised;
  }, held);
}

function mayStillFill(order: Order): number {
  return order.endedHostMs === null || order.fillsUntold ? openOf(order, largestQuantity(order)) : 0;
}

function groupOf({ spec }: Order): string {
  return spec.ocaGroup ?? spec.ref;
}
