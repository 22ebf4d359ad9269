/**
 * The order table: what an order was (column) and what happened to it (row) give what it is now. Every way in which an order's phase
 * changes goes through here: words of the broker, executions, a report, and our own wish to cancel.
 *
 * How to read a cell:
 *   a phase   the order is that now; what the event says besides (status, reason it is held, fills) is taken over
 *   same      the phase stays; what the event says besides is taken over
 *   noted     recorded as an anomaly, not believed
 *   ...?      and the broker is asked for its report
 *
 * `Filled`, `Cancelled` and `Rejected` are ends by the broker's own word. They are left only toward an end that says more
 * (Cancelled < Rejected < Filled), so that the same words in any order give the same end (I8, I9). `Absent` is our own conclusion
 * (never sent, or missing from the broker's report twice): any word of the broker about the order corrects it.
 *
 * Fills are not here: executions say what was filled, and a status that knows of more makes the order settle (`isSettling`).
 */
import type { BrokerOrderStatus, Order, OrderPhase } from './order';
import { orderWith } from './shape';

/** Errors that IB gives for an order, by what they mean (ib-protocol 3.5 to 3.9). `order/error.ts` knows their numbers. */
export type OrderErrorKind =
  | 'Refused'
  | 'ChangeRefused'
  | 'NotChangeable'
  | 'CancelConfirmed'
  | 'NotFound'
  | 'NotCancellable'
  | 'NotCancellableAsFilled'
  | 'NotConnected'
  | 'OtherError';

export type OrderEvent =
  | BrokerOrderStatus
  | OrderErrorKind
  | 'WorksMore'
  | 'ExecutedInPart'
  | 'ExecutedInFull'
  | 'NotSent'
  | 'MissingFromReport'
  | 'OutOfReach'
  | 'WithinReach'
  | 'CancelAsked'
  | 'CancelTakenBack';

type Word = OrderPhase | 'same' | 'noted';
export type Cell = Word | `${Word}?`;
type Row = Readonly<Record<OrderPhase, Cell>>;

// biome-ignore format: a table is read in columns
export const ORDER_TABLE: Readonly<Record<OrderEvent, Row>> = {
  //                           Pending       Working       Cancelling    Unknown       Absent        Cancelled     Rejected      Filled

  // --- statuses ---------------------------------------------------------------------------------------------------------------------
  // on their way to the exchange: no acceptance yet (a refusal may still follow)
  ApiPending:             row('same',       'same',       'same',       'same',       'Pending',    'noted',      'noted',      'noted'),
  PendingSubmit:          row('same',       'same',       'same',       'same',       'Pending',    'noted',      'noted',      'noted'),
  // a stop that IB holds until its trigger stays PreSubmitted for its whole life: it is working. An asked-for cancel is not a cancel:
  // the order may still work and may still fill. After an end it is a late or repeated word (F26: 27 of them in the records).
  PreSubmitted:           row('Working',    'Working',    'same',       'Working',    'Working',    'noted',      'noted',      'noted'),
  Submitted:              row('Working',    'Working',    'same',       'Working',    'Working',    'noted',      'noted',      'noted'),
  // filled by our count only, because we had asked for a smaller size; the broker refused the change, or it crossed a fill
  WorksMore:              row('Working',    'Working',    'same',       'Working',    'Working',    'noted',      'noted',      'Working'),
  // asked for by us or in TWS: fills are still possible
  PendingCancel:          row('Cancelling', 'Cancelling', 'Cancelling', 'Cancelling', 'Cancelling', 'same',       'same',       'same'),
  // cancelled before IB acknowledged it; the fill of the other row may have won the race
  ApiCancelled:           row('Cancelled',  'Cancelled',  'Cancelled',  'Cancelled',  'Cancelled',  'same',       'same',       'noted'),
  // may come before the order's own execution: then it settles. (Rejected, Cancelled): IB flaps between Inactive and Cancelled (201 times
  // in the records); the refusal says more. (Filled, Cancelled): seen once in the records, not believed
  Cancelled:              row('Cancelled',  'Cancelled',  'Cancelled',  'Cancelled',  'Cancelled',  'same',       'same',       'noted'),
  // (Cancelled, Filled): the fill won the race against the cancel
  Filled:                 row('Filled',     'Filled',     'Filled',     'Filled',     'Filled',     'Filled',     'Filled',     'same'),
  // refused by IB or the exchange; the reason comes as an error before or after it. (Cancelled, Inactive): the other half of the flapping
  Inactive:               row('Rejected',   'Rejected',   'Rejected',   'Rejected',   'Rejected',   'Rejected',   'same',       'noted'),

  // --- executions -------------------------------------------------------------------------------------------------------------------
  // often the first thing heard of an order (F31). (Absent, in part): it is out there after all, working or not
  ExecutedInPart:         row('Working',    'same',       'same',       'same',       'Unknown?',   'same',       'same',       'same'),
  ExecutedInFull:         row('Filled',     'Filled',     'Filled',     'Filled',     'Filled',     'Filled',     'Filled',     'same'),

  // --- errors -----------------------------------------------------------------------------------------------------------------------
  // 201, 110, 103 ... of an order that was never accepted. (Cancelled, Refused): IB's other order, status first. (Rejected, Refused):
  // the reason for an Inactive that came without one (F35)
  Refused:                row('Rejected',   'noted?',     'Rejected',   'Rejected',   'Rejected',   'Rejected',   'same',       'noted'),
  // the same numbers, 135 and 2102 of an order that was accepted: a change was refused, and the order is as it was before
  ChangeRefused:          row('noted?',     'noted?',     'noted',      'noted',      'noted',      'noted',      'noted',      'noted'),
  // 104 "cannot modify a filled order": it has ended, its executions may be on their way
  NotChangeable:          row('Unknown?',   'Unknown?',   'Unknown?',   'noted?',     'noted',      'noted',      'noted',      'noted'),
  // 202. It follows the status Cancelled and then says nothing new; alone it does not say how much was filled, so the broker is asked
  CancelConfirmed:        row('Cancelled?', 'Cancelled?', 'Cancelled?', 'Cancelled?', 'Cancelled?', 'same',       'same',       'noted'),
  // 10147, 10148 and 161 say nothing about what became of the order: in doubt, never "cancelled" (F44)
  NotFound:               row('Unknown?',   'Unknown?',   'Unknown?',   'noted?',     'noted',      'noted',      'noted',      'noted'),
  NotCancellable:         row('Unknown?',   'Unknown?',   'Unknown?',   'noted?',     'noted',      'noted',      'noted',      'noted'),
  // 10148 "state: Filled": as above, and its fills are counted as promised: it settles until their executions are here
  NotCancellableAsFilled: row('Unknown?',   'Unknown?',   'Unknown?',   'noted?',     'noted',      'noted',      'noted',      'noted'),
  // 504: a change or a cancel of it never left. The wish to cancel stands, and is sent when the broker can be reached
  NotConnected:           row('Unknown?',   'Unknown?',   'noted',      'noted?',     'noted',      'noted',      'noted',      'noted'),
  // a number that we give no meaning: an order without an answer is asked about after two seconds anyway
  OtherError:             row('noted',      'noted',      'noted',      'noted',      'noted',      'noted',      'noted',      'noted'),

  // --- what we conclude or wish -----------------------------------------------------------------------------------------------------
  // the wire did not take it: it is not out there, and will not be sent later. Once accepted it can no longer be "not sent"
  NotSent:                row('Absent',     'same',       'Absent',     'Absent',     'same',       'same',       'same',       'same'),
  // not in a report that was asked for after it was sent. Once may be half a report; in doubt and missing again, it is not out there
  // (for what the broker had taken only after ten seconds: `reconcile/report.ts`)
  MissingFromReport:      row('Unknown?',   'Unknown?',   'Unknown?',   'Absent',     'same',       'same',       'same',       'same'),
  // under another client id a cancel cannot even be asked for: the order works. Back under its own, the wish is asked for again
  OutOfReach:             row('same',       'same',       'Working',    'same',       'same',       'same',       'same',       'same'),
  WithinReach:            row('same',       'Working',    'same',       'same',       'same',       'same',       'same',       'same'),
  // a wish, not an end. (Unknown, CancelAsked): the cancel goes out, the doubt stays
  CancelAsked:            row('Cancelling', 'Cancelling', 'same',       'same',       'same',       'same',       'same',       'same'),
  // of an order that has worked, before the cancel was sent
  CancelTakenBack:        row('same',       'same',       'Working',    'same',       'same',       'same',       'same',       'same'),
};

function row(...cells: readonly [Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell]): Row {
  const [Pending, Working, Cancelling, Unknown, Absent, Cancelled, Rejected, Filled] = cells;
  return { Pending, Working, Cancelling, Unknown, Absent, Cancelled, Rejected, Filled };
}

export interface Advanced {
  order: Order;
  /** Recorded, not believed. */
  noted: boolean;
  /** The broker is to be asked what is true. */
  ask: boolean;
}

/** @param hostMs when it was heard of. */
export function advance(order: Order, event: OrderEvent, hostMs: number): Advanced {
  const { word, ask } = MOVES[event][order.phase];
  const accepted = order.accepted || ACCEPTED_BY.has(event);
  const noted = word === 'noted';
  const phase = noted || word === 'same' ? order.phase : wanted(order, word);
  if (phase === order.phase) return { order: withAccepted(order, accepted), noted, ask };
  const end = ENDS.has(phase)
    ? { whyHeld: '', endedHostMs: order.endedHostMs ?? hostMs }
    : { endedHostMs: null };
  // it was not out there, so no cancel has reached it: it is asked for anew (seed 310013725)
  const back = order.phase === 'Absent' && word === 'Working' ? { cancelSentHostMs: null } : {};
  return { order: orderWith(order, { phase, accepted, ...end, ...back }), noted, ask };
}

/** An order that is to be cancelled and turns out to work is still to be cancelled. */
function wanted(order: Order, phase: OrderPhase): OrderPhase {
  return phase === 'Working' && order.cancelWished && !order.outOfReach ? 'Cancelling' : phase;
}

function withAccepted(order: Order, accepted: boolean): Order {
  return accepted === order.accepted ? order : orderWith(order, { accepted });
}

const ENDS: ReadonlySet<OrderPhase> = new Set<OrderPhase>(['Filled', 'Cancelled', 'Rejected']);

/** After these a refusal is one of a change, not of the order. */
const ACCEPTED_BY: ReadonlySet<OrderEvent> = new Set<OrderEvent>([
  'PreSubmitted',
  'Submitted',
  'WorksMore',
  'Filled',
  'ExecutedInPart',
  'ExecutedInFull',
]);

/** The table's cells, taken apart once. */
const MOVES = mapValues(ORDER_TABLE, (cells) =>
  mapValues(cells, (cell) => ({ word: cell.replace('?', '') as Word, ask: cell.endsWith('?') })),
);

function mapValues<K extends string, A, B>(
  record: Readonly<Record<K, A>>,
  of: (value: A) => B,
): Readonly<Record<K, B>> {
  return Object.fromEntries(Object.entries<A>(record).map(([key, value]) => [key, of(value)])) as Record<
    K,
    B
  >;
}
