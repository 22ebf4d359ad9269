/**
 * A scripted broker: it answers commands with the callbacks that a real gateway sends, in its order (openOrder's status, execution,
 * `Filled`, commission last), and holds the truth that reports are made of. What goes wrong is said by the test.
 */
import type { BrokerOrder, BrokerReport } from '../model/broker';
import type { BrokerCommand } from '../model/command';
import type { BrokerEvent } from '../model/event';
import type { OrderSpec } from '../model/order';
import { charged, failed } from './events';
import { asReported, type Held, isWorking, statusOf, whyHeldAtFirst } from './held';
import { Ledger } from './ledger';

export type Mishap =
  /** Nothing is heard of the order, and it does not work. */
  | { kind: 'lost' }
  /** `Inactive` with IB's reason. */
  | { kind: 'refused'; code: number; text: string }
  /** Cancelled before IB acknowledged it. */
  | { kind: 'api-cancelled' }
  /** Rests although it is a market order (no other side in the book). */
  | { kind: 'rests' };

/**
 * How the children of a partly filled parent work, which IB does not say for certain: for what it has filled, at once in full,
 * or not before its last contract.
 */
export type Activation = 'scaled' | 'full' | 'complete';

export class ScriptedBroker {
  readonly orders = new Map<string, Held>();
  /** Every command that reached it. */
  readonly received: BrokerCommand[] = [];
  /** What is in store for an order, asked when it arrives. */
  mishap: (spec: OrderSpec) => Mishap | null = () => null;
  activation: Activation = 'scaled';
  /** What becomes of a change: refused with its reason, or never heard of. */
  changeMishap: (spec: OrderSpec) => 'refused' | 'lost' | null = () => null;
  /** Cancels vanish on the way. */
  losesCancels = false;
  /** Reports are not answered. */
  losesReports = false;
  /** Under which client id commands arrive: orders of another one can be seen, not changed or cancelled. */
  clientId = 7;
  /** Where market orders fill, ticks. */
  marketTicks = 0;
  /** Orders of other programs. */
  foreign: readonly BrokerOrder[] = [];
  private readonly spentGroups = new Set<string>();
  readonly ledger: Ledger;
  private lastId = 0;

  /** @param clock exchange time, ms */
  constructor(clock: () => number) {
    this.ledger = new Ledger(clock);
  }

  answer(command: BrokerCommand): BrokerEvent[] {
    this.received.push(command);
    switch (command.type) {
      case 'PlaceBracket':
        return this.bracket([command.entry, command.target, command.stop]);
      case 'PlaceOrder':
        return this.place(command.order);
      case 'ModifyOrder':
        return this.modify(command.order);
      case 'CancelOrder':
        return this.cancel(command.ref);
      case 'RequestReport':
        return this.losesReports ? [] : [{ type: 'BrokerReported', report: this.report(command.requestId) }];
    }
  }

  /** Fills an order; its group and its children learn of it before its own `Filled`, as IB tells it. */
  fill(ref: string, priceTicks: number, quantity?: number): BrokerEvent[] {
    const order = this.held(ref);
    const size = quantity ?? order.spec.quantity - order.filled;
    order.filled += size;
    const full = order.filled === order.spec.quantity;
    order.status = full ? 'Filled' : 'Submitted';
    order.whyHeld = '';
    const { execution, commission } = this.ledger.book(order, priceTicks, size);
    const executed: BrokerEvent = { type: 'ExecutionReported', execution };
    return [
      executed,
      ...this.afterFill(order),
      statusOf(order),
      charged(commission.execId, commission.micros),
    ];
  }

  /** Contracts of an order that may fill now. */
  fillable(ref: string): number {
    const order = this.held(ref);
    if (!isWorking(order) || order.whyHeld.includes('child')) return 0;
    const parent = order.spec.parentRef === null ? undefined : this.orders.get(order.spec.parentRef);
    const most = order.spec.quantity;
    const active = parent && this.activation === 'scaled' ? Math.min(most, parent.filled) : most;
    return Math.max(0, active - order.filled);
  }

  /** A stop whose trigger traded: it becomes a market order. */
  trigger(ref: string, priceTicks: number): BrokerEvent[] {
    const order = this.held(ref);
    order.status = 'Submitted';
    order.whyHeld = '';
    return [statusOf(order), ...this.fill(ref, priceTicks)];
  }

  /** The broker ends an order by itself. */
  drop(ref: string): BrokerEvent[] {
    const order = this.held(ref);
    order.status = 'Cancelled';
    return [statusOf(order), { ...failed(ref, 202, 'Order Canceled - reason:'), orderId: order.orderId }];
  }

  /** A trade in another program, of which this client hears nothing but the position. */
  tradeByHand(symbol: string, signed: number): void {
    this.ledger.tradeByHand(symbol, signed);
  }

  position(symbol: string): number {
    return this.ledger.position(symbol);
  }

  working(): readonly string[] {
    return [...this.orders.values()].filter(isWorking).map((order) => order.spec.ref);
  }

  report(requestId: number): BrokerReport {
    const all = [...this.orders.values()];
    return {
      requestId,
      openOrders: [...all.filter(isWorking).map(asReported), ...this.foreign],
      completedOrders: all.filter((order) => !isWorking(order)).map(asReported),
      ...this.ledger.reported(this.marketTicks),
    };
  }

  private bracket(specs: readonly OrderSpec[]): BrokerEvent[] {
    const [entry] = specs;
    const events = specs.flatMap((spec) => this.accept(spec));
    const children = specs.filter((spec) => spec.parentRef !== null);
    const parent = entry && this.orders.get(entry.ref);
    if (!entry || !parent) return events;
    if (parent.status === 'Inactive' || parent.status === 'ApiCancelled') {
      return [...events, ...children.flatMap((child) => this.endWithParent(child.ref))];
    }
    return entry.type === 'MKT' ? [...events, ...this.fillUnlessResting(entry)] : events;
  }

  private place(spec: OrderSpec): BrokerEvent[] {
    const events = this.accept(spec);
    const held = this.orders.get(spec.ref);
    const works = held && isWorking(held);
    return works && this.isMarketable(spec) ? [...events, ...this.fillUnlessResting(spec)] : events;
  }

  /** A limit of ours meets the market only as an exit: entries and targets rest until the test fills them. */
  private isMarketable({ role, type, side, limitTicks }: OrderSpec): boolean {
    if (type === 'MKT') return true;
    if (role !== 'exit' || type !== 'LMT' || limitTicks === null) return false;
    return side === 'SELL' ? limitTicks <= this.marketTicks : limitTicks >= this.marketTicks;
  }

  private fillUnlessResting(spec: OrderSpec): BrokerEvent[] {
    if (this.mishap(spec)?.kind === 'rests') return [];
    return this.fill(spec.ref, spec.limitTicks ?? this.marketTicks);
  }

  private accept(spec: OrderSpec): BrokerEvent[] {
    const mishap = this.mishap(spec);
    if (mishap?.kind === 'lost') return [];
    this.lastId += 1;
    const order: Held = {
      spec,
      clientId: this.clientId,
      permId: 1_438_599_000 + this.lastId,
      orderId: this.lastId,
      status: 'PreSubmitted',
      whyHeld: whyHeldAtFirst(spec),
      filled: 0,
    };
    this.orders.set(spec.ref, order);
    if (mishap?.kind === 'refused') return this.refuse(order, mishap.code, mishap.text);
    if (spec.ocaGroup !== null && this.spentGroups.has(spec.ocaGroup)) {
      return this.refuse(order, 201, 'Order rejected - reason:OCA group is already filled');
    }
    if (mishap?.kind === 'api-cancelled') {
      order.status = 'ApiCancelled';
      return [statusOf(order)];
    }
    const first = [statusOf(order), statusOf(order)];
    if (spec.type !== 'LMT' || spec.parentRef !== null) return first;
    order.status = 'Submitted';
    return [...first, statusOf(order)];
  }

  private refuse(order: Held, code: number, text: string): BrokerEvent[] {
    order.status = 'Inactive';
    return [statusOf(order), failed(order.spec.ref, code, text)];
  }

  private modify(spec: OrderSpec): BrokerEvent[] {
    const mishap = this.changeMishap(spec);
    if (mishap === 'lost') return [];
    if (mishap === 'refused') return [failed(spec.ref, 201, 'Order rejected - reason:the change')];
    const order = this.held(spec.ref);
    if (!isWorking(order)) return [failed(spec.ref, 104, 'Cannot modify a filled order.')];
    if (spec.quantity <= order.filled) {
      return [failed(spec.ref, 105, 'Order being modified does not match original order.')];
    }
    order.spec = spec;
    const told = statusOf(order);
    return spec.role === 'exit' && this.isMarketable(spec) ? [told, ...this.fillUnlessResting(spec)] : [told];
  }

  private cancel(ref: string): BrokerEvent[] {
    if (this.losesCancels) return [];
    const order = this.orders.get(ref);
    if (order?.clientId !== this.clientId)
      return [failed(ref, 10_147, `OrderId that needs to be cancelled is not found.`)];
    if (!isWorking(order))
      return [failed(ref, 10_148, `OrderId cannot be cancelled, state: ${order.status}.`)];
    order.status = 'PendingCancel';
    const pending = statusOf(order);
    const children = [...this.orders.values()].filter((child) => child.spec.parentRef === ref);
    const orphans = order.filled === 0 ? children : [];
    const waiting =
      order.filled > 0 ? children.filter((child) => isWorking(child) && child.whyHeld.includes('child')) : [];
    return [
      pending,
      ...this.drop(ref),
      ...orphans.flatMap((child) => this.endWithParent(child.spec.ref)),
      ...waiting.map((child) => this.activate(child)),
    ];
  }

  private activate(child: Held): BrokerEvent {
    const stop = child.spec.type === 'STP';
    child.whyHeld = stop ? 'trigger' : '';
    child.status = stop ? 'PreSubmitted' : 'Submitted';
    return statusOf(child);
  }

  private endWithParent(ref: string): BrokerEvent[] {
    const order = this.orders.get(ref);
    return order && isWorking(order) ? this.drop(ref) : [];
  }

  /** Its group is cancelled (type 1, with its first fill), its children begin to work. */
  private afterFill(order: Held): BrokerEvent[] {
    const { ref, ocaGroup } = order.spec;
    const events: BrokerEvent[] = [];
    if (ocaGroup !== null) this.spentGroups.add(ocaGroup);
    for (const other of this.orders.values()) {
      if (ocaGroup !== null && other !== order && other.spec.ocaGroup === ocaGroup && isWorking(other)) {
        events.push(...this.drop(other.spec.ref));
      }
      const waits = this.activation === 'complete' && order.filled < order.spec.quantity;
      if (other.spec.parentRef === ref && isWorking(other) && !waits) {
        events.push(this.activate(other));
      }
    }
    return events;
  }

  private held(ref: string): Held {
    const order = this.orders.get(ref);
    if (!order) throw new Error(`The broker has no order ${ref}.`);
    return order;
  }
}
