// Every order of the day, findable by client and id, family and OCA group; the live ones by contract, oldest first.
// Invariant: an order is under `live` exactly while its phase is live, and no client's order id is used twice.
import type { Order } from './order';

export class Book {
  private readonly byClient = new Map<number, Map<number, Order>>();
  private readonly live = new Map<number, Order[]>();
  private readonly highestId = new Map<number, number>();
  private readonly spentGroups = new Set<string>();
  private done: Order[] = [];
  /** -1 is taken: IB's "about no order". */
  private idByHand = -1;

  find(clientId: number, orderId: number): Order | undefined {
    return this.byClient.get(clientId)?.get(orderId);
  }

  /** Ids of orders placed by hand run downwards, out of the way of those that clients choose. */
  nextIdByHand(): number {
    this.idByHand -= 1;
    return this.idByHand;
  }

  /** The next id this client may use: above all it ever used. */
  nextValidId(clientId: number): number {
    return (this.highestId.get(clientId) ?? 0) + 1;
  }

  park(order: Order): void {
    const orders = this.byClient.get(order.clientId) ?? new Map<number, Order>();
    this.byClient.set(order.clientId, orders.set(order.orderId, order));
    this.highestId.set(order.clientId, Math.max(this.nextValidId(order.clientId) - 1, order.orderId));
  }

  goLive(order: Order): void {
    order.phase = 'live';
    const orders = this.live.get(order.contract.conId);
    if (orders === undefined) this.live.set(order.contract.conId, [order]);
    else orders.push(order);
  }

  finish(order: Order): void {
    order.phase = 'done';
    this.done.push(order);
    const orders = this.live.get(order.contract.conId);
    const index = orders?.indexOf(order) ?? -1;
    if (index >= 0) orders?.splice(index, 1);
  }

  /** The live orders on a contract, oldest first: a list to read, not to keep. */
  liveOn(conId: number): readonly Order[] {
    return this.live.get(conId) ?? [];
  }

  allLive(): Order[] {
    return [...this.live.values()].flat().sort((a, b) => a.permId - b.permId);
  }

  completed(): readonly Order[] {
    return this.done;
  }

  childrenOf(parent: Order): Order[] {
    return this.liveOn(parent.contract.conId).filter((order) => order.parent === parent);
  }

  /** Parked members of the family of `order` and itself, parent first, then as they were sent. */
  parkedFamily(order: Order): Order[] {
    const root = order.parent ?? order;
    const orders = [...(this.byClient.get(order.clientId)?.values() ?? [])];
    const family = [root, ...orders.filter((member) => member.parent === root)];
    return family.filter((member) => member.phase === 'parked');
  }

  /** The parked children of a parent. */
  parkedUnder(parent: Order): Order[] {
    return this.parkedFamily(parent).filter((member) => member.parent === parent);
  }

  siblingsOf(order: Order): Order[] {
    const { parent } = order;
    return parent === undefined ? [] : this.childrenOf(parent).filter((child) => child !== order);
  }

  /** The other live members of its OCA group. */
  groupOf(order: Order): Order[] {
    if (order.ocaGroup === '') return [];
    return this.allLive().filter((other) => other !== order && other.ocaGroup === order.ocaGroup);
  }

  /** Closes an OCA group for good: nothing may join it any more. */
  spendGroup(group: string): void {
    this.spentGroups.add(group);
  }

  isSpent(group: string): boolean {
    return this.spentGroups.has(group);
  }

  /** Forgets the orders that ended before midnight. Their ids stay used. */
  forgetDone(): void {
    for (const order of this.done) this.byClient.get(order.clientId)?.delete(order.orderId);
    this.done = [];
  }
}
