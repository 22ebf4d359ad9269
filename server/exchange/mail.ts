// What is on its way between client, IB and exchange. The latency is the same for all, so mail arrives in order.
import type { Order, Terms } from './order';

export type Message =
  | { readonly kind: 'route'; readonly order: Order }
  | { readonly kind: 'amend'; readonly order: Order; readonly terms: Terms }
  | { readonly kind: 'cancel'; readonly order: Order }
  /** Word of a fill, to the other members of a type 3 OCA group. */
  | { readonly kind: 'groupFill'; readonly order: Order; readonly size: number };

export class Mail {
  private readonly onTheWay: { readonly ts: number; readonly message: Message }[] = [];

  constructor(readonly latencyMs: number) {}

  /** When the next message arrives, epoch ms; Infinity when none is on its way. */
  nextTs(): number {
    return this.onTheWay[0]?.ts ?? Number.POSITIVE_INFINITY;
  }

  post(now: number, message: Message): void {
    this.onTheWay.push({ ts: now + this.latencyMs, message });
  }

  /** Is the order itself, or a change or cancel of it, on its way? */
  isUnderWay(order: Order): boolean {
    return this.onTheWay.some(({ message }) => message.order === order && message.kind !== 'groupFill');
  }

  /** Takes the next message that has arrived by `now`; undefined when there is none. */
  take(now: number): Message | undefined {
    return this.nextTs() <= now ? this.onTheWay.shift()?.message : undefined;
  }
}
