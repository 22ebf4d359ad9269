/**
 * Flatten: halt, cancel entries, close every position through its own group, verify at the broker. A tracked procedure:
 * its state is in the journal, so it survives a restart half way, and pressing twice is the same flatten.
 * It ends in FLAT or NOT FLAT by the broker's own report, never from having sent something.
 */
import { askReport } from '../model/asking';
import { holdingCycles, inScope, openCycles } from '../model/book';
import type { BrokerReport } from '../model/broker';
import type { Cycle } from '../model/cycle';
import type { OperatorCommand } from '../model/operator';
import { isLive } from '../model/order';
import type { EngineState, Flatten } from '../model/state';
import { type Outcome, unchanged } from '../model/step';

const VERIFY_RETRY_MS = 2_000;

export function startFlatten(
  state: EngineState,
  command: OperatorCommand,
  scope: string,
  hostMs: number,
): Outcome {
  const running = isRunning(state.flatten) ? state.flatten : null;
  if (running && inScope(running.scope, scope)) return unchanged(state);
  const whole = running && scope !== '*' ? `${running.scope}+${scope}` : scope;
  const positions = holdingCycles(state)
    .filter((cycle) => inScope(whole, cycle.symbol))
    .map((cycle) => ({ symbol: cycle.symbol, quantity: state.positions[cycle.symbol]?.quantity ?? 0 }));
  const { operator: by, action } = command;
  const flatten: Flatten = {
    scope: whole,
    by,
    why: action.reason,
    startedHostMs: hostMs,
    phase: 'working',
    detail: `Closing ${positions.length} position(s).`,
    endedTs: null,
    requestId: null,
    requestedHostMs: null,
  };
  return {
    state: { ...state, flatten },
    facts: [{ type: 'FlattenStarted', scope: whole, by, why: action.reason, positions }],
    commands: [],
  };
}

export function isRunning(flatten: Flatten | null): flatten is Flatten {
  return flatten !== null && (flatten.phase === 'working' || flatten.phase === 'verifying');
}

/** Open cycles that a running flatten still has to close: also those that were adopted after it began. */
export function toClose(state: EngineState): readonly Cycle[] {
  const { flatten } = state;
  if (!isRunning(flatten)) return [];
  return openCycles(state).filter(
    (cycle) =>
      inScope(flatten.scope, cycle.symbol) &&
      (cycle.phase === 'open' || cycle.phase === 'entering') &&
      cycle.exit === null,
  );
}

/** Asks the broker when our book says flat; gives up, in words, at the deadline. */
export function pursueFlatten(state: EngineState, ts: number, hostMs: number): Outcome {
  const { flatten } = state;
  if (!isRunning(flatten)) return unchanged(state);
  const left = remaining(state, flatten.scope);
  if (hostMs - flatten.startedHostMs >= state.limits.flattenDeadlineMs)
    return end(state, flatten, false, whyNot(state, left), ts);
  if (left.length > 0 || state.link.phase !== 'connected') {
    const detail = left.length > 0 ? `Waiting for ${left.join(', ')}.` : whyNot(state, left);
    return unchanged(
      detail === flatten.detail ? state : { ...state, flatten: { ...flatten, phase: 'working', detail } },
    );
  }
  const asked = flatten.requestedHostMs !== null && hostMs - flatten.requestedHostMs < VERIFY_RETRY_MS;
  if (asked) return unchanged(state);
  const detail = 'Our book is flat; asking the broker.';
  const outcome = askReport(state, hostMs);
  const { requestId } = outcome.state.reconciliation;
  const verifying = { ...flatten, phase: 'verifying' as const, detail, requestId, requestedHostMs: hostMs };
  return { ...outcome, state: { ...outcome.state, flatten: verifying } };
}

/** The broker's word on whether it is over. */
export function verifyFlatten(state: EngineState, report: BrokerReport, ts: number): Outcome {
  const { flatten } = state;
  if (flatten?.phase !== 'verifying' || flatten.requestId !== report.requestId) return unchanged(state);
  if (remaining(state, flatten.scope).length > 0) return unchanged(state);
  const held = report.positions.filter(
    (position) => position.quantity !== 0 && inScope(flatten.scope, position.symbol),
  );
  const working = report.openOrders.filter((order) => inScope(flatten.scope, order.symbol));
  if (held.length === 0 && working.length === 0)
    return end(state, flatten, true, 'No position and no working order at the broker.', ts);
  const detail = [
    ...held.map((position) => `${position.quantity} ${position.symbol} held`),
    ...working.map((order) => `${order.type} ${order.symbol} ${order.status}`),
  ].join(', ');
  return unchanged({
    ...state,
    flatten: { ...flatten, phase: 'working', detail: `The broker still has: ${detail}.` },
  });
}

function end(state: EngineState, flatten: Flatten, flat: boolean, detail: string, ts: number): Outcome {
  return {
    state: { ...state, flatten: { ...flatten, phase: flat ? 'flat' : 'not-flat', detail, endedTs: ts } },
    facts: [{ type: 'FlattenEnded', scope: flatten.scope, flat, detail }],
    commands: [
      {
        type: 'SendAlert',
        severity: flat ? 'info' : 'critical',
        text: flat
          ? `FLAT confirmed by the broker (${flatten.scope}).`
          : `NOT FLAT (${flatten.scope}): ${detail}`,
      },
    ],
  };
}

function remaining(state: EngineState, scope: string): readonly string[] {
  const positions = Object.values(state.positions)
    .filter((position) => position.quantity !== 0 && inScope(scope, position.symbol))
    .map((position) => `${position.quantity} ${position.symbol}`);
  const orders = Object.values(state.orders)
    .filter((order) => isLive(order) && inScope(scope, order.spec.symbol))
    .map((order) => `${order.spec.role} ${order.spec.symbol} ${order.brokerStatus ?? order.phase}`);
  return [...positions, ...orders];
}

function whyNot(state: EngineState, left: readonly string[]): string {
  if (state.link.phase !== 'connected') return 'The broker is not connected; exits go out when it is back.';
  if (left.length === 0) return 'The broker did not confirm in time; look at it there.';
  return `Still open: ${left.join(', ')}.`;
}
