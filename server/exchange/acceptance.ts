// Is this request an order that IB would take? Pure: it reads the request and the book, and changes nothing.
// What it refuses never becomes an order: one error, no status (ib-protocol 3.7).
import type { Book } from './book';
import { matches } from './contracts';
import { limitOf, type Order, type Terms } from './order';
import { type Refusal, refuse } from './refusal';
import { toPoints, toTicks } from './units';
import type { Contract, OrderRequest } from './words';

export interface Accepted {
  readonly contract: Contract;
  readonly parent: Order | undefined;
  readonly terms: Terms;
}

type Acceptance =
  | { readonly ok: true; readonly accepted: Accepted }
  | { readonly ok: false; readonly refusal: Refusal };

interface AcceptanceContext {
  readonly book: Book;
  readonly listed: readonly Contract[];
  readonly account: string;
  readonly orderSizeMax: number;
  readonly orderValueMax: number;
  /** The last price of a contract, ticks. */
  readonly lastOf: (conId: number) => number | undefined;
}

/** A new order: the contract, the parent and the terms it stands for, or the first refusal that applies. */
export function acceptNew(request: OrderRequest, context: AcceptanceContext): Acceptance {
  const { book, listed, account, orderSizeMax, orderValueMax } = context;
  if ((request.account ?? '') !== '' && request.account !== account) {
    return no(refuse.invalid(`Invalid account code '${request.account}'.`));
  }
  const [contract, another] = listed.filter((candidate) => matches(candidate, request.contract));
  if (contract === undefined) return no(refuse.noSuchContract());
  if (another !== undefined) return no(refuse.ambiguousContract(contract.symbol));
  const terms = termsOf(request);
  if ('code' in terms) return no(terms);
  if (terms.quantity > orderSizeMax) return no(refuse.tooLarge(orderSizeMax));
  const value = dollarsOf(terms, contract, context.lastOf(contract.conId));
  if (value > orderValueMax) return no(refuse.tooValuable(orderValueMax));
  const parent = parentOf(request, contract, book);
  if (parent !== undefined && 'code' in parent) return no(parent);
  return { ok: true, accepted: { contract, parent, terms } };
}

/** A request's size, prices and time in force in ticks and contracts, or why they cannot be an order's. */
export function termsOf(request: OrderRequest): Terms | Refusal {
  const { orderType, totalQuantity, tif = 'DAY', outsideRth = false } = request;
  if (!(totalQuantity > 0)) return refuse.noSize();
  if (!Number.isSafeInteger(totalQuantity)) return refuse.fractionalSize();
  const takesLimit = orderType === 'LMT' || orderType === 'STP LMT';
  const takesTrigger = orderType === 'STP' || orderType === 'STP LMT';
  const limit = takesLimit ? priceOf(request.lmtPrice, 'limit price') : undefined;
  if (typeof limit === 'object') return limit;
  const trails = orderType === 'TRAIL';
  const trailPercent = trails ? request.trailingPercent : undefined;
  const percentWrong = trailPercent !== undefined ? percentFault(trailPercent, request.auxPrice) : undefined;
  if (percentWrong !== undefined) return percentWrong;
  const trail =
    trails && trailPercent === undefined ? priceOf(request.auxPrice, 'trailing amount') : undefined;
  if (typeof trail === 'object') return trail;
  const asked = trails ? request.trailStopPrice : request.auxPrice;
  const trigger = takesTrigger || (trails && asked !== undefined) ? priceOf(asked, 'stop price') : undefined;
  if (typeof trigger === 'object') return trigger;
  const { triggerMethod = 0 } = request;
  return {
    quantity: totalQuantity,
    orderType,
    limit,
    trigger,
    trail,
    trailPercent,
    triggerMethod,
    tif,
    outsideRth,
  };
}

function priceOf(points: number | undefined, name: string): number | Refusal {
  if (points === undefined) return refuse.invalid(`The ${name} is missing.`);
  const ticks = toTicks(points);
  return ticks === undefined || ticks <= 0 ? refuse.offGrid() : ticks;
}

/** $ at its limit, else at its trigger, else at the last price; 0 before there is any. */
function dollarsOf({ quantity, limit, trigger }: Terms, { multiplier }: Contract, last = 0): number {
  return toPoints(limit ?? trigger ?? last) * multiplier * quantity;
}

function percentFault(percent: number, amount: number | undefined): Refusal | undefined {
  if (!(percent > 0 && percent < 100)) return refuse.invalid('A trailing percent is above 0 and below 100.');
  const both = amount !== undefined && amount !== 0;
  return both ? refuse.invalid('An order trails by an amount or by a percentage, not by both.') : undefined;
}

function parentOf(request: OrderRequest, contract: Contract, book: Book): Order | Refusal | undefined {
  const parentId = request.parentId ?? 0;
  if (parentId === 0) return undefined;
  const parent = book.find(request.clientId, parentId);
  if (parent === undefined) return refuse.missingParent();
  if (parent.phase === 'done') return refuse.parentGone(parentId);
  if (parent.parent !== undefined) return refuse.invalid('An attached order cannot be a parent.');
  if (parent.contract.conId !== contract.conId)
    return refuse.invalid('A child must trade the contract of its parent.');
  if (request.orderType === 'TRAIL' && limitOf(parent) === undefined) return refuse.trailsNoMarketOrder();
  return parent;
}

function no(refusal: Refusal): Acceptance {
  return { ok: false, refusal };
}
