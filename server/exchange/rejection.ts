// Why IB turns down an order that it could read (201). Pure; the first reason that applies.
import type { Book } from './book';
import type { Ledger } from './ledger';
import { type Order, signOf } from './order';

/** IB's limit of active orders a contract, side and account. */
const MAX_ACTIVE_ORDERS = 20;

/** The reason in words; undefined when the order is taken. Children are not asked for margin: they close. */
export function rejectionOf(order: Order, book: Book, ledger: Ledger): string | undefined {
  if (book.isSpent(order.ocaGroup)) return 'OCA group is already filled.';
  const { parent } = order;
  if (parent?.phase === 'done' && parent.finalStatus !== 'Filled')
    return 'The parent order is no longer there.';
  const sameSide = book.liveOn(order.contract.conId).filter((other) => other.action === order.action);
  if (sameSide.length >= MAX_ACTIVE_ORDERS) {
    return `No more than ${MAX_ACTIVE_ORDERS} active orders are allowed on one side of a contract.`;
  }
  return parent === undefined ? marginShortfall(order, ledger) : undefined;
}

function marginShortfall(order: Order, ledger: Ledger): string | undefined {
  const held = ledger.quantity(order.contract.conId);
  const after = held + signOf(order) * order.terms.quantity;
  if (Math.abs(after) <= Math.abs(held)) return undefined;
  const equity = ledger.accountValues().EquityWithLoanValue;
  const margin = ledger.marginWith(order.contract, after);
  if (margin <= equity) return undefined;
  return `The equity with loan value of ${equity.toFixed(2)} USD does not cover the initial margin of ${margin.toFixed(2)} USD.`;
}
