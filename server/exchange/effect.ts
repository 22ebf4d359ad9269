// What happening to one order does to others: decided by brackets.ts and oca.ts, carried out by the desk.
import type { Order } from './order';

export type Effect =
  | { readonly kind: 'cancel'; readonly order: Order; readonly reason: string }
  /** Its total becomes `quantity`; `siblingFilled` of the change is what an OCA sibling filled in its place. */
  | {
      readonly kind: 'resize';
      readonly order: Order;
      readonly quantity: number;
      readonly siblingFilled: number;
    }
  /** A child may now fill up to `quantity`. */
  | { readonly kind: 'activate'; readonly order: Order; readonly quantity: number };
