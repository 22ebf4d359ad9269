/** Working entries that must go: by an operator's word, or because the limit did not fill in time. Protective orders are never touched here. */
import { inScope, liveOrders, maySend, withOrder } from '../model/book';
import { cancelOrder } from '../model/placing';
import { orderWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { chain, type Outcome, unchanged } from '../model/step';

export function cancelEntries(state: EngineState, scope: string, why: string, hostMs: number): Outcome {
  const entries = liveOrders(state).filter(
    (order) => order.spec.role === 'entry' && inScope(scope, order.spec.symbol),
  );
  return chain(
    state,
    ...entries.map((order) => (current: EngineState) => cancelOrder(current, order, why, hostMs)),
  );
}

/** @param ts exchange time: the life of a limit is measured on the market's clock. */
export function expireEntries(state: EngineState, ts: number, hostMs: number): Outcome {
  const late = liveOrders(state).filter((order) => {
    const sentTs = state.cycles[order.spec.cycleId]?.entrySentTs;
    const resting = order.spec.role === 'entry' && order.phase === 'Working';
    return resting && typeof sentTs === 'number' && ts - sentTs > state.limits.entryLifeMs;
  });
  const why = `Not filled within ${state.limits.entryLifeMs / 1_000} s.`;
  return chain(
    state,
    ...late.map((order) => (current: EngineState) => cancelOrder(current, order, why, hostMs)),
  );
}

/** Cancels that could not be sent when they were wished for, or that the broker never got. */
export function pursueCancels(state: EngineState, hostMs: number): Outcome {
  if (!maySend(state)) return unchanged(state);
  const unsent = liveOrders(state).filter(
    (order) =>
      order.phase === 'Cancelling' &&
      // what was cancelled in TWS was not our wish: a stop that turns out to work stays (I3, seed 601741)
      order.cancelWished &&
      order.cancelSentHostMs === null &&
      order.brokerStatus !== 'PendingCancel',
  );
  return chain(
    state,
    ...unsent.map((order) => (current: EngineState) => ({
      state: withOrder(current, orderWith(order, { cancelSentHostMs: hostMs })),
      facts: [],
      commands: [{ type: 'CancelOrder' as const, ref: order.spec.ref }],
    })),
  );
}
