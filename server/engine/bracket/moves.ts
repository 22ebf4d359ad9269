/**
 * Rules that move a cycle's stop: to break-even, and behind the best price. Levels over position, market and rules; only ever toward less
 * risk. The STP stays a STP and is modified, at most once a second, and the broker's answer is awaited before the next move.
 */
import { ordersOf, withCycle } from '../model/book';
import { isWorkingStop } from '../model/cover';
import { type Cycle, netQuantity } from '../model/cycle';
import { tickValueMicros } from '../model/instrument';
import { gainOf } from '../model/order';
import { changeOrder, mayChange } from '../model/placing';
import { cycleWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { type Outcome, unchanged } from '../model/step';
import { freshMark } from './emergency';

const MOVE_EVERY_MS = 1_000;

interface Move {
  triggerTicks: number;
  why: string;
}

export function moveStop(state: EngineState, cycle: Cycle, hostMs: number): Outcome {
  const { exit, stopMovedHostMs, cycleId, symbol } = cycle;
  const move = exit === null ? wantedMove(state, cycle) : null;
  if (move === null || hostMs - (stopMovedHostMs ?? 0) < MOVE_EVERY_MS) return unchanged(state);
  const held = netQuantity(cycle);
  const stop = ordersOf(state, cycleId).find(
    (order) => order.spec.role === 'stop' && isWorkingStop(order, held) && mayChange(order, hostMs),
  );
  const fromTicks = stop?.spec.triggerTicks ?? null;
  if (!stop || fromTicks === null) return unchanged(state);
  const { triggerTicks, why } = move;
  const safer = gainOf(cycle.side, triggerTicks - fromTicks) > 0;
  if (!safer || !isBehindMarket(state, cycle, triggerTicks, hostMs)) return unchanged(state);
  const { ref } = stop.spec;
  return {
    ...changeOrder(
      withCycle(state, cycleWith(cycle, { stopMovedHostMs: hostMs })),
      stop,
      { triggerTicks },
      hostMs,
    ),
    facts: [{ type: 'StopMoved', cycleId, symbol, ref, fromTicks, toTicks: triggerTicks, why }],
  };
}

/** The one that leaves less at risk; none before the first price. */
function wantedMove(state: EngineState, cycle: Cycle): Move | null {
  const { side, bestTicks } = cycle;
  if (bestTicks === null) return null;
  const moves = [breakEven(state, cycle, bestTicks), trailing(cycle, bestTicks)];
  return moves.reduce((safest, move) => {
    if (safest === null || move === null) return safest ?? move;
    return gainOf(side, move.triggerTicks - safest.triggerTicks) > 0 ? move : safest;
  });
}

function breakEven(state: EngineState, cycle: Cycle, bestTicks: number): Move | null {
  const { breakEvenAfterTicks: after } = cycle.rules;
  const instrument = state.instruments[cycle.symbol];
  if (after === null || !instrument || gainOf(cycle.side, bestTicks - averageTicks(cycle)) < after)
    return null;
  // what a contract has cost so far, in or out, it costs once more on the way out
  const contracts = cycle.entryQuantity + cycle.exitQuantity;
  const costTicks = (2 * cycle.commissionMicros) / contracts / tickValueMicros(instrument);
  const exact = averageTicks(cycle) + gainOf(cycle.side, costTicks);
  const triggerTicks = cycle.side === 'BUY' ? Math.ceil(exact - ROUNDING) : Math.floor(exact + ROUNDING);
  return { triggerTicks, why: `Break-even after ${after} ticks in favour.` };
}

/** What a quotient of whole numbers may be off by. */
const ROUNDING = 1e-9;

function trailing(cycle: Cycle, bestTicks: number): Move | null {
  const { trail } = cycle.rules;
  if (trail === null || gainOf(cycle.side, bestTicks - averageTicks(cycle)) < trail.afterTicks) return null;
  const triggerTicks = bestTicks - gainOf(cycle.side, trail.byTicks);
  return { triggerTicks, why: `${trail.byTicks} ticks behind the best price.` };
}

function averageTicks(cycle: Cycle): number {
  return cycle.entryCostTicks / cycle.entryQuantity;
}

/** A stop at the market or beyond would trigger at once: that is an exit, and nobody asked for one. */
function isBehindMarket(state: EngineState, cycle: Cycle, triggerTicks: number, hostMs: number): boolean {
  const mark = freshMark(state, cycle.symbol, hostMs);
  return mark !== null && gainOf(cycle.side, mark - triggerTicks) > 0;
}
