// Parents and children (ib-protocol 3.3): a child works for what its parent has filled, never for more (but see `fullSize`).
// A parent that goes without a fill takes its children along; a child that is cancelled takes its siblings.
import type { Effect } from './effect';
import type { Order } from './order';

/**
 * `onFill`: children work for each part as it fills. `onFullFill`: they wait for the whole parent. `fullSize`: from the parent's first
 * fill they work for their whole size, and keep it when the parent ends with less.
 */
export type ChildActivation = 'onFill' | 'onFullFill' | 'fullSize';

/** Children may fill what the parent filled, less what a sibling has filled already. */
export function afterParentFill(parent: Order, children: readonly Order[], when: ChildActivation): Effect[] {
  if (when === 'onFullFill' && parent.filled < parent.terms.quantity) return [];
  return children.flatMap((child): Effect[] => {
    const quantity = activeQuantity(parent, child, when);
    return quantity > child.activeQuantity ? [{ kind: 'activate', order: child, quantity }] : [];
  });
}

/** The parent will fill no more: children shrink to its fill, and without one they are cancelled. */
export function afterParentEnd(parent: Order, children: readonly Order[], when: ChildActivation): Effect[] {
  return children.flatMap((child): Effect[] => {
    const quantity = activeQuantity(parent, child, when);
    if (quantity <= child.filled) {
      return [{ kind: 'cancel', order: child, reason: 'Cancelled with its parent' }];
    }
    const activate: Effect[] =
      quantity > child.activeQuantity ? [{ kind: 'activate', order: child, quantity }] : [];
    const resize: Effect[] =
      quantity < child.terms.quantity ? [{ kind: 'resize', order: child, quantity, siblingFilled: 0 }] : [];
    return [...activate, ...resize];
  });
}

/** A child that was cancelled, or expired, takes its siblings with it; the parent stays. */
export function afterChildCancel(siblings: readonly Order[]): Effect[] {
  return siblings.map((order) => ({ kind: 'cancel', order, reason: 'Cancelled with its sibling' }));
}

/** What an order may fill when it becomes live: all of it, but a child no more than its parent has filled. */
export function allowedQuantity(order: Order, when: ChildActivation): number {
  const { parent, terms } = order;
  if (parent === undefined) return terms.quantity;
  return parent.phase === 'live' && when === 'onFullFill' ? 0 : activeQuantity(parent, order, when);
}

function activeQuantity(parent: Order, child: Order, when: ChildActivation): number {
  if (when === 'fullSize' && parent.filled > 0) return child.terms.quantity;
  return Math.min(child.terms.quantity, Math.max(0, parent.filled - child.reducedBy));
}
