/**
 * Flatten: halt, cancel entries, close every position through its own group, verify at the broker. A tracked procedure:
 * its state is in the journal, so it survives a restart half way, and pressing again is the same flatten with a wider scope.
 * It ends in FLAT by the broker's own report, never from having sent something (F49), or when a person abandons it.
 * The deadline ends nothing: it makes the flatten say why the account is not flat, and go on (L2).
 */
import { holdingCycles, inScope, isRunning, openCycles, put } from '../model/book';
import type { BrokerReport } from '../model/broker';
import { centralSecondText } from '../model/central';
import type { Cycle } from '../model/cycle';
import type { Flatten } from '../model/flatten';
import { type OrderRef, parseOrderRef } from '../model/ids';
import type { OperatorCommand } from '../model/operator';
import type { ReasonCode } from '../model/reason';
import { cycleWith, stateWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { type Outcome, unchanged } from '../model/step';
import { remaining } from './not-flat';

export function startFlatten(
  state: EngineState,
  command: OperatorCommand,
  scope: string,
  { ts, hostMs }: { ts: number; hostMs: number },
): Outcome {
  const running = isRunning(state.flatten) ? state.flatten : null;
  if (running && inScope(running.scope, scope)) return unchanged(state);
  const whole = running && scope !== '*' ? `${running.scope}+${scope}` : scope;
  const positions = holdingCycles(state)
    .filter((cycle) => inScope(whole, cycle.symbol))
    .map((cycle) => ({ symbol: cycle.symbol, quantity: state.positions[cycle.symbol]?.quantity ?? 0 }));
  const { operator: by, action } = command;
  const begun = running ?? {
    by,
    why: action.reason,
    startedTs: ts,
    startedHostMs: hostMs,
    armed: [],
    notFlat: null,
  };
  const flatten: Flatten = {
    ...begun,
    scope: whole,
    dueHostMs: hostMs + state.limits.flattenDeadlineMs,
    phase: 'working',
    detail: `Closing ${positions.length} position(s).`,
    endedTs: null,
    requestId: null,
    requestedHostMs: null,
    found: [],
  };
  return {
    state: stateWith(state, { flatten }),
    facts: [{ type: 'FlattenStarted', scope: whole, by, why: action.reason, positions }],
    commands: [],
  };
}

/** Open cycles that a running flatten still has to close: also those that were adopted after it began, or whose exit still bargains. */
export function toClose(state: EngineState): readonly Cycle[] {
  const { flatten } = state;
  if (!isRunning(flatten)) return [];
  return openCycles(state).filter(
    (cycle) =>
      inScope(flatten.scope, cycle.symbol) &&
      (cycle.phase === 'open' || cycle.phase === 'entering') &&
      cycle.exit?.step !== 'market',
  );
}

/** The broker's word on whether it is over. An order that bears our name and that our book has lost is cancelled. */
export function verifyFlatten(state: EngineState, report: BrokerReport, ts: number): Outcome {
  const { flatten } = state;
  if (flatten?.phase !== 'verifying' || flatten.requestId !== report.requestId) return unchanged(state);
  if (remaining(state, flatten.scope).length > 0) return unchanged(state);
  const held = report.positions.filter(
    (position) => position.quantity !== 0 && inScope(flatten.scope, position.symbol),
  );
  const working = report.openOrders.filter((order) => inScope(flatten.scope, order.symbol));
  if (held.length === 0 && working.length === 0) {
    const detail = `Confirmed by the broker at ${centralSecondText(ts)} US/Central: no position and no working order.`;
    return end(state, flatten, { phase: 'flat', detail, ts });
  }
  const found = [
    ...held.map(({ quantity, symbol }) => ({ what: `${quantity} ${symbol} held`, foreign: false })),
    ...working.map(({ type, symbol, status, orderRef }) => ({
      what: `${type} ${symbol} ${status}`,
      foreign: parseOrderRef(orderRef) === null,
    })),
  ];
  const detail = `The broker still has: ${found.map(({ what }) => what).join(', ')}.`;
  const lost = working.filter((order) => parseOrderRef(order.orderRef) && !state.orders[order.orderRef]);
  return {
    state: stateWith(state, { flatten: { ...flatten, phase: 'working', detail, found } }),
    facts: [],
    commands: lost.map((order) => ({ type: 'CancelOrder', ref: order.orderRef as OrderRef })),
  };
}

/** The process that journaled why it is not flat may have died before anybody was told (L8, seed 320127503). */
export function tellFlattenAgain(state: EngineState): Outcome {
  const { flatten } = state;
  if (!isRunning(flatten)) return unchanged(state);
  return unchanged(stateWith(state, { flatten: { ...flatten, armed: [], notFlat: null } }));
}

/** A person ends it. The halt stays; exits that are at the broker stay; those that only waited are not wanted any more. */
export function abandonFlatten(
  state: EngineState,
  command: OperatorCommand,
  ts: number,
): Outcome | { refused: ReasonCode; why: string } {
  const { flatten } = state;
  const { reason } = command.action;
  if (reason === '') return { refused: 'REASON_REQUIRED', why: 'Say why the flatten should not go on.' };
  if (!isRunning(flatten)) return { refused: 'NOTHING_TO_DO', why: 'No flatten is running.' };
  const live = new Set(
    Object.values(state.orders).flatMap(({ spec, phase }) =>
      spec.role === 'exit' && (phase === 'Pending' || phase === 'Working' || phase === 'Unknown')
        ? [spec.cycleId]
        : [],
    ),
  );
  const cycles = openCycles(state)
    .filter((cycle) => cycle.exit?.reason === 'flatten' && !live.has(cycle.cycleId))
    .reduce((table, cycle) => put(table, cycle.cycleId, cycleWith(cycle, { exit: null })), state.cycles);
  const detail = `Abandoned by ${command.operator}: ${reason}`;
  return end(stateWith(state, { cycles }), flatten, { phase: 'abandoned', detail, ts });
}

function end(
  state: EngineState,
  flatten: Flatten,
  { phase, detail, ts }: { phase: 'flat' | 'abandoned'; detail: string; ts: number },
): Outcome {
  const flat = phase === 'flat';
  const text = flat
    ? `FLAT confirmed by the broker at ${centralSecondText(ts)} US/Central (${flatten.scope}).`
    : `NOT FLAT (${flatten.scope}): ${detail}`;
  return {
    state: stateWith(state, {
      flatten: { ...flatten, phase, detail, armed: [], notFlat: null, endedTs: ts },
    }),
    facts: [{ type: 'FlattenEnded', scope: flatten.scope, flat, detail }],
    commands: [{ type: 'SendAlert', severity: flat ? 'info' : 'critical', text }],
  };
}
