/** What goes wrong with an order: IB's error numbers by their meaning, put through the order table; and what never left. */
import { askReport } from '../model/asking';
import { withOrder } from '../model/book';
import { isRefusedBySpentGroup } from '../model/closing-group';
import type { EngineEvent, Stamped } from '../model/event';
import type { CycleFact } from '../model/fact';
import type { Order } from '../model/order';
import { advance, type OrderErrorKind } from '../model/order-table';
import { orderWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { type Outcome, unchanged } from '../model/step';
import { refused } from './change';

type OrderError = Extract<EngineEvent, { type: 'OrderErrorReported' }>;

/** Of an order that was never accepted they refuse the order, of one that was accepted a change (ib-protocol 3.5 to 3.9). */
const REFUSALS = new Set([103, 105, 110, 200, 201, 203, 321, 328, 329, 382, 383, 387, 388, 434, 10006]);
/** They can only mean a change: a parent that is gone, an order that is still being processed. */
const CHANGE_REFUSALS = new Set([135, 2102, 10326, 10327, 10341]);
const NOT_CHANGEABLE = 104;
const NOT_CANCELLABLE = 161;
const CANCELLED = 202;
const NOT_CONNECTED = 504;
const CANCEL_NOT_FOUND = 10147;
const CANCEL_NOT_POSSIBLE = 10148;

function kindOf({ accepted }: Order, { code, text }: OrderError): OrderErrorKind {
  if (REFUSALS.has(code)) return accepted ? 'ChangeRefused' : 'Refused';
  if (CHANGE_REFUSALS.has(code)) return 'ChangeRefused';
  switch (code) {
    case NOT_CHANGEABLE:
      return 'NotChangeable';
    case CANCELLED:
      return 'CancelConfirmed';
    case CANCEL_NOT_FOUND:
      return 'NotFound';
    case CANCEL_NOT_POSSIBLE:
      return /state: Filled\b/.test(text) ? 'NotCancellableAsFilled' : 'NotCancellable';
    case NOT_CANCELLABLE:
      return 'NotCancellable';
    case NOT_CONNECTED:
      return 'NotConnected';
    default:
      return 'OtherError';
  }
}

export function errorReported(state: EngineState, { event, hostMs }: Stamped<OrderError>): Outcome {
  const order = state.orders[event.orderRef];
  if (!order) return unchanged(state);
  const kind = kindOf(order, event);
  const { order: moved, noted, ask } = advance(order, kind, hostMs);
  const fillsUntold = order.fillsUntold || (kind === 'CancelConfirmed' && moved.phase !== order.phase);
  const said = { text: event.text, errorCode: event.code, fillsUntold };
  const told: Order = orderWith(moved, { ...said, ...learned(moved, kind) });
  const facts = factsOf(order, told, event, noted);
  const next = withOrder(state, told);
  return ask || isRefusedBySpentGroup(told)
    ? { ...askReport(next, hostMs), facts }
    : { state: next, facts, commands: [] };
}

/** An error that says nothing else of a changing order is the answer to its change. */
const ENDS_CHANGE: ReadonlySet<OrderErrorKind> = new Set(['ChangeRefused', 'NotChangeable', 'OtherError']);

function learned(moved: Order, kind: OrderErrorKind): Partial<Order> {
  if (ENDS_CHANGE.has(kind)) return { change: refused(moved).change };
  const confirmed = kind === 'CancelConfirmed' && moved.phase === 'Cancelled';
  if (confirmed && moved.brokerStatus !== 'ApiCancelled') return { brokerStatus: 'Cancelled' };
  const promised = kind === 'NotCancellableAsFilled' && moved.phase === 'Unknown';
  return promised ? { reportedFilled: moved.spec.quantity } : {};
}

function factsOf(was: Order, now: Order, error: OrderError, noted: boolean): readonly CycleFact[] {
  const { ref, role, cycleId, symbol } = now.spec;
  const of = { cycleId, symbol, ref };
  const { code, text } = error;
  const moved = now.phase !== was.phase;
  if (moved && now.phase === 'Cancelled') return [{ type: 'OrderCancelled', ...of, role }];
  if (moved && now.phase === 'Rejected' && was.phase !== 'Cancelled') {
    return [{ type: 'OrderRejected', ...of, role, code, text }];
  }
  return moved || noted ? [{ type: 'OrderAnomaly', ...of, text: `Error ${code}: ${text}` }] : [];
}

/** The wire did not take it: it is not out there, and it will not be sent later. */
export function notSent(
  state: EngineState,
  { event, hostMs }: Stamped<Extract<EngineEvent, { type: 'OrderNotSent' }>>,
): Outcome {
  const order = state.orders[event.orderRef];
  if (!order) return unchanged(state);
  const { order: moved } = advance(order, 'NotSent', hostMs);
  if (moved === order) return unchanged(state);
  const { ref, role, cycleId, symbol } = order.spec;
  return {
    state: withOrder(state, orderWith(moved, { text: event.why })),
    facts: [{ type: 'OrderNeverSent', cycleId, symbol, ref, role, why: event.why }],
    commands: [],
  };
}
