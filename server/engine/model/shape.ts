/**
 * Copies of what every step copies: the state, what is reconciled, an order, a cycle. Each names its fields one by one, so that all of a
 * kind have one shape for V8: a spread gives the copy of a copy a shape of its own, and whatever reads them afterwards searches
 * (docs/decisions/0046). Alike on purpose: a loop over the names would make shapes again.
 */
import type { Cycle } from './cycle';
import type { Order } from './order';
import type { Reconciliation } from './reconciliation';
import type { EngineState } from './state';

/** The state with these slices in place of its own. */
export function stateWith(state: EngineState, slices: Partial<EngineState>): EngineState {
  const copy: EngineState = {
    limits: state.limits,
    journal: state.journal,
    clockSkewMs: state.clockSkewMs,
    conduct: state.conduct,
    sentOrders: state.sentOrders,
    market: state.market,
    link: state.link,
    feed: state.feed,
    reconciliation: state.reconciliation,
    instruments: state.instruments,
    rollsTold: state.rollsTold,
    bars: state.bars,
    modes: state.modes,
    proposals: state.proposals,
    cycles: state.cycles,
    orders: state.orders,
    lastOrderId: state.lastOrderId,
    incidents: state.incidents,
    positions: state.positions,
    executions: state.executions,
    earlyCommissions: state.earlyCommissions,
    signals: state.signals,
    commands: state.commands,
    entryTimes: state.entryTimes,
    day: state.day,
    flatten: state.flatten,
  };
  return Object.assign(copy, slices);
}

/** What is reconciled, with these fields in place of its own. */
export function reconciliationWith(was: Reconciliation, fields: Partial<Reconciliation>): Reconciliation {
  const copy: Reconciliation = {
    phase: was.phase,
    requestId: was.requestId,
    requests: was.requests,
    rounds: was.rounds,
    differences: was.differences,
    comparedHostMs: was.comparedHostMs,
    answeredHostMs: was.answeredHostMs,
    disputed: was.disputed,
    phantom: was.phantom,
    left: was.left,
    doubtSinceHostMs: was.doubtSinceHostMs,
    foreignOrders: was.foreignOrders,
  };
  return Object.assign(copy, fields);
}

/** The order with these fields in place of its own. */
export function orderWith(order: Order, fields: Partial<Order>): Order {
  const copy: Order = {
    spec: order.spec,
    change: order.change,
    phase: order.phase,
    brokerStatus: order.brokerStatus,
    whyHeld: order.whyHeld,
    accepted: order.accepted,
    outOfReach: order.outOfReach,
    clientId: order.clientId,
    permId: order.permId,
    orderId: order.orderId,
    filledQuantity: order.filledQuantity,
    reportedFilled: order.reportedFilled,
    sentHostMs: order.sentHostMs,
    decisionTicks: order.decisionTicks,
    cancelWished: order.cancelWished,
    cancelSentHostMs: order.cancelSentHostMs,
    missingSinceHostMs: order.missingSinceHostMs,
    fillsUntold: order.fillsUntold,
    endedHostMs: order.endedHostMs,
    text: order.text,
    errorCode: order.errorCode,
  };
  return Object.assign(copy, fields);
}

/** The cycle with these fields in place of its own. */
export function cycleWith(cycle: Cycle, fields: Partial<Cycle>): Cycle {
  const copy: Cycle = {
    cycleId: cycle.cycleId,
    symbol: cycle.symbol,
    origin: cycle.origin,
    orphan: cycle.orphan,
    signalId: cycle.signalId,
    signalTs: cycle.signalTs,
    fingerprint: cycle.fingerprint,
    strategy: cycle.strategy,
    source: cycle.source,
    phase: cycle.phase,
    side: cycle.side,
    quantity: cycle.quantity,
    orderType: cycle.orderType,
    asked: cycle.asked,
    plan: cycle.plan,
    confidence: cycle.confidence,
    ocaGroup: cycle.ocaGroup,
    results: cycle.results,
    reasons: cycle.reasons,
    answer: cycle.answer,
    clearance: cycle.clearance,
    exit: cycle.exit,
    rules: cycle.rules,
    protection: cycle.protection,
    stopMovedHostMs: cycle.stopMovedHostMs,
    blindSinceHostMs: cycle.blindSinceHostMs,
    openedTs: cycle.openedTs,
    entrySentTs: cycle.entrySentTs,
    firstFillTs: cycle.firstFillTs,
    firstFillHostMs: cycle.firstFillHostMs,
    protectedAfterMs: cycle.protectedAfterMs,
    flatTs: cycle.flatTs,
    flatHostMs: cycle.flatHostMs,
    closedTs: cycle.closedTs,
    entryQuantity: cycle.entryQuantity,
    exitQuantity: cycle.exitQuantity,
    entryCostTicks: cycle.entryCostTicks,
    exitCostTicks: cycle.exitCostTicks,
    exitSlip: cycle.exitSlip,
    commissionMicros: cycle.commissionMicros,
    maeTicks: cycle.maeTicks,
    mfeTicks: cycle.mfeTicks,
    bestTicks: cycle.bestTicks,
    realizedMicros: cycle.realizedMicros,
    outcome: cycle.outcome,
  };
  return Object.assign(copy, fields);
}
