// May this order be changed into that? Pure. Only size, prices, time in force and outsideRth change; a limit may
// become a market order (ib-protocol 3.5). A refused change leaves the order exactly as it was.
import { termsOf } from './acceptance';
import { matches } from './contracts';
import type { Order, Terms } from './order';
import { type Refusal, refuse } from './refusal';
import type { OrderRequest } from './words';

/** The new terms, or why the order keeps its old ones. */
export function changeOf(order: Order, request: OrderRequest): Terms | Refusal {
  if (order.phase === 'done') {
    return order.finalStatus === 'Filled' ? refuse.alreadyFilled() : refuse.duplicateId();
  }
  const differs = !matches(order.contract, request.contract) || order.action !== request.action;
  if (differs) return refuse.notTheSameOrder();
  return familyChange(order, request) ?? termsChange(order, request);
}

/** 0 and '' say nothing about parent and group; anything said must be what it was. */
function familyChange(
  order: Order,
  { parentId = 0, ocaGroup = '', ocaType }: OrderRequest,
): Refusal | undefined {
  if (parentId !== 0 && parentId !== order.parent?.orderId) return refuse.parentChange();
  if (parentId !== 0 && order.parent?.phase === 'done') return refuse.parentGone(parentId);
  if (ocaGroup === '') return undefined;
  if (ocaGroup !== order.ocaGroup) return refuse.ocaGroupChange();
  return ocaType !== undefined && ocaType !== order.ocaType ? refuse.ocaTypeChange() : undefined;
}

function termsChange(order: Order, request: OrderRequest): Terms | Refusal {
  const from = order.terms.orderType;
  if (request.orderType !== from && !(from === 'LMT' && request.orderType === 'MKT')) {
    return refuse.typeChange();
  }
  const terms = termsOf(request);
  if ('code' in terms) return terms;
  return terms.quantity > order.filled ? terms : refuse.notTheSameOrder();
}
