/**
 * Protection as a level: at every event the wanted cover of each position is compared with the orders that really work (law 4).
 * Cover is a sum in contracts: a stop for one of three covers one, and the other two count as bare.
 */
import { askReport } from '../model/asking';
import { maySend, ordersOf, withCycle } from '../model/book';
import type { Command } from '../model/command';
import { coverOf, entryRemainder, isStop, waitsForParent } from '../model/cover';
import type { Cycle, Protection } from '../model/cycle';
import { isOverclosed, netQuantity } from '../model/cycle';
import type { CycleFact } from '../model/fact';
import { isLive, isSettling, type Order } from '../model/order';
import { sameFields } from '../model/same';
import { cycleWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { type Outcome, unchanged } from '../model/step';

/** Of a position: one that holds nothing is not watched. */
type Watched = Exclude<Protection, { state: 'none' }>;

/** Bare for so long, whatever the reason is that nothing could be done: a person is told (L1). */
const TELL_MS = 5_000;

/** Nothing is decided from a position while a status knows of more fills than the executions do. */
export function settling(state: EngineState, cycle: Cycle): boolean {
  return ordersOf(state, cycle.cycleId).some(isSettling);
}

export function watchProtection(state: EngineState, cycle: Cycle, hostMs: number): Outcome {
  const orders = ordersOf(state, cycle.cycleId);
  const next = protectionOf(state, cycle, orders, hostMs);
  if (sameFields<Protection>(next, cycle.protection)) return unchanged(state);
  const facts = factsOf(cycle, next, orders, hostMs);
  const { firstFillHostMs } = cycle;
  const coveredMs = 'ref' in next && firstFillHostMs !== null ? hostMs - firstFillHostMs : null;
  const protectedAfterMs = cycle.protectedAfterMs ?? coveredMs;
  const watched = withCycle(state, cycleWith(cycle, { protection: next, protectedAfterMs }));
  const lost = 'ref' in cycle.protection && next.state === 'arming' && isProbablyClosing(orders);
  const ask = lost && maySend(state) && state.reconciliation.requests.length === 0;
  const outcome = ask ? askReport(watched, hostMs) : unchanged(watched);
  return { ...outcome, facts, commands: [...outcome.commands, ...alertOf(cycle, next, orders)] };
}

function alertOf(cycle: Cycle, next: Protection, orders: readonly Order[]): readonly Command[] {
  if (next.state !== 'unprotected' || !next.told) return [];
  const { symbol } = cycle;
  const held = netQuantity(cycle);
  const bare = Math.abs(held) - coverOf(orders, held).quantity;
  const text = `WITHOUT A STOP for ${TELL_MS / 1_000} s: ${bare} of ${held} ${symbol}. ${whyBare(orders, bare, held)} The engine goes on trying; look in TWS.`;
  return [{ type: 'SendAlert', severity: 'critical', text }];
}

/** Its stop goes without our asking while its target lives: the target is probably filling, and the broker is asked first (rule 5). */
function isProbablyClosing(orders: readonly Order[]): boolean {
  return orders.some(isStopLeaving) && orders.some(isTargetLive);
}

/** Too little is worse than too much. */
function protectionOf(state: EngineState, cycle: Cycle, orders: readonly Order[], hostMs: number): Watched {
  const held = netQuantity(cycle);
  const cover = coverOf(orders, held);
  if (cover.by === null || cover.quantity < Math.abs(held)) return uncovered(state, cycle, orders, hostMs);
  const over = cover.groups > 1 || cover.atMost > Math.abs(held) + entryRemainder(orders);
  if (!over) return covered(cycle, cover.by, hostMs);
  const { protection: was } = cycle;
  const sinceHostMs = was.state === 'overprotected' ? was.sinceHostMs : hostMs;
  return { state: 'overprotected', ref: cover.by.spec.ref, quantity: cover.atMost, sinceHostMs };
}

function covered(cycle: Cycle, cover: Order, hostMs: number): Watched {
  const { ref, role, quantity, triggerTicks } = cover.spec;
  if (role === 'stop') return { state: 'protected', ref, triggerTicks: triggerTicks ?? 0, quantity };
  const known =
    cycle.protection.state === 'emergency' && cycle.protection.ref === ref ? cycle.protection : null;
  return known ?? { state: 'emergency', ref, sinceHostMs: hostMs, beyondSinceHostMs: null };
}

/**
 * A stop that may still come, or grow, is given `maxUnprotectedMs`; so is an exit that is wanted, and a stop that goes while a member of
 * its group lives or has filled without its executions yet: the position is closing. With no such hope it is unprotected at once.
 */
function uncovered(state: EngineState, cycle: Cycle, orders: readonly Order[], hostMs: number): Watched {
  const was = cycle.protection;
  const sinceHostMs = was.state === 'arming' || was.state === 'unprotected' ? was.sinceHostMs : hostMs;
  const hopeful =
    isOverclosed(cycle) ||
    orders.some(isSettling) ||
    orders.some(mayCover) ||
    cycle.exit !== null ||
    isProbablyClosing(orders);
  const waiting = hopeful && hostMs - sinceHostMs < state.limits.maxUnprotectedMs;
  if (waiting) return { state: 'arming', sinceHostMs };
  return { state: 'unprotected', sinceHostMs, told: hostMs - sinceHostMs >= TELL_MS };
}

/** Sent, and may still come to cover: the bracket's stop on its way, or one that is about to grow. */
function mayCover(order: Order): boolean {
  return (
    isStop(order) && (order.phase === 'Pending' || order.phase === 'Working' || order.phase === 'Unknown')
  );
}

export const isClosing = (order: Order) => order.spec.role === 'exit' && isLive(order);
const isTargetLive = (order: Order) => order.spec.role === 'target' && isLive(order);
/** By the broker's own word, and not by ours: a stop that was never sent leaves nothing to hope for (`Absent`). */
const isStopLeaving = (order: Order) =>
  order.spec.role === 'stop' &&
  !order.cancelWished &&
  (order.phase === 'Cancelling' || order.phase === 'Cancelled');

function factsOf(
  cycle: Cycle,
  next: Watched,
  orders: readonly Order[],
  hostMs: number,
): readonly CycleFact[] {
  const { cycleId, symbol, protection: was } = cycle;
  const held = netQuantity(cycle);
  switch (next.state) {
    case 'unprotected': {
      if (was.state === 'unprotected') return [];
      const bare = Math.abs(held) - coverOf(orders, held).quantity;
      const why = whyBare(orders, bare, held);
      return [{ type: 'PositionUnprotected', cycleId, symbol, quantity: bare * Math.sign(held), why }];
    }
    case 'overprotected': {
      if (was.state === 'overprotected') return [];
      const { ref, quantity } = next;
      return [{ type: 'PositionOverprotected', cycleId, symbol, ref, quantity, held }];
    }
    case 'protected':
    case 'emergency': {
      if ('ref' in was && was.ref === next.ref) return [];
      const sinceHostMs = was.state === 'arming' || was.state === 'unprotected' ? was.sinceHostMs : hostMs;
      const { ref } = next;
      const triggerTicks = orders.find(({ spec }) => spec.ref === ref)?.spec.triggerTicks ?? 0;
      const of = { cycleId, symbol, ref, quantity: Math.abs(held), triggerTicks };
      return [{ type: 'PositionProtected', ...of, afterMs: hostMs - sinceHostMs }];
    }
    case 'arming':
      return [];
  }
}

function whyBare(orders: readonly Order[], bare: number, held: number): string {
  if (orders.some((order) => isStop(order) && isLive(order) && waitsForParent(order))) {
    return 'IB holds its stop back until the whole entry has filled.';
  }
  return bare < Math.abs(held) ? `Its stop covers ${Math.abs(held) - bare}.` : 'No working stop covers it.';
}
