/**
 * Protection as a level: at every event the wanted cover of each position is compared with the orders that really work (law 4).
 * A stop protects when the broker works it (IB's PreSubmitted is working), it is on the closing side, and it is no child
 * that still waits for its parent.
 */
import { ordersOf, withCycle } from '../model/book';
import type { Cycle, Protection } from '../model/cycle';
import { isOverclosed, netQuantity } from '../model/cycle';
import type { CycleFact } from '../model/fact';
import { certainOf, isLive, isSettling, type Order } from '../model/order';
import type { EngineState } from '../model/state';
import { type Outcome, unchanged } from '../model/step';

export function isStop(order: Order): boolean {
  return order.spec.role === 'stop' || order.spec.role === 'emergency';
}

/** Works at the broker and covers now. */
function covers(order: Order, held: number): boolean {
  const closingSide = held > 0 ? 'SELL' : 'BUY';
  const working = order.phase === 'Working' && !order.whyHeld.includes('child');
  return isStop(order) && working && order.spec.side === closingSide && certainOf(order) >= Math.abs(held);
}

/** Sent, and may still come to cover: the bracket's stop on its way. */
export function mayCover(order: Order): boolean {
  return (
    isStop(order) && (order.phase === 'Pending' || order.phase === 'Working' || order.phase === 'Unknown')
  );
}

/** Nothing is decided from a position while a status knows of more fills than the executions do. */
export function settling(state: EngineState, cycle: Cycle): boolean {
  return ordersOf(state, cycle.cycleId).some(isSettling);
}

export function watchProtection(state: EngineState, cycle: Cycle, hostMs: number): Outcome {
  const held = netQuantity(cycle);
  if (held === 0) return unchanged(state);
  const orders = ordersOf(state, cycle.cycleId);
  const cover = orders.find((order) => covers(order, held));
  const next = cover ? covered(cycle, cover, hostMs) : uncovered(state, cycle, orders, hostMs);
  if (JSON.stringify(next) === JSON.stringify(cycle.protection)) return unchanged(state);
  const facts = factsOf(cycle, next, held, hostMs);
  const first = cover && cycle.protectedAfterMs === null && cycle.firstFillHostMs !== null;
  const protectedAfterMs =
    first && cycle.firstFillHostMs !== null ? hostMs - cycle.firstFillHostMs : cycle.protectedAfterMs;
  return { state: withCycle(state, { ...cycle, protection: next, protectedAfterMs }), facts, commands: [] };
}

function covered(cycle: Cycle, cover: Order, hostMs: number): Protection {
  const { ref, role, quantity, triggerTicks } = cover.spec;
  if (role === 'stop') return { state: 'protected', ref, triggerTicks: triggerTicks ?? 0, quantity };
  const known =
    cycle.protection.state === 'emergency' && cycle.protection.ref === ref ? cycle.protection : null;
  return known ?? { state: 'emergency', ref, sinceHostMs: hostMs, beyondSinceHostMs: null };
}

/**
 * A stop that may still come is given `maxUnprotectedMs`, and so is one that goes while a member of its group lives or has filled
 * without its executions yet: the position is probably closing. With no such hope it is unprotected at once.
 */
function uncovered(state: EngineState, cycle: Cycle, orders: readonly Order[], hostMs: number): Protection {
  const was = cycle.protection;
  const sinceHostMs = was.state === 'arming' || was.state === 'unprotected' ? was.sinceHostMs : hostMs;
  const hopeful =
    isOverclosed(cycle) ||
    orders.some(isSettling) ||
    orders.some(mayCover) ||
    orders.some(isClosing) ||
    (orders.some(isStopLeaving) && orders.some(isTargetLive));
  const waiting = hopeful && hostMs - sinceHostMs < state.limits.maxUnprotectedMs;
  return waiting ? { state: 'arming', sinceHostMs } : { state: 'unprotected', sinceHostMs };
}

export const isClosing = (order: Order) => order.spec.role === 'exit' && isLive(order);
const isTargetLive = (order: Order) => order.spec.role === 'target' && isLive(order);
/** By the broker's own word: a stop that was never sent leaves nothing to hope for (`Absent`). */
const isStopLeaving = (order: Order) =>
  order.spec.role === 'stop' && (order.phase === 'Cancelling' || order.phase === 'Cancelled');

function factsOf(cycle: Cycle, next: Protection, held: number, hostMs: number): readonly CycleFact[] {
  const { cycleId, symbol, protection: was } = cycle;
  if (next.state === 'unprotected' && was.state !== 'unprotected') {
    return [
      { type: 'PositionUnprotected', cycleId, symbol, quantity: held, why: 'No working stop covers it.' },
    ];
  }
  const covering = next.state === 'protected' || next.state === 'emergency';
  if (!covering || ('ref' in was && was.ref === next.ref)) return [];
  const sinceHostMs = was.state === 'arming' || was.state === 'unprotected' ? was.sinceHostMs : hostMs;
  const triggerTicks = next.state === 'protected' ? next.triggerTicks : 0;
  const afterMs = hostMs - sinceHostMs;
  return [
    {
      type: 'PositionProtected',
      cycleId,
      symbol,
      ref: next.ref,
      quantity: Math.abs(held),
      triggerTicks,
      afterMs,
    },
  ];
}
