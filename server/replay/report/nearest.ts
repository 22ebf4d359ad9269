/** For an order id that is not there: those that are, nearest first. */
import type { OrderCase } from '../model/order-case';

const MOST = 5;

export class Nearest {
  ids: readonly number[] = [];

  constructor(private readonly wanted: number) {}

  take({ orderId, children }: OrderCase): void {
    const ids = new Set([...this.ids, orderId, ...children.map((child) => child.orderId)]);
    if (ids.size === this.ids.length) return;
    this.ids = [...ids].sort((a, b) => this.away(a) - this.away(b) || a - b).slice(0, MOST);
  }

  private away(id: number): number {
    return Math.abs(id - this.wanted);
  }
}
