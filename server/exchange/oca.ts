// One-cancels-all groups (ib-protocol 3.4). Type 1: any fill cancels the others. Types 2 and 3: a fill takes its
// size off the others. Invariant: once a type 1 group has filled, nothing else in it can fill, now or later.
import type { Effect } from './effect';
import type { Order } from './order';

/** What a fill of `size` contracts by `order` does to the other live members of its group. */
export function afterGroupFill(order: Order, size: number, others: readonly Order[]): Effect[] {
  return others.map((other): Effect => {
    const quantity = other.terms.quantity - size;
    if (order.ocaType === 1 || quantity <= other.filled) {
      return { kind: 'cancel', order: other, reason: 'Cancelled by its OCA group' };
    }
    return { kind: 'resize', order: other, quantity, siblingFilled: size };
  });
}
