/**
 * Executions: applied once per execId (a correction of one moves nothing), attributed to a cycle, and the only thing that moves a position (I6, I9).
 * What no order of ours did (a manual trade) closes the cycle that is open there, and what goes beyond opens an adopted one.
 */

import { askReport } from '../model/asking';
import { holderOf, put, withCycle, withOrder } from '../model/book';
import type { BrokerCommission, BrokerExecution } from '../model/broker';
import { netQuantity } from '../model/cycle';
import type { Stamped } from '../model/event';
import type { CycleFact } from '../model/fact';
import type { Fill } from '../model/fill';
import {
  adoptedCycleIdOf,
  type CycleId,
  type OrderRef,
  type OrderRole,
  orderRefOf,
  parseOrderRef,
} from '../model/ids';
import { hasOtherPermId, twoPermIds } from '../model/incident';
import { largestQuantity, signOf } from '../model/order';
import { advance } from '../model/order-table';
import type { EngineState } from '../model/state';
import { type Outcome, unchanged } from '../model/step';
import { correctedBy, correction } from './correction';

export interface Attributed {
  outcome: Outcome;
  fills: readonly Fill[];
}

/** @returns no fills when the execution was seen before. */
export function executionReported(
  state: EngineState,
  execution: BrokerExecution,
  stamp: Pick<Stamped, 'seq' | 'ts' | 'hostMs'>,
): Attributed {
  if (state.executions[execution.execId]) return { outcome: unchanged(state), fills: [] };
  const corrected = correctedBy(state, execution.execId);
  if (corrected) return { outcome: correction(state, corrected, execution.execId, stamp.hostMs), fills: [] };
  const fills = attribute(state, execution, stamp);
  const seen = {
    symbol: execution.symbol,
    ts: execution.ts,
    cycleIds: fills.map((fill) => fill.cycleId),
    commissionMicros: null,
  };
  const executions = put(state.executions, execution.execId, seen);
  return { outcome: countOnOrder({ ...state, executions }, execution, stamp), fills };
}

function countOnOrder(
  state: EngineState,
  execution: BrokerExecution,
  stamp: Pick<Stamped, 'ts' | 'hostMs'>,
): Outcome {
  const { hostMs } = stamp;
  const order = state.orders[execution.orderRef];
  if (!order) return unchanged(state);
  if (hasOtherPermId(order, execution.permId)) return twoPermIds(state, order, execution.permId, stamp);
  const filledQuantity = order.filledQuantity + execution.quantity;
  const full = filledQuantity >= largestQuantity(order);
  const { order: moved, ask } = advance(order, full ? 'ExecutedInFull' : 'ExecutedInPart', hostMs);
  const counted = withOrder(state, {
    ...moved,
    filledQuantity,
    reportedFilled: Math.max(order.reportedFilled, filledQuantity),
    permId: execution.permId || order.permId,
  });
  return ask ? askReport(counted, hostMs) : unchanged(counted);
}

function attribute(
  state: EngineState,
  execution: BrokerExecution,
  stamp: Pick<Stamped, 'seq' | 'ts' | 'hostMs'>,
): readonly Fill[] {
  const { execId, symbol, side, quantity, priceTicks, ts } = execution;
  const base = { execId, symbol, side, priceTicks, ts, hostMs: stamp.hostMs };
  const ours = parseOrderRef(execution.orderRef);
  const phase = ours ? state.cycles[ours.cycleId]?.phase : undefined;
  // a closed cycle is booked: what a forgotten order of its fills later is a new position, to be protected as one
  if (ours && phase !== undefined && phase !== 'closed') {
    return [
      { ...base, ref: execution.orderRef as OrderRef, cycleId: ours.cycleId, role: ours.role, quantity },
    ];
  }
  const parts: Fill[] = [];
  const part = (cycleId: CycleId, role: OrderRole, size: number) =>
    parts.push({ ...base, ref: orderRefOf(cycleId, role, 0), cycleId, role, quantity: size });
  const holder = holderOf(state, symbol);
  const held = holder ? netQuantity(holder) : 0;
  const reducing = holder && Math.sign(held) !== signOf(side) ? Math.min(quantity, Math.abs(held)) : 0;
  if (holder && reducing > 0) part(holder.cycleId, 'exit', reducing);
  const beyond = quantity - reducing;
  if (beyond > 0) part(adoptedCycleIdOf(ts, stamp.seq, symbol), 'entry', beyond);
  return parts;
}

const EARLY_REMEMBERED = 200;

/** A charge that came before its execution. */
export function earlyCommission(state: EngineState, execId: string): Outcome {
  const { [execId]: micros, ...earlyCommissions } = state.earlyCommissions;
  return micros === undefined
    ? unchanged(state)
    : commissionReported({ ...state, earlyCommissions }, { execId, micros });
}

/** Books each commission once, on the cycle of its execution; it may come before, after or long after it. */
export function commissionReported(state: EngineState, commission: BrokerCommission): Outcome {
  const { execId, micros } = commission;
  const execution = state.executions[execId];
  if (!execution) {
    const early = Object.entries(put(state.earlyCommissions, execId, micros)).slice(-EARLY_REMEMBERED);
    return unchanged({ ...state, earlyCommissions: Object.fromEntries(early) });
  }
  if (execution.commissionMicros !== null) return unchanged(state);
  const cycleId = execution.cycleIds[0];
  const cycle = cycleId ? state.cycles[cycleId] : undefined;
  const booked = {
    ...state,
    executions: put(state.executions, execId, { ...execution, commissionMicros: micros }),
    day: { ...state.day, commissionMicros: state.day.commissionMicros + micros },
  };
  if (!cycle) return unchanged(booked);
  const late = cycle.realizedMicros !== null;
  const fact: CycleFact = {
    type: 'CommissionCharged',
    cycleId: cycle.cycleId,
    symbol: cycle.symbol,
    execId,
    micros,
  };
  return {
    state: {
      ...withCycle(booked, {
        ...cycle,
        commissionMicros: cycle.commissionMicros + micros,
        realizedMicros: cycle.realizedMicros === null ? null : cycle.realizedMicros - micros,
      }),
      day: late ? { ...booked.day, realizedMicros: booked.day.realizedMicros - micros } : booked.day,
    },
    facts: [fact],
    commands: [],
  };
}
