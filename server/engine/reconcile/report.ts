/**
 * Our book against the broker's report. The report may add knowledge, never remove newer knowledge: executions we have not seen are
 * applied like any other, orders in doubt are settled, positions are compared and never overwritten.
 */

import { askReport } from '../model/asking';
import { withOrder } from '../model/book';
import type { BrokerOrder, BrokerReport } from '../model/broker';
import type { Command } from '../model/command';
import type { Fact } from '../model/fact';
import { type OrderRef, parseOrderRef } from '../model/ids';
import { isLive } from '../model/order';
import { advance } from '../model/order-table';
import type { EngineState } from '../model/state';
import type { Outcome } from '../model/step';

/** A status for each own order that the report knows, to be put through the order table. */
export function reportedStatuses(state: EngineState, report: BrokerReport): readonly BrokerOrder[] {
  return [...report.completedOrders, ...report.openOrders].filter(
    (order) => state.orders[order.orderRef] !== undefined,
  );
}

const NOT_OUT_THERE = 'The broker does not know it: it is not out there.';
/** A cancel sent this long before the question, and still without effect, did not arrive. */
const CANCEL_TAKES_MS = 1_000;

/**
 * Live orders of ours that the broker does not know, cancels that did not arrive, and orders at the broker that we do not know.
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
  const commands: Command[] = [];
  let missing = false;
  for (const order of Object.values(state.orders)) {
    if (!isLive(order) || known.has(order.spec.ref) || order.sentHostMs >= askedHostMs) continue;
    const { order: moved, ask } = advance(order, 'MissingFromReport', hostMs);
    const { ref, role, cycleId, symbol } = order.spec;
    current = withOrder(current, { ...moved, text: 'Not known to the broker.' });
    if (ask) missing = true;
    else facts.push({ type: 'OrderNeverSent', cycleId, symbol, ref, role, why: NOT_OUT_THERE });
  }
  const open = new Set(report.openOrders.map((order) => order.orderRef));
  for (const order of Object.values(current.orders)) {
    const lost =
      order.phase === 'Cancelling' &&
      order.brokerStatus !== 'PendingCancel' &&
      order.cancelSentHostMs !== null &&
      askedHostMs - order.cancelSentHostMs >= CANCEL_TAKES_MS;
    if (lost && open.has(order.spec.ref)) current = withOrder(current, { ...order, cancelSentHostMs: null });
  }
  const seen = new Set(state.reconciliation.foreignPermIds);
  const foreign = report.openOrders.filter((order) => state.orders[order.orderRef] === undefined);
  for (const order of foreign) {
    if (seen.has(order.permId)) continue;
    seen.add(order.permId);
    const text = `${order.side} ${order.quantity} ${order.symbol} ${order.type} ${order.status}, client ${order.clientId}`;
    facts.push({ type: 'ForeignOrderSeen', permId: order.permId, symbol: order.symbol, text });
    // an entry of ours that our book has lost (an older database restored) could open a position that no cycle owns
    if (parseOrderRef(order.orderRef)?.role === 'entry') {
      commands.push({ type: 'CancelOrder', ref: order.orderRef as OrderRef });
    }
  }
  const settled: EngineState = {
    ...current,
    reconciliation: {
      ...current.reconciliation,
      foreignPermIds: [...new Set(foreign.map((order) => order.permId))],
    },
  };
  if (!missing) return { state: settled, facts, commands };
  const asked = askReport(settled, hostMs);
  return { state: asked.state, facts, commands: [...commands, ...asked.commands] };
}
