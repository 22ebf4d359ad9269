/** Whose an execution is: the cycle that its reference names, else the cycles that it closes, else a new one that is adopted. */
import { holdersOf, openCycles } from '../model/book';
import type { BrokerExecution } from '../model/broker';
import { type Cycle, isReopened, netQuantity } from '../model/cycle';
import type { Stamped } from '../model/event';
import { executionIdOf } from '../model/execution';
import type { Fill } from '../model/fill';
import {
  adoptedCycleIdOf,
  type CycleId,
  type OrderRef,
  type OrderRole,
  orderRefOf,
  parseOrderRef,
} from '../model/ids';
import { type Side, signOf } from '../model/order';
import type { EngineState } from '../model/state';

type Stamp = Pick<Stamped, 'seq' | 'hostMs'>;

export function attribute(state: EngineState, execution: BrokerExecution, stamp: Stamp): readonly Fill[] {
  const ours = parseOrderRef(execution.orderRef);
  const phase = ours ? state.cycles[ours.cycleId]?.phase : undefined;
  // a closed cycle is booked: what a forgotten order of its fills later is a new position, to be protected as one
  if (!ours || phase === undefined || phase === 'closed') return ofNobody(state, execution, stamp);
  const { execId, symbol, side, quantity, priceTicks, ts } = execution;
  const { cycleId, role } = ours;
  const ref = execution.orderRef as OrderRef;
  const { key } = executionIdOf(execId);
  return [{ key, execId, ref, cycleId, role, symbol, side, quantity, priceTicks, ts, hostMs: stamp.hostMs }];
}

/**
 * Traded by no order that we know: it closes what is held against it, orphans first, and what goes beyond is adopted; again by the same
 * cycle, where an older database had forgotten that and the stop of it was found at the broker (seed 320004484).
 */
export function ofNobody(state: EngineState, execution: BrokerExecution, stamp: Stamp): readonly Fill[] {
  const { execId, symbol, side, priceTicks, ts } = execution;
  const { key } = executionIdOf(execId);
  const base = { key, execId, symbol, side, priceTicks, ts, hostMs: stamp.hostMs };
  const part = (cycleId: CycleId, role: OrderRole, quantity: number): Fill => {
    return { ...base, ref: orderRefOf(cycleId, role, 0), cycleId, role, quantity };
  };
  const parts: Fill[] = [];
  let left = execution.quantity;
  for (const holder of holdersOf(state, symbol)) {
    const held = netQuantity(holder);
    if (left === 0 || Math.sign(held) === signOf(side)) continue;
    const reducing = Math.min(left, Math.abs(held));
    parts.push(part(holder.cycleId, 'exit', reducing));
    left -= reducing;
  }
  for (const heir of forgottenOrphans(state, symbol, side)) {
    const own = Math.min(left, heir.quantity - heir.entryQuantity);
    if (own <= 0) continue;
    parts.push(part(heir.cycleId, 'entry', own));
    left -= own;
  }
  if (left > 0) parts.push(part(adoptedCycleIdOf(ts, stamp.seq, symbol), 'entry', left));
  return parts;
}

function forgottenOrphans(state: EngineState, symbol: string, side: Side): readonly Cycle[] {
  return openCycles(state).filter(
    (cycle) => cycle.symbol === symbol && cycle.side === side && isReopened(cycle) && cycle.orphan !== null,
  );
}
