/**
 * Rules that move a cycle's stop: to break-even, and behind the best price. Levels over position, market and rules; only ever toward less
 * risk. The STP stays a STP and is modified, at most once a second, and the broker's answer is awaited before the next move.
 */
import { ordersOf, withCycle } from '../model/book';
import { isWorkingStop } from '../model/cover';
import { type Cycle, netQuantity } from '../model/cycle';
import { isFresh, markTicks, tickValueMicros } from '../model/instrument';
import { signOf } from '../model/order';
import { changeOrder, mayChange } from '../model/placing';
import type { EngineState } from '../model/state';
import { type Outcome, unchanged } from '../model/step';

const MOVE_EVERY_MS = 1_000;

interface Move {
  triggerTicks: number;
  why: string;
}

export function moveStop(state: EngineState, cycle: Cycle, hostMs: number): Outcome {
  const { rules, exit, stopMovedHostMs, cycleId, symbol } = cycle;
  if (exit !== null || (rules.breakEvenAfterTicks === null && rules.trail === null)) return unchanged(state);
  if (stopMovedHostMs !== null && hostMs - stopMovedHostMs < MOVE_EVERY_MS) return unchanged(state);
  const held = netQuantity(cycle);
  const stop = ordersOf(state, cycleId).find(
    (order) => order.spec.role === 'stop' && isWorkingStop(order, held) && mayChange(order, hostMs),
  );
  const move = stop && wantedMove(state, cycle);
  const fromTicks = stop?.spec.triggerTicks ?? null;
  if (!stop || !move || fromTicks === null) return unchanged(state);
  const { triggerTicks, why } = move;
  const safer = (triggerTicks - fromTicks) * signOf(cycle.side) > 0;
  if (!safer || !isBehindMarket(state, cycle, triggerTicks, hostMs)) return unchanged(state);
  const { ref } = stop.spec;
  return {
    ...changeOrder(withCycle(state, { ...cycle, stopMovedHostMs: hostMs }), stop, { triggerTicks }, hostMs),
    facts: [{ type: 'StopMoved', cycleId, symbol, ref, fromTicks, toTicks: triggerTicks, why }],
  };
}

/** The one that leaves less at risk. */
function wantedMove(state: EngineState, cycle: Cycle): Move | null {
  const moves = [breakEven(state, cycle), trailing(cycle)].filter((move) => move !== null);
  const [first, second] = moves;
  if (!first || !second) return first ?? null;
  return (second.triggerTicks - first.triggerTicks) * signOf(cycle.side) > 0 ? second : first;
}

function breakEven(state: EngineState, cycle: Cycle): Move | null {
  const { breakEvenAfterTicks: after } = cycle.rules;
  const instrument = state.instruments[cycle.symbol];
  if (after === null || !instrument || bestGain(cycle) < after) return null;
  const direction = signOf(cycle.side);
  // what a contract has cost so far, in or out, it costs once more on the way out
  const contracts = cycle.entryQuantity + cycle.exitQuantity;
  const costTicks = (2 * cycle.commissionMicros) / contracts / tickValueMicros(instrument);
  const exact = averageTicks(cycle) + direction * costTicks;
  const triggerTicks = direction > 0 ? Math.ceil(exact - ROUNDING) : Math.floor(exact + ROUNDING);
  return { triggerTicks, why: `Break-even after ${after} ticks in favour.` };
}

/** What a quotient of whole numbers may be off by. */
const ROUNDING = 1e-9;

function trailing(cycle: Cycle): Move | null {
  const { trail } = cycle.rules;
  if (trail === null || cycle.bestTicks === null || bestGain(cycle) < trail.afterTicks) return null;
  const triggerTicks = cycle.bestTicks - signOf(cycle.side) * trail.byTicks;
  return { triggerTicks, why: `${trail.byTicks} ticks behind the best price.` };
}

/** Ticks a contract; never reached without a price. */
function bestGain(cycle: Cycle): number {
  if (cycle.bestTicks === null || cycle.entryQuantity === 0) return Number.NEGATIVE_INFINITY;
  return (cycle.bestTicks - averageTicks(cycle)) * signOf(cycle.side);
}

function averageTicks(cycle: Cycle): number {
  return cycle.entryCostTicks / cycle.entryQuantity;
}

/** A stop at the market or beyond would trigger at once: that is an exit, and nobody asked for one. */
function isBehindMarket(state: EngineState, cycle: Cycle, triggerTicks: number, hostMs: number): boolean {
  const quote = state.market.quotes[cycle.symbol];
  const mark = markTicks(quote);
  if (mark === null || !isFresh(quote, hostMs, state.limits.maxQuoteAgeMs)) return false;
  return (mark - triggerTicks) * signOf(cycle.side) > 0;
}
