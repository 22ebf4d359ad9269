/**
 * A corrected execution replaces the one that was counted: in the order, in the position, in its cycle and in the money. A closed cycle
 * stays closed: another price changes its result and the day's; contracts that it would gain or lose are a trade of nobody.
 */
import { askReport } from '../model/asking';
import { put, withOrder } from '../model/book';
import type { BrokerExecution } from '../model/broker';
import type { Stamped } from '../model/event';
import { type CorrectedShare, type Correction, executionIdOf } from '../model/execution';
import type { Fact } from '../model/fact';
import type { Fill } from '../model/fill';
import type { OrderRef } from '../model/ids';
import { signOf } from '../model/order';
import { advance } from '../model/order-table';
import type { SeenExecution } from '../model/position';
import { orderWith, stateWith } from '../model/shape';
import type { EngineState } from '../model/state';
import type { Outcome } from '../model/step';
import { ofNobody } from './attribute';

export interface Rebooking {
  correction: Correction;
  shares: readonly CorrectedShare[];
  /** Contracts that no living cycle takes or gives, applied like a trade of nobody. */
  fills: readonly Fill[];
}

/** @returns no rebooking for an execution of which only the id is known (counted by an older version): it is noted and asked about. */
export function corrected(
  state: EngineState,
  seen: SeenExecution,
  execution: BrokerExecution,
  stamp: Pick<Stamped, 'seq' | 'ts' | 'hostMs'>,
): { outcome: Outcome; rebooking: Rebooking | null } {
  const { execId, side, quantity, priceTicks, symbol } = execution;
  const { key } = executionIdOf(execId);
  const was = { signed: signOf(seen.side) * seen.quantity, priceTicks: seen.priceTicks };
  const now = { signed: signOf(side) * quantity, priceTicks };
  const known = seen.shares.length > 0;
  const { shares, nobody } = shared(state, seen, now.signed - was.signed);
  const replaced = {
    ...seen,
    execId,
    side,
    quantity,
    priceTicks,
    shares: shares.map((share) => Math.abs(share.now)),
  };
  const executions = put(state.executions, key, known ? replaced : { ...seen, execId });
  const counted = known
    ? resized(stateWith(state, { executions }), execution, quantity - seen.quantity, stamp.hostMs)
    : stateWith(state, { executions });
  const facts = known ? [] : noted(state, seen, execId);
  const outcome = { ...askReport(counted, stamp.hostMs), facts };
  if (!known) return { outcome, rebooking: null };
  const { ts, hostMs } = stamp;
  const correction = { key, execId, corrects: seen.execId, symbol, was, now, ts, hostMs };
  const trade = { ...execution, side: nobody > 0 ? 'BUY' : 'SELL', quantity: Math.abs(nobody) } as const;
  const fills = nobody === 0 ? [] : ofNobody(counted, trade, stamp);
  return { outcome, rebooking: { correction, shares, fills } };
}

/** The last living cycle of the execution takes the difference. */
function shared(
  state: EngineState,
  { side, cycleIds, shares }: SeenExecution,
  difference: number,
): { shares: readonly CorrectedShare[]; nobody: number } {
  const before = cycleIds.map((cycleId, index) => {
    const signed = signOf(side) * (shares[index] ?? 0);
    return { cycleId, was: signed, now: signed };
  });
  const taker = before.findLast(({ cycleId }) => isLiving(state, cycleId));
  if (!taker) return { shares: before, nobody: difference };
  return {
    shares: before.map((share) => (share === taker ? { ...share, now: share.was + difference } : share)),
    nobody: 0,
  };
}

function isLiving(state: EngineState, cycleId: string): boolean {
  const phase = state.cycles[cycleId]?.phase;
  return phase !== undefined && phase !== 'closed';
}

function resized(
  state: EngineState,
  execution: BrokerExecution,
  difference: number,
  hostMs: number,
): EngineState {
  const order = state.orders[execution.orderRef];
  if (!order || difference === 0) return state;
  const filledQuantity = order.filledQuantity + difference;
  const reportedFilled = Math.max(filledQuantity, order.reportedFilled + difference);
  const full = filledQuantity >= order.spec.quantity;
  const moved = full ? advance(order, 'ExecutedInFull', hostMs).order : order;
  return withOrder(state, orderWith(moved, { filledQuantity, reportedFilled }));
}

function noted(state: EngineState, seen: SeenExecution, execId: string): readonly Fact[] {
  const text = `Execution ${execId} corrects ${seen.execId}, which an older version counted: look at the position in TWS.`;
  return seen.cycleIds.flatMap((id): readonly Fact[] => {
    const cycle = state.cycles[id];
    if (!cycle) return [];
    const { cycleId, symbol } = cycle;
    return [{ type: 'OrderAnomaly', cycleId, symbol, ref: `${cycleId}:entry` as OrderRef, text }];
  });
}
