// Transmission: parked orders become live, or are rejected. A whole family is reported before any of it trades.
import type { Book } from './book';
import { allowedQuantity, type ChildActivation } from './brackets';
import type { Floor } from './floor';
import type { Ledger } from './ledger';
import { isImmediate, type Order } from './order';
import type { Prices } from './prices';
import { notice, type Refusal } from './refusal';
import { rejectionOf } from './rejection';
import type { Reporter } from './reporter';
import { centralSentenceTime } from './sessions';

/** How a rejection shows: all are seen in the field (ib-protocol 3.7); `errorOnly` leaves the status out. */
export type RejectionReporting = 'statusFirst' | 'errorFirst' | 'errorOnly';

/** A gateway rarely says PendingSubmit before an order is taken or rejected (ib-protocol 3.1). */
export type Acknowledgement = 'direct' | 'pendingSubmit';

interface AdmissionRules {
  readonly latencyMs: number;
  readonly childActivation: ChildActivation;
  readonly rejectionReporting: RejectionReporting;
  readonly acknowledgement: Acknowledgement;
}

export class Admission {
  constructor(
    private readonly rules: AdmissionRules,
    private readonly book: Book,
    private readonly ledger: Ledger,
    private readonly prices: Prices,
    private readonly floor: Floor,
    private readonly reporter: Reporter,
  ) {}

  /** Admits `order` and the parked rest of its family; returns those that are now live and may be routed. */
  transmit(order: Order): Order[] {
    const family = this.book.parkedFamily(order);
    for (const member of family) {
      if (member.phase === 'parked') this.admitOrReject(member);
    }
    return family.filter((member) => member.phase === 'live');
  }

  private admitOrReject(order: Order): void {
    if (this.rules.acknowledgement === 'pendingSubmit') this.reporter.received(order);
    const reason = rejectionOf(order, this.book, this.ledger);
    if (reason === undefined) this.admit(order);
    else this.reject(order, reason);
  }

  private admit(order: Order): void {
    order.activeQuantity = allowedQuantity(order, this.rules.childActivation);
    order.arrivesTs = this.reporter.now + this.rules.latencyMs;
    this.floor.admit(order);
    if (isImmediate(order)) this.reporter.openOrder(order);
    else this.reporter.order(order);
    if (!this.prices.isClosed(order.contract.conId, this.reporter.now)) return;
    this.reporter.about(order, this.waitsForOpen(order));
    this.reporter.order(order);
  }

  /** Ends the order as Inactive with a 201; a parent takes its parked children along. */
  private reject(order: Order, reason: string): void {
    const { rejectionReporting } = this.rules;
    this.floor.finish(order, 'Inactive', reason);
    if (rejectionReporting === 'statusFirst') this.reporter.order(order);
    this.reporter.about(order, notice.rejected(reason));
    if (rejectionReporting === 'errorFirst') this.reporter.order(order);
    for (const child of this.book.parkedUnder(order)) {
      this.floor.end(child, 'Cancelled', 'Cancelled with its parent');
    }
  }

  private waitsForOpen({ action, terms, contract }: Order): Refusal {
    const what = `${action} ${terms.quantity} ${contract.localSymbol} ${contract.exchange}`;
    return notice.waitsForOpen(what, centralSentenceTime(this.prices.opensAt(this.reporter.now)));
  }
}
