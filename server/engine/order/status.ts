/** What the broker says about one of our orders, put through the order table. Everything may come twice, late, or in another order. */
import { askReport } from '../model/asking';
import { positionOf, promisedIn, withOrder } from '../model/book';
import { waitsForParent } from '../model/cover';
import type { EngineEvent, Stamped } from '../model/event';
import type { CycleFact } from '../model/fact';
import { hasOtherPermId, twoPermIds } from '../model/incident';
import { isLive, type Order } from '../model/order';
import { advance } from '../model/order-table';
import { sameFields } from '../model/same';
import { orderWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { type Outcome, unchanged } from '../model/step';
import { sizedTo } from './change';

type StatusEvent = Extract<EngineEvent, { type: 'OrderStatusReported' }>;
/** As an event, or as a row of a report. Quantities in contracts. */
export type StatusReport = Pick<
  StatusEvent,
  'orderRef' | 'permId' | 'orderId' | 'status' | 'filled' | 'remaining' | 'whyHeld' | 'prices'
>;

export function statusReported(
  state: EngineState,
  report: StatusReport,
  stamp: Pick<Stamped, 'ts' | 'hostMs'>,
): Outcome {
  const known = state.orders[report.orderRef];
  if (!known) return unchanged(state);
  if (hasOtherPermId(known, report.permId)) return twoPermIds(state, known, report.permId, stamp);
  const { hostMs } = stamp;
  const { order: sized, worksMore } = sizedBy(report, known);
  const { order: moved, noted, ask } = advance(sized, worksMore ? 'WorksMore' : report.status, hostMs);
  if (noted) {
    const text = `${report.status} after ${known.phase}: recorded, not believed.`;
    const { cycleId, symbol, ref } = known.spec;
    const anomaly: CycleFact = { type: 'OrderAnomaly', cycleId, symbol, ref, text };
    return { state: withOrder(state, moved), facts: [anomaly], commands: [] };
  }
  const next = told(known, moved, report);
  if (sameFields(known, next)) return unchanged(state);
  const outcome: Outcome = {
    state: withOrder(state, next),
    facts: factsOf(known, next, report),
    commands: [],
  };
  const urgent =
    ask || (next.reportedFilled > known.reportedFilled && isTurned(outcome.state, next.spec.symbol));
  return urgent ? { ...askReport(outcome.state, hostMs), facts: outcome.facts } : outcome;
}

/** By its word the position is on the other side, and what closed the old one would grow it: its executions are not waited for (I1; seed 310092592). */
function isTurned(state: EngineState, symbol: string): boolean {
  const held = positionOf(state, symbol);
  return held * (held + promisedIn(state, symbol)) < 0;
}

/** Fills only grow. Of a living order the last word counts, of one that has ended the word that says most. */
function told(known: Order, order: Order, report: StatusReport): Order {
  const { brokerStatus, endedHostMs } = order;
  const news = endedHostMs === null || says(report.status) > says(brokerStatus);
  return orderWith(order, {
    brokerStatus: news ? report.status : brokerStatus,
    whyHeld: endedHostMs === null ? heldBy(known, report) : order.whyHeld,
    permId: report.permId || order.permId,
    orderId: report.orderId || order.orderId,
    missingSinceHostMs: null,
    fillsUntold: order.fillsUntold && says(report.status) === 0,
    reportedFilled: Math.max(order.reportedFilled, report.filled),
  });
}

/** A child that its parent has released is not held back again: that is an old word (I9; seed 310061302). */
function heldBy(known: Order, { whyHeld }: StatusReport): string {
  const old = known.accepted && !waitsForParent(known) && whyHeld.includes('child');
  return old ? known.whyHeld : whyHeld;
}

function says(status: Order['brokerStatus']): number {
  switch (status) {
    case 'Filled':
      return 3;
    case 'Inactive':
      return 2;
    case 'Cancelled':
    case 'ApiCancelled':
      return 1;
    default:
      return 0;
  }
}

function factsOf(was: Order, now: Order, report: StatusReport): readonly CycleFact[] {
  const { ref, role, cycleId, symbol } = now.spec;
  const { status, permId, whyHeld } = report;
  const of = { cycleId, symbol, ref };
  const facts: CycleFact[] = [];
  if (was.phase === 'Absent' && isLive(now)) {
    const text = `${status}: the broker knows it after all.`;
    facts.push({ type: 'OrderAnomaly', ...of, text });
  }
  if (now.phase === 'Working') {
    const news = was.phase !== 'Working' || was.whyHeld !== whyHeld || was.brokerStatus !== status;
    if (news) facts.push({ type: 'OrderAcknowledged', ...of, role, status, permId, whyHeld });
  } else if (now.phase !== was.phase) {
    if (now.phase === 'Cancelled') facts.push({ type: 'OrderCancelled', ...of, role });
    if (now.phase === 'Rejected') facts.push(rejected(was, now));
  }
  return facts;
}

/** Of an order that was cancelled already it is IB's flapping, and no refusal to be counted. */
function rejected(was: Order, { spec, text }: Order): CycleFact {
  const { ref, role, cycleId, symbol } = spec;
  return was.phase === 'Cancelled'
    ? { type: 'OrderAnomaly', cycleId, symbol, ref, text: 'Inactive after Cancelled.' }
    : {
        type: 'OrderRejected',
        cycleId,
        symbol,
        ref,
        role,
        code: 0,
        text: text ?? 'Inactive without a reason so far.',
      };
}

/**
 * The broker's word on the size of a working order: a change of ours may have been refused, or have crossed a fill. What we took for
 * filled, because we had asked for a smaller size, may then still work.
 */
function sizedBy(report: StatusReport, order: Order): { order: Order; worksMore: boolean } {
  const working = report.status === 'PreSubmitted' || report.status === 'Submitted';
  const quantity = report.filled + report.remaining;
  const asIs = { order, worksMore: false };
  // fills only grow: one that knows of fewer than were executed is old, and its size with it (seed 320027446)
  if (!working || report.remaining <= 0 || report.filled < order.filledQuantity) return asIs;
  const sized = sizedTo(order, quantity, report.prices);
  if (isLive(order) || order.phase === 'Absent') return { order: sized, worksMore: false };
  const onlyOurCount = order.phase === 'Filled' && order.brokerStatus !== 'Filled';
  return onlyOurCount && quantity > order.filledQuantity ? { order: sized, worksMore: true } : asIs;
}
