/** What the broker says about one of our orders, put through the order table. Everything may come twice, late, or in another order. */
import { askReport } from '../model/asking';
import { withCycle, withOrder } from '../model/book';
import type { EngineEvent, Stamped } from '../model/event';
import type { CycleFact } from '../model/fact';
import type { Order } from '../model/order';
import { isLive } from '../model/order';
import type { EngineState } from '../model/state';
import { type Outcome, unchanged } from '../model/step';
import { ORDER_TABLE } from './table';

export interface StatusReport {
  orderRef: string;
  permId: number;
  orderId: number;
  status: Extract<EngineEvent, { type: 'OrderStatusReported' }>['status'];
  filled: number;
  remaining: number;
  whyHeld: string;
}

export function statusReported(state: EngineState, report: StatusReport): Outcome {
  const known = state.orders[report.orderRef];
  if (!known) return unchanged(state);
  const order = sizedBy(report, known);
  const transition = ORDER_TABLE[order.phase][report.status];
  const { ref, role, cycleId, symbol } = order.spec;
  if (transition === 'anomaly') {
    const text = `${report.status} after ${order.phase}: recorded, not believed.`;
    return { state, facts: [{ type: 'OrderAnomaly', cycleId, symbol, ref, text }], commands: [] };
  }
  const phase = transition === 'same' ? order.phase : transition;
  const next: Order = {
    ...order,
    phase,
    brokerStatus: report.status,
    whyHeld: report.whyHeld,
    permId: report.permId || order.permId,
    orderId: report.orderId || order.orderId,
    reportedFilled: Math.max(order.reportedFilled, report.filled),
  };
  if (sameOrder(known, next)) return unchanged(state);
  const facts: CycleFact[] = [];
  const acknowledged =
    phase === 'Working' &&
    (order.phase === 'Pending' || order.whyHeld !== next.whyHeld || order.brokerStatus !== next.brokerStatus);
  if (acknowledged) {
    const { status, permId, whyHeld } = report;
    facts.push({ type: 'OrderAcknowledged', cycleId, symbol, ref, role, status, permId, whyHeld });
  }
  if (phase === 'Cancelled' && order.phase !== 'Cancelled')
    facts.push({ type: 'OrderCancelled', cycleId, symbol, ref, role });
  if (phase === 'Rejected' && order.phase !== 'Rejected') {
    facts.push({
      type: 'OrderRejected',
      cycleId,
      symbol,
      ref,
      role,
      code: 0,
      text: order.text ?? 'Inactive without a reason so far.',
    });
  }
  return { state: withOrder(state, next), facts, commands: [] };
}

/**
 * The broker's word on the size of a working order: a change of ours may have been refused, or have crossed a fill. What we took for
 * filled, because we had asked for a smaller size, may then still work.
 */
function sizedBy(report: StatusReport, order: Order): Order {
  const working = report.status === 'PreSubmitted' || report.status === 'Submitted';
  const quantity = report.filled + report.remaining;
  if (!working || report.remaining <= 0 || quantity === order.spec.quantity) return order;
  const sized = { ...order, spec: { ...order.spec, quantity } };
  if (isLive(order)) return sized;
  const onlyOurBelief = order.phase === 'Filled' && order.brokerStatus !== 'Filled';
  return onlyOurBelief && quantity > order.filledQuantity ? { ...sized, phase: 'Working' } : order;
}

type OrderError = Extract<EngineEvent, { type: 'OrderErrorReported' }>;

/** Codes after which IB no longer has, or never took, the order; each with what it means for us (ib-protocol 3.5 to 3.9). */
const REFUSALS = new Set([103, 105, 110, 200, 201, 203, 321, 328, 329, 382, 383, 387, 388, 434, 10006]);
/** A change of a working order that was refused: the order is as it was before, and the broker is asked how that is. */
const CHANGE_REFUSALS = new Set([...REFUSALS, 104, 135]);
const CANCELLED = 202;
/**
 * "Not found" and "not cancellable" say nothing about what became of the order, and 504 says that a cancel or a change never left:
 * in doubt until the broker's report.
 */
const IN_DOUBT = new Set([161, 504, 10147, 10148]);
const NOT_CONNECTED = 504;
const NOT_CANCELLABLE = 10148;

export function errorReported(state: EngineState, stamp: Stamped<OrderError>): Outcome {
  const { event } = stamp;
  const order = state.orders[event.orderRef];
  if (!order) return unchanged(state);
  const { ref, role, cycleId, symbol } = order.spec;
  const told = { ...order, text: event.text };
  if (event.code === CANCELLED) {
    if (!isLive(order)) return unchanged(withOrder(state, told));
    return {
      state: withOrder(state, { ...told, phase: 'Cancelled', brokerStatus: 'Cancelled' }),
      facts: [{ type: 'OrderCancelled', cycleId, symbol, ref, role }],
      commands: [],
    };
  }
  const unanswered = order.phase === 'Pending' || (isLive(order) && order.brokerStatus === null);
  if (REFUSALS.has(event.code) && unanswered) {
    return {
      state: withOrder(state, { ...told, phase: 'Rejected' }),
      facts: [{ type: 'OrderRejected', cycleId, symbol, ref, role, code: event.code, text: event.text }],
      commands: [],
    };
  }
  const text = `Error ${event.code}: ${event.text}`;
  const anomaly: CycleFact = { type: 'OrderAnomaly', cycleId, symbol, ref, text };
  if (event.code === NOT_CONNECTED && order.phase === 'Cancelling') {
    // the wish to cancel stands, and is sent when the broker can be reached and still works the order
    return { state: withOrder(state, told), facts: [anomaly], commands: [] };
  }
  if (CHANGE_REFUSALS.has(event.code) && order.phase === 'Working') {
    return { ...askReport(withOrder(state, told), stamp.hostMs), facts: [anomaly] };
  }
  if (!IN_DOUBT.has(event.code) || !isLive(order)) {
    return { state: withOrder(state, told), facts: [anomaly], commands: [] };
  }
  const doubtful: Order = { ...told, phase: 'Unknown', reportedFilled: filledBy(order, event) };
  return { ...askReport(withOrder(state, doubtful), stamp.hostMs), facts: [anomaly] };
}

/** 10148 names the state that forbids the cancel. "Filled" means executions on their way: nothing is decided before they are here. */
function filledBy(order: Order, { code, text }: OrderError): number {
  return code === NOT_CANCELLABLE && /state: Filled\b/.test(text)
    ? order.spec.quantity
    : order.reportedFilled;
}

/** The wire did not take it: it is not out there, and it will not be sent later. */
export function notSent(state: EngineState, event: Extract<EngineEvent, { type: 'OrderNotSent' }>): Outcome {
  const order = state.orders[event.orderRef];
  if (order?.phase !== 'Pending') return unchanged(state);
  const { ref, role, cycleId, symbol } = order.spec;
  return {
    state: withOrder(state, { ...order, phase: 'Cancelled', text: event.why }),
    facts: [{ type: 'OrderNeverSent', cycleId, symbol, ref, role, why: event.why }],
    commands: [],
  };
}

/** An entry that ended without a single contract ends its cycle; what is left of its bracket is cleared like that of a flat one. */
export function entryEnded(state: EngineState, hostMs: number): Outcome {
  let current = state;
  const facts: CycleFact[] = [];
  for (const cycle of Object.values(state.cycles)) {
    if (cycle.phase !== 'entering' || cycle.entryQuantity > 0) continue;
    const entry = Object.values(state.orders).find(
      (order) => order.spec.cycleId === cycle.cycleId && order.spec.role === 'entry',
    );
    if (!entry || isLive(entry) || entry.phase === 'Filled' || entry.reportedFilled > 0) continue;
    const outcome = entry.phase === 'Rejected' ? 'entry refused by broker' : 'entry not filled';
    current = withCycle(current, { ...cycle, phase: 'cancelled', outcome, flatHostMs: hostMs });
    const { cycleId, symbol } = cycle;
    facts.push({
      type: 'CycleCancelled',
      cycleId,
      symbol,
      outcome,
      why: entry.text ?? `The entry ended as ${entry.phase}.`,
    });
  }
  return { state: current, facts, commands: [] };
}

function sameOrder(a: Order, b: Order): boolean {
  return (
    a.phase === b.phase &&
    a.brokerStatus === b.brokerStatus &&
    a.whyHeld === b.whyHeld &&
    a.permId === b.permId &&
    a.orderId === b.orderId &&
    a.reportedFilled === b.reportedFilled &&
    a.spec.quantity === b.spec.quantity
  );
}
