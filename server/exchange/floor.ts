// The trading floor: brings orders to the market, fills them, ends them, and carries out what that does to others.
// Invariant: every change of a live order passes through here, and an ended order never changes again.
import type { Book } from './book';
import {
  afterChildCancel,
  afterParentEnd,
  afterParentFill,
  allowedQuantity,
  type ChildActivation,
} from './brackets';
import type { Effect } from './effect';
import type { Ledger } from './ledger';
import type { Mail } from './mail';
import type { Trade } from './market';
import { type Fill, isWholeAvailable, levelFor, protectionOf, restingFill, trailed } from './matching';
import { afterGroupFill } from './oca';
import { isImmediate, isStop, limitOf, type Order, type Terms, workable } from './order';
import type { Prices } from './prices';
import { notice } from './refusal';
import type { Reporter } from './reporter';
import { triggers } from './trigger';
import type { OrderStatusWord } from './words';

interface FloorRules {
  readonly childActivation: ChildActivation;
  /** IB holds stops on US futures outside liquid hours unless outsideRth is set (ib-protocol 3.10). */
  readonly stopsWaitForLiquidHours: boolean;
  /** How far from the touch a market order may fill. */
  readonly marketProtectionTicks: number;
}

export class Floor {
  /** The earliest end of a DAY order, epoch ms. */
  nextExpiryTs = Number.POSITIVE_INFINITY;

  constructor(
    private readonly rules: FloorRules,
    private readonly book: Book,
    private readonly ledger: Ledger,
    private readonly prices: Prices,
    private readonly reporter: Reporter,
    private readonly mail: Mail,
  ) {}

  /** An accepted order becomes live; it is not yet brought to the market. */
  admit(order: Order): void {
    this.book.goLive(order);
    this.setExpiry(order);
  }

  /** The market traded: every live order on the contract meets it, oldest first. */
  meetAll(trade: Trade): void {
    const orders = this.book.liveOn(trade.conId);
    if (orders.length === 0) return;
    for (const order of orders.filter((live) => workable(live) > 0)) {
      if (order.working && limitOf(order) !== undefined) this.rest(order, trade);
      else this.bring(order);
    }
  }

  /** Brings an order to the market as far as it may go now: held ones stay held, the others take or rest. */
  bring(order: Order): void {
    const trade = this.prices.of(order.contract.conId);
    if (trade === undefined || workable(order) === 0 || this.reporter.now < order.arrivesTs) return;
    if (isStop(order) && !order.triggered) {
      order.stopAt = trailed(order, trade);
      if (!triggers(order, trade) || !this.mayTrigger(order)) return;
      order.triggered = true;
      order.working = true;
      this.reporter.orderIfChanged(order);
    }
    order.working = true;
    if (order.terms.tif === 'FOK' && !isWholeAvailable(order, trade)) {
      this.kill(order);
      return;
    }
    order.protection ??= protectionOf(order, trade, this.rules.marketProtectionTicks);
    this.takeFrom(order, trade);
    if (order.phase !== 'live') return;
    if (isImmediate(order)) this.cancelRest(order);
    else this.reporter.orderIfChanged(order);
  }

  /** A change of terms arrives. A child whose parent is done is its own master: it may grow beyond the parent. */
  amend(order: Order, terms: Terms): void {
    order.terms = terms;
    order.stopAt = terms.trigger ?? order.stopAt;
    order.protection = undefined;
    const independent = order.parent?.phase === 'done';
    order.activeQuantity = independent ? terms.quantity : allowedQuantity(order, this.rules.childActivation);
    this.setExpiry(order);
    this.reporter.order(order);
    this.bring(order);
  }

  /** Cancels on request or at expiry: a child takes its siblings along. */
  cancel(order: Order, reason: string): void {
    const siblings = this.book.siblingsOf(order);
    this.end(order, 'Cancelled', reason);
    this.carryOut(afterChildCancel(siblings));
  }

  /** Ends an order with its status, and for a cancellation the notice that follows it. */
  end(order: Order, status: OrderStatusWord, reason: string): void {
    this.finish(order, status, reason);
    this.reporter.status(order);
    if (status === 'Cancelled' || status === 'ApiCancelled') this.reporter.about(order, notice.cancelled());
    this.carryOut(afterParentEnd(order, this.book.childrenOf(order), this.rules.childActivation));
  }

  /** Takes an order off the book without a word. */
  finish(order: Order, status: OrderStatusWord, reason: string): void {
    order.finalStatus = status;
    order.completedTs = this.reporter.now;
    order.completedStatus = reason;
    this.book.finish(order);
  }

  /** The session ended: cancels what was good for the day. */
  expire(): void {
    const live = this.book.allLive();
    this.nextExpiryTs = Number.POSITIVE_INFINITY;
    for (const order of live) {
      if (order.phase !== 'live') continue;
      if (order.expiresTs <= this.reporter.now) this.cancel(order, 'Expired');
      else this.nextExpiryTs = Math.min(this.nextExpiryTs, order.expiresTs);
    }
  }

  carryOut(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.order.phase === 'live') this.carryOutOne(effect);
    }
  }

  private carryOutOne(effect: Effect): void {
    const { order } = effect;
    switch (effect.kind) {
      case 'cancel':
        this.end(order, 'Cancelled', effect.reason);
        return;
      case 'resize':
        order.terms = { ...order.terms, quantity: effect.quantity };
        order.reducedBy += effect.siblingFilled;
        order.activeQuantity = Math.max(
          order.filled,
          Math.min(effect.quantity, order.activeQuantity - effect.siblingFilled),
        );
        this.reporter.order(order);
        return;
      case 'activate':
        order.activeQuantity = effect.quantity;
        this.bring(order);
        if (order.phase === 'live') this.reporter.orderIfChanged(order);
        return;
    }
  }

  /** Lets the OCA group of `order` know that it filled `size` contracts. */
  tellGroup(order: Order, size: number): void {
    if (order.ocaGroup === '') return;
    if (order.ocaType === 1) this.book.spendGroup(order.ocaGroup);
    this.carryOut(afterGroupFill(order, size, this.book.groupOf(order)));
  }

  private takeFrom(order: Order, trade: Trade): void {
    for (let index = 0; workable(order) > 0; index += 1) {
      const fill = levelFor(order, trade, index);
      if (fill === undefined) return;
      this.execute(order, fill);
    }
  }

  private rest(order: Order, trade: Trade): void {
    if (workable(order) === 0) return;
    const fill = restingFill(order, trade);
    if (fill !== undefined) this.execute(order, fill);
  }

  private execute(order: Order, fill: Fill): void {
    order.filled += fill.size;
    order.filledValue += fill.price * fill.size;
    order.lastFill = fill.price;
    if (order.filled === order.terms.quantity) this.finish(order, 'Filled', `Filled Size: ${order.filled}`);
    const reported = this.ledger.book(order, { ts: this.reporter.now, ...fill });
    this.reporter.fill(order, reported, this.ledger.position(order.contract));
    // IB blocks a group of type 1 or 2 while a member fills; one of type 3 learns of it too late.
    if (order.ocaType === 3 && this.mail.latencyMs > 0) {
      this.mail.post(this.reporter.now, { kind: 'groupFill', order, size: fill.size });
    } else this.tellGroup(order, fill.size);
    const children = this.book.childrenOf(order);
    this.carryOut(afterParentFill(order, children, this.rules.childActivation));
  }

  private cancelRest(order: Order): void {
    order.cancelPending = true;
    this.reporter.status(order);
    this.finish(order, 'Cancelled', 'Cancelled: immediate or cancel');
    this.reporter.status(order);
    this.carryOut(afterParentEnd(order, this.book.childrenOf(order), this.rules.childActivation));
  }

  /** A fill-or-kill order that cannot be filled whole is inactive, and nothing more is said of it (ib-protocol 3.2). */
  private kill(order: Order): void {
    this.finish(order, 'Inactive', 'Cancelled: fill or kill');
    this.reporter.status(order);
    this.carryOut(afterParentEnd(order, this.book.childrenOf(order), this.rules.childActivation));
  }

  private mayTrigger(order: Order): boolean {
    if (!this.rules.stopsWaitForLiquidHours || order.terms.outsideRth) return true;
    return this.prices.isLiquid(this.reporter.now);
  }

  private setExpiry(order: Order): void {
    order.expiresTs =
      order.terms.tif === 'GTC' ? Number.POSITIVE_INFINITY : this.prices.sessionEnd(this.reporter.now);
    this.nextExpiryTs = Math.min(this.nextExpiryTs, order.expiresTs);
  }
}
