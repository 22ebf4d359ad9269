// An accepted request as a fresh order: parked, untouched by any market.
import type { Accepted } from './acceptance';
import type { Order } from './order';
import type { OrderRequest } from './words';

/** A child without a group of its own joins the one that IB makes of its parent's permId, type 3 (ib-protocol 3.3). */
export function draftOf(
  request: OrderRequest,
  { contract, parent, terms }: Accepted,
  identity: { readonly account: string; readonly permId: number },
): Order {
  const { clientId, orderId, action, orderRef = '', ocaGroup = '', ocaType = 3 } = request;
  const automaticGroup = parent === undefined ? '' : String(parent.permId);
  return {
    clientId,
    orderId,
    orderRef,
    action,
    ...identity,
    contract,
    parent,
    ocaGroup: ocaGroup === '' ? automaticGroup : ocaGroup,
    ocaType,
    terms,
    byHand: orderId < 0 ? 'unbound' : 'no',
    phase: 'parked',
    activeQuantity: 0,
    reducedBy: 0,
    triggered: false,
    stopAt: terms.trigger,
    reachedBy: undefined,
    protection: undefined,
    working: false,
    cancelPending: false,
    filled: 0,
    filledValue: 0,
    lastFill: 0,
    arrivesTs: Number.POSITIVE_INFINITY,
    expiresTs: Number.POSITIVE_INFINITY,
    reported: '',
    finalStatus: 'Inactive',
    completedTs: undefined,
    completedStatus: '',
  };
}
