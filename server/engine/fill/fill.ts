/** Executions: applied once each, attributed to a cycle, and the only thing that moves a position (I6, I9). */
import { askReport } from '../model/asking';
import { put, withOrder } from '../model/book';
import type { BrokerExecution } from '../model/broker';
import type { Stamped } from '../model/event';
import { executionIdOf, isNewer } from '../model/execution';
import type { Fill } from '../model/fill';
import { hasOtherPermId, twoPermIds } from '../model/incident';
import { largestQuantity } from '../model/order';
import { advance } from '../model/order-table';
import type { SeenExecution } from '../model/position';
import { orderWith, stateWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { type Outcome, unchanged } from '../model/step';
import { attribute } from './attribute';
import { corrected, type Rebooking } from './correction';

type Stamp = Pick<Stamped, 'seq' | 'ts' | 'hostMs'>;

export interface Counted {
  outcome: Outcome;
  fills: readonly Fill[];
  rebooking: Rebooking | null;
}

/** False for one that was counted, or corrected since. */
export function isNews(state: EngineState, { execId }: BrokerExecution): boolean {
  const seen = state.executions[executionIdOf(execId).key];
  return seen === undefined || isNewer(execId, seen.execId);
}

/** @returns no fills when the execution was seen before. */
export function executionReported(state: EngineState, execution: BrokerExecution, stamp: Stamp): Counted {
  const { key } = executionIdOf(execution.execId);
  const known = state.executions[key];
  if (!isNews(state, execution)) return { outcome: unchanged(state), fills: [], rebooking: null };
  if (known) {
    const { outcome, rebooking } = corrected(state, known, execution, stamp);
    return { outcome, fills: rebooking?.fills ?? [], rebooking };
  }
  if (execution.quantity === 0) {
    const executions = put(state.executions, key, seenAs(execution, []));
    return { outcome: unchanged(stateWith(state, { executions })), fills: [], rebooking: null };
  }
  const fills = attribute(state, execution, stamp);
  const executions = put(state.executions, key, seenAs(execution, fills));
  return {
    outcome: countOnOrder(stateWith(state, { executions }), execution, stamp),
    fills,
    rebooking: null,
  };
}

function seenAs(execution: BrokerExecution, fills: readonly Fill[]): SeenExecution {
  const { orderRef, execId, symbol, side, quantity, priceTicks, ts } = execution;
  return {
    ref: orderRef,
    execId,
    symbol,
    side,
    quantity,
    priceTicks,
    ts,
    cycleIds: fills.map((fill) => fill.cycleId),
    shares: fills.map((fill) => fill.quantity),
    commissionMicros: null,
    chargedFor: null,
  };
}

function countOnOrder(state: EngineState, execution: BrokerExecution, stamp: Stamp): Outcome {
  const order = state.orders[execution.orderRef];
  if (!order) return unchanged(state);
  if (hasOtherPermId(order, execution.permId)) return twoPermIds(state, order, execution.permId, stamp);
  const filledQuantity = order.filledQuantity + execution.quantity;
  const full = filledQuantity >= largestQuantity(order);
  const { order: moved, ask } = advance(order, full ? 'ExecutedInFull' : 'ExecutedInPart', stamp.hostMs);
  const counted = withOrder(
    state,
    orderWith(moved, {
      filledQuantity,
      reportedFilled: Math.max(order.reportedFilled, filledQuantity),
      permId: execution.permId || order.permId,
    }),
  );
  return ask ? askReport(counted, stamp.hostMs) : unchanged(counted);
}
