/** A running flatten, compared at every event and tick: armed where the venue is closed, cancelled again, asked again, judged. */
import { askReport } from '../model/asking';
import { inScope, isRunning, liveOrders, maySend, withOrder } from '../model/book';
import { centralDayText, centralTimeText } from '../model/central';
import type { Command } from '../model/command';
import { netQuantity } from '../model/cycle';
import type { Fact } from '../model/fact';
import type { Order } from '../model/order';
import { cancelOrder } from '../model/placing';
import { orderWith, stateWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { chain, type Outcome, unchanged } from '../model/step';
import { exitOpensAfter, mayExitAt } from '../model/venue';
import { isOverdue, judgeFlatten, remaining } from './not-flat';

const VERIFY_RETRY_MS = 2_000;
/** Once it is overdue: a cancel that had no effect is sent again, and the broker is asked again, at this pace. */
const ESCALATE_MS = 5_000;

export function pursueFlatten(state: EngineState, ts: number, hostMs: number): Outcome {
  if (!isRunning(state.flatten)) return unchanged(state);
  return chain(
    state,
    (current) => armForOpen(current, ts, hostMs),
    (current) => cancelAgain(current, hostMs),
    (current) => askBroker(current, hostMs),
    (current) => judgeFlatten(current, hostMs),
  );
}

/** A closed venue takes no exit: its instruments wait for the open, and a person hears of it at once. */
function armForOpen(state: EngineState, ts: number, hostMs: number): Outcome {
  const { flatten } = state;
  if (!flatten) return unchanged(state);
  const shut = Object.values(state.positions).filter(({ symbol, quantity }) => {
    const instrument = state.instruments[symbol];
    return quantity !== 0 && inScope(flatten.scope, symbol) && instrument && !mayExitAt(instrument, ts);
  });
  if (shut.length === 0 && flatten.armed.length === 0) return unchanged(state);
  const armed = shut.map(({ symbol }) => {
    const instrument = state.instruments[symbol];
    return { symbol, opensTs: instrument ? exitOpensAfter(instrument, ts) : null };
  });
  const known = new Map(flatten.armed.map((one) => [one.symbol, one.opensTs]));
  const same = armed.length === known.size && armed.every((one) => known.get(one.symbol) === one.opensTs);
  if (same) return unchanged(state);
  const facts = armed.flatMap(({ symbol, opensTs }): readonly Fact[] => {
    if (known.has(symbol)) return [];
    const quantity = state.positions[symbol]?.quantity ?? 0;
    const detail = `${symbol}: market closed, ${quantity} held, ${armedText(opensTs)}.`;
    return [{ type: 'FlattenArmed', scope: flatten.scope, symbol, quantity, opensTs, detail }];
  });
  const opened = flatten.armed.some((one) => !armed.some(({ symbol }) => symbol === one.symbol));
  const dueHostMs = opened ? hostMs + state.limits.flattenDeadlineMs : flatten.dueHostMs;
  return {
    state: stateWith(state, { flatten: { ...flatten, armed, dueHostMs } }),
    facts,
    commands: facts.flatMap((fact): readonly Command[] => {
      if (fact.type !== 'FlattenArmed') return [];
      return [
        { type: 'SendAlert', severity: 'critical', text: `NOT FLAT (${flatten.scope}): ${fact.detail}` },
      ];
    }),
  };
}

export function armedText(opensTs: number | null): string {
  return opensTs === null
    ? 'armed for the open (when is not known)'
    : `armed for the open at ${centralTimeText(opensTs)} (${centralDayText(opensTs)} US/Central)`;
}

/** No entry stays wanted (I20), at any time; once it is overdue, what lives on beside no position is cancelled again and again. */
function cancelAgain(state: EngineState, hostMs: number): Outcome {
  const { flatten } = state;
  if (!flatten) return unchanged(state);
  const overdue = isOverdue(flatten, hostMs);
  const wanted = liveOrders(state).filter((order) => {
    if (!inScope(flatten.scope, order.spec.symbol)) return false;
    if (order.phase === 'Cancelling' || order.phase === 'Unknown') return overdue && isFlat(state, order);
    return order.spec.role === 'entry' || (overdue && isFlat(state, order));
  });
  if (wanted.length === 0) return unchanged(state);
  return chain(
    state,
    ...wanted.map((order) => (current: EngineState) => cancelOrRepeat(current, order, hostMs)),
  );
}

function isFlat(state: EngineState, order: Order): boolean {
  const cycle = state.cycles[order.spec.cycleId];
  return cycle === undefined || netQuantity(cycle) === 0;
}

function cancelOrRepeat(state: EngineState, order: Order, hostMs: number): Outcome {
  if (order.outOfReach) return unchanged(state);
  if (order.phase !== 'Cancelling') return cancelOrder(state, order, 'Flatten.', hostMs);
  const tooSoon = order.cancelSentHostMs === null || hostMs - order.cancelSentHostMs < ESCALATE_MS;
  if (tooSoon || !maySend(state)) return unchanged(state);
  return {
    state: withOrder(state, orderWith(order, { cancelSentHostMs: hostMs })),
    facts: [],
    commands: [{ type: 'CancelOrder', ref: order.spec.ref }],
  };
}

/** Asks the broker when our book says flat; and, once it is overdue, what it knows of what is left. */
function askBroker(state: EngineState, hostMs: number): Outcome {
  const { flatten } = state;
  if (!flatten) return unchanged(state);
  const left = remaining(state, flatten.scope);
  if (left.length > 0 || state.link.phase !== 'connected') {
    const detail = left.length > 0 ? `Waiting for ${left.join(', ')}.` : 'Waiting for the broker.';
    const working =
      detail === flatten.detail && flatten.phase === 'working'
        ? state
        : stateWith(state, { flatten: { ...flatten, phase: 'working' as const, detail } });
    return isOverdue(flatten, hostMs) ? askAgain(working, hostMs) : unchanged(working);
  }
  const asked = flatten.requestedHostMs;
  if (asked !== null && hostMs - asked < VERIFY_RETRY_MS) return unchanged(state);
  const outcome = askReport(state, hostMs);
  const { requestId } = outcome.state.reconciliation;
  const detail = 'Our book is flat; asking the broker.';
  const verifying = { ...flatten, phase: 'verifying' as const, detail, requestId, requestedHostMs: hostMs };
  return { ...outcome, state: { ...outcome.state, flatten: verifying } };
}

/** What the broker knows of what is left may have changed without a word to us. */
function askAgain(state: EngineState, hostMs: number): Outcome {
  const { requests, comparedHostMs } = state.reconciliation;
  const lastHostMs = requests.at(-1)?.hostMs ?? comparedHostMs ?? 0;
  const due = state.link.phase === 'connected' && hostMs - lastHostMs >= ESCALATE_MS;
  return due ? askReport(state, hostMs) : unchanged(state);
}
