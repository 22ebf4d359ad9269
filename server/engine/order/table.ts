/**
 * The order table: (our phase, IB's status) -> our phase. Terminal never leaves terminal: a late word of the broker is an anomaly
 * that is recorded, not believed (I8). Executions, not statuses, say what was filled.
 */
import type { BrokerOrderStatus, OrderPhase } from '../model/order';

export type Transition = OrderPhase | 'same' | 'anomaly';

type Row = Readonly<Record<BrokerOrderStatus, Transition>>;

const LIVE: Row = {
  ApiPending: 'same',
  PendingSubmit: 'same',
  // a stop that IB holds until its trigger stays here for its whole life: it is working
  PreSubmitted: 'Working',
  Submitted: 'Working',
  PendingCancel: 'Cancelling',
  ApiCancelled: 'Cancelled',
  Cancelled: 'Cancelled',
  Filled: 'Filled',
  Inactive: 'Rejected',
};

const TERMINAL: Row = {
  ApiPending: 'anomaly',
  PendingSubmit: 'anomaly',
  PreSubmitted: 'anomaly',
  Submitted: 'anomaly',
  PendingCancel: 'same',
  ApiCancelled: 'same',
  Cancelled: 'same',
  Filled: 'same',
  Inactive: 'same',
};

export const ORDER_TABLE: Readonly<Record<OrderPhase, Row>> = {
  Pending: LIVE,
  Working: LIVE,
  Unknown: LIVE,
  // an asked-for cancel is not a cancel: the order may still work, and may still fill
  Cancelling: { ...LIVE, PreSubmitted: 'same', Submitted: 'same' },
  Filled: { ...TERMINAL, Cancelled: 'anomaly', ApiCancelled: 'anomaly', Inactive: 'anomaly' },
  // (Cancelled, Filled): the fill won the race against the cancel
  Cancelled: { ...TERMINAL, Filled: 'Filled' },
  // (Rejected, Cancelled) and back: IB flaps between Inactive and Cancelled
  Rejected: { ...TERMINAL, Filled: 'Filled' },
};
