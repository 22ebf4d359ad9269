/**
 * Our book against the broker's report. The report may add knowledge, never remove newer knowledge: executions we have not seen are
 * applied like any other, orders in doubt are settled, positions are compared and never overwritten.
 */

import { askReport } from '../model/asking';
import { maySend, withOrder } from '../model/book';
import type { BrokerOrder, BrokerReport } from '../model/broker';
import type { Fact } from '../model/fact';
import { hasOtherPermId } from '../model/incident';
import { isLive, type Order } from '../model/order';
import { advance } from '../model/order-table';
import { orderWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { chain, type Outcome, unchanged } from '../model/step';

/** A status for each own order that the report knows, to be put through the order table. */
export function reportedStatuses(state: EngineState, report: BrokerReport): readonly BrokerOrder[] {
  return [...report.completedOrders, ...report.openOrders].filter(
    (order) => state.orders[order.orderRef] !== undefined,
  );
}

const NOT_OUT_THERE = 'The broker does not know it: it is not out there.';
/** A cancel sent this long before the question, or on an earlier connection (seed 320319450), and still without effect, did not arrive. */
const CANCEL_TAKES_MS = 1_000;

/**
 * What the broker had taken does not vanish without a word: half a report may be told twice in a row. Until then it stays in doubt, and
 * what replaces it joins its group.
 */
const VANISHED_MS = 10_000;

function isMissedTooShort({ phase, accepted, missingSinceHostMs }: Order, hostMs: number): boolean {
  const since = missingSinceHostMs ?? hostMs;
  return accepted && phase === 'Unknown' && missingSinceHostMs !== null && hostMs - since < VANISHED_MS;
}

/**
 * Live orders of ours that the broker does not know, and cancels that did not arrive.
 * @param askedHostMs when the report was asked for: what was sent later cannot be missing from it.
 */
export function settleOrders(
  state: EngineState,
  report: BrokerReport,
  { askedHostMs, hostMs }: { askedHostMs: number; hostMs: number },
): Outcome {
  const known = new Set([...report.openOrders, ...report.completedOrders].map((order) => order.orderRef));
  let current = state;
  const facts: Fact[] = [];
  let missing = false;
  for (const order of Object.values(state.orders)) {
    if (!isLive(order) || known.has(order.spec.ref) || order.sentHostMs >= askedHostMs) continue;
    if (isMissedTooShort(order, hostMs)) continue;
    const { order: moved, ask } = advance(order, 'MissingFromReport', hostMs);
    const { ref, role, cycleId, symbol } = order.spec;
    const missingSinceHostMs = order.missingSinceHostMs ?? hostMs;
    current = withOrder(current, orderWith(moved, { missingSinceHostMs, text: 'Not known to the broker.' }));
    if (ask) missing = true;
    else facts.push({ type: 'OrderNeverSent', cycleId, symbol, ref, role, why: NOT_OUT_THERE });
  }
  const open = new Set(report.openOrders.map((order) => order.orderRef));
  for (const order of Object.values(current.orders)) {
    if (order.phase !== 'Cancelling' || order.cancelSentHostMs === null || !open.has(order.spec.ref))
      continue;
    const cancelSentHostMs = cancelAnswered(state, order, { askedHostMs, hostMs });
    if (cancelSentHostMs !== order.cancelSentHostMs) {
      current = withOrder(current, orderWith(order, { cancelSentHostMs }));
    }
  }
  return missing ? { ...askReport(current, hostMs), facts } : { state: current, facts, commands: [] };
}

/** @returns since when the broker has had the cancel of an order that still works; null when it did not arrive. */
function cancelAnswered(
  { link, reconciliation }: EngineState,
  { brokerStatus, cancelSentHostMs }: Order,
  { askedHostMs, hostMs }: { askedHostMs: number; hostMs: number },
): number | null {
  const sentHostMs = cancelSentHostMs ?? hostMs;
  if (brokerStatus === 'PendingCancel') {
    // while we were away or stood still its time did not run: nobody would have heard the answer (seed 740089318)
    return reconciliation.comparedHostMs === null ? hostMs : sentHostMs;
  }
  return askedHostMs - sentHostMs >= CANCEL_TAKES_MS || sentHostMs < link.sinceHostMs ? null : sentHostMs;
}

/**
 * Orders that ended by the broker's word and that a report asked for later still lists as working: nobody counts on them, so they are
 * cancelled; believed again they are never (I8).
 */
export function cancelGhosts(
  state: EngineState,
  report: BrokerReport,
  { askedHostMs, hostMs }: { askedHostMs: number; hostMs: number },
): Outcome {
  const ghosts = report.openOrders.flatMap((told) => {
    const order = state.orders[told.orderRef];
    const works = told.status === 'PreSubmitted' || told.status === 'Submitted';
    const after = order?.endedHostMs != null && askedHostMs > order.endedHostMs;
    return order && works && after && mayAskAgain(order, hostMs) && !hasOtherPermId(order, told.permId)
      ? [order]
      : [];
  });
  if (ghosts.length === 0) return unchanged(state);
  return chain(
    state,
    ...ghosts.map((order) => (current: EngineState) => ({
      state: withOrder(current, orderWith(order, { cancelSentHostMs: hostMs })),
      facts: [ghostFact(order)],
      commands: maySend(current) ? [{ type: 'CancelOrder' as const, ref: order.spec.ref }] : [],
    })),
  );
}

function mayAskAgain({ cancelSentHostMs }: Order, hostMs: number): boolean {
  return cancelSentHostMs === null || hostMs - cancelSentHostMs >= CANCEL_TAKES_MS;
}

function ghostFact({ spec, phase }: Order): Fact {
  const { ref, cycleId, symbol } = spec;
  const text = `It ended as ${phase} and still works at the broker: it is cancelled there.`;
  return { type: 'OrderAnomaly', cycleId, symbol, ref, text };
}
