/** Orders in doubt: nobody waits for a word that may never come. After two seconds the broker is asked what it knows. */
import { askReport } from '../model/asking';
import { liveOrders, openCycles, ordersOf, settlingOrders, withOrder } from '../model/book';
import { isOverclosed } from '../model/cycle';
import type { Fact } from '../model/fact';
import { isChanging, type Order } from '../model/order';
import { orderWith, reconciliationWith, stateWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { type Outcome, unchanged } from '../model/step';

const DOUBT_MS = 2_000;

/** Compared at every event: what is in doubt, since when, and whether the question was put. */
export function pursueDoubt(state: EngineState, hostMs: number): Outcome {
  const { reconciliation } = state;
  const overclosed = openCycles(state).some(isOverclosed);
  const doubtful =
    overclosed ||
    settlingOrders(state).length > 0 ||
    liveOrders(state).some((order) => isInDoubt(order) || isInSpentGroup(state, order));
  if (!doubtful || state.link.phase !== 'connected') {
    return reconciliation.doubtSinceHostMs === null ? unchanged(state) : unchanged(since(state, null));
  }
  const sinceHostMs = reconciliation.doubtSinceHostMs ?? hostMs;
  const due = overclosed || hostMs - sinceHostMs >= DOUBT_MS;
  if (!due || reconciliation.requests.length > 0) {
    return unchanged(reconciliation.doubtSinceHostMs === null ? since(state, sinceHostMs) : state);
  }
  return askReport(since(state, hostMs), hostMs);
}

function since(state: EngineState, doubtSinceHostMs: number | null): EngineState {
  return stateWith(state, {
    reconciliation: reconciliationWith(state.reconciliation, { doubtSinceHostMs }),
  });
}

function isInDoubt(order: Order): boolean {
  switch (order.phase) {
    case 'Pending':
    case 'Unknown':
      return true;
    case 'Cancelling':
      // the broker is at it; of another client's order its last word does not come to us (seed 792003697)
      return order.brokerStatus !== 'PendingCancel' || order.outOfReach;
    case 'Working':
      return isChanging(order);
    case 'Absent':
    case 'Filled':
    case 'Cancelled':
    case 'Rejected':
      return false;
  }
}

/**
 * Another of its group has filled: the broker cancels it with that fill, and if it still counts as working the word was lost, or goes to
 * another client id (seed 800256).
 */
function isInSpentGroup(state: EngineState, { phase, spec }: Order): boolean {
  if (phase !== 'Working' || !spec.reduceOnly || spec.ocaGroup === null) return false;
  return ordersOf(state, spec.cycleId).some(
    (other) =>
      other.spec.ref !== spec.ref &&
      other.spec.ocaGroup === spec.ocaGroup &&
      Math.max(other.filledQuantity, other.reportedFilled) > 0,
  );
}

/** Executions that did not come in many reports are not waited for any longer: the broker's position decides instead. */
export function withoutDoubt(
  state: EngineState,
  symbols: readonly string[],
): { state: EngineState; facts: readonly Fact[] } {
  const settling = settlingOrders(state).filter((order) => symbols.includes(order.spec.symbol));
  const facts = settling.map((order): Fact => {
    const { cycleId, symbol, ref } = order.spec;
    const missing = order.reportedFilled - order.filledQuantity;
    const text = `${missing} contract(s) that the broker reported filled never came as executions.`;
    return { type: 'OrderAnomaly', cycleId, symbol, ref, text };
  });
  const settled = settling.reduce(
    (current, order) => withOrder(current, orderWith(order, { filledQuantity: order.reportedFilled })),
    state,
  );
  return { state: settled, facts };
}
