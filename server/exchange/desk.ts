// The order desk: takes what clients send (new, change, cancel), refuses it or hands it on.
// Untransmitted orders are parked here without a word until a member of their family is transmitted.
import { acceptNew } from './acceptance';
import type { Admission } from './admission';
import type { Book } from './book';
import { draftOf } from './draft';
import type { Floor } from './floor';
import type { Mail, Message } from './mail';
import { changeOf } from './modification';
import { type Order, statusOf } from './order';
import { type Refusal, refuse } from './refusal';
import type { Reporter } from './reporter';
import type { Contract, OrderByHand, OrderKey, OrderRequest } from './words';

/** The client that orders placed by hand can be bound to. */
const DEFAULT_CLIENT = 0;

export type PendingCancel = 'whileOnItsWay' | 'always';

/** A change that meets another on its way follows it, or is refused with 2102 (ib-protocol 3.5). */
export type ChangeInFlight = 'queued' | 'refused';

interface DeskRules {
  readonly account: string;
  readonly listed: readonly Contract[];
  readonly nextPermId: () => number;
  readonly pendingCancel: PendingCancel;
  readonly changeInFlight: ChangeInFlight;
  readonly orderSizeMax: number;
  readonly orderValueMax: number;
  readonly lastOf: (conId: number) => number | undefined;
}

export class Desk {
  constructor(
    private readonly rules: DeskRules,
    private readonly book: Book,
    private readonly admission: Admission,
    private readonly floor: Floor,
    private readonly mail: Mail,
    private readonly reporter: Reporter,
  ) {}

  /** A new order, a change of a live one, or a parked one sent again. */
  place(request: OrderRequest): void {
    const { clientId, orderId } = request;
    const known = this.findOwn(clientId, orderId);
    if (known !== undefined) this.change(known, request);
    else if (Number.isSafeInteger(orderId) && orderId >= this.book.nextValidId(clientId)) this.open(request);
    else this.refuse(request, refuse.duplicateId());
  }

  /** A person at TWS places an order; with `bind` client 0 owns it from the start (ib-protocol 3.11). */
  placeByHand(order: OrderByHand, bind: boolean): void {
    const orderId = this.book.nextIdByHand();
    this.open({ ...order, clientId: DEFAULT_CLIENT, orderId, transmit: true }, bind);
  }

  /** Gives client 0 every live order that was placed by hand. */
  bindByHand(): void {
    for (const order of this.book.allLive()) {
      if (order.byHand === 'unbound') this.bind(order);
    }
  }

  cancel(clientId: number, orderId: number): void {
    const order = this.findOwn(clientId, orderId);
    switch (order?.phase) {
      case undefined:
        this.reporter.error(keyOfUnknown({ clientId, orderId }), refuse.cancelUnknown(orderId));
        return;
      case 'parked':
        for (const member of [order, ...this.book.parkedUnder(order)]) {
          this.floor.end(member, 'ApiCancelled', 'Never transmitted');
        }
        return;
      case 'done':
        this.refuseCancel(order);
        return;
      case 'live':
        this.cancelLive(order);
        return;
    }
  }

  /** Cancels every live order of the account; each ended one of this client is answered with 161. */
  cancelAll(clientId: number): void {
    const ended = this.book.completed().filter((order) => order.clientId === clientId);
    for (const order of this.book.allLive()) {
      if (order.phase === 'live') this.cancelLive(order);
    }
    for (const order of ended) this.reporter.about(order, refuse.notCancellable(order.permId));
  }

  /** Handles the mail that has arrived. */
  readMail(): void {
    for (;;) {
      const message = this.mail.take(this.reporter.now);
      if (message === undefined) return;
      this.handle(message);
    }
  }

  private findOwn(clientId: number, orderId: number): Order | undefined {
    const order = this.book.find(clientId, orderId);
    return order?.byHand === 'unbound' ? undefined : order;
  }

  private bind(order: Order): void {
    order.byHand = 'bound';
    this.reporter.bound(order);
  }

  private refuse(request: OrderRequest, refusal: Refusal): void {
    this.reporter.error(keyOfUnknown(request), refusal);
    this.transmitFamilyWithout(request);
  }

  private open(request: OrderRequest, bind = false): void {
    const acceptance = acceptNew(request, { ...this.rules, book: this.book });
    if (!acceptance.ok) {
      this.refuse(request, acceptance.refusal);
      return;
    }
    const { account, nextPermId } = this.rules;
    const order = draftOf(request, acceptance.accepted, { account, permId: nextPermId() });
    this.book.park(order);
    if (bind) this.bind(order);
    if (request.transmit) this.transmit(order);
  }

  private change(order: Order, request: OrderRequest): void {
    const terms = changeOf(order, request);
    if ('code' in terms) {
      this.reporter.about(order, terms);
    } else if (order.phase === 'parked') {
      order.terms = terms;
      if (request.transmit) this.transmit(order);
    } else if (this.rules.changeInFlight === 'refused' && this.mail.isUnderWay(order)) {
      this.reporter.about(order, refuse.stillProcessed());
    } else if (request.transmit) {
      this.send({ kind: 'amend', order, terms });
    }
  }

  private transmit(order: Order): void {
    for (const member of this.admission.transmit(order)) this.send({ kind: 'route', order: member });
  }

  /**
   * A child that is refused is refused alone: had it carried the transmit flag, its family still goes out,
   * without it. This is how real positions came to be without a stop (ib-protocol 3.3).
   */
  private transmitFamilyWithout({ transmit, clientId, parentId = 0 }: OrderRequest): void {
    const parent = transmit ? this.book.find(clientId, parentId) : undefined;
    if (parent?.phase === 'parked') this.transmit(parent);
  }

  private cancelLive(order: Order): void {
    if (order.cancelPending) return;
    if (this.mail.latencyMs > 0 || this.rules.pendingCancel === 'always') {
      order.cancelPending = true;
      this.reporter.status(order);
    }
    this.send({ kind: 'cancel', order });
  }

  private refuseCancel(order: Order): void {
    this.reporter.about(order, refuse.cancelDone(order.orderId, statusOf(order)));
  }

  /** Without a latency a message is handled on the spot, within the call that sent it. */
  private send(message: Message): void {
    if (this.mail.latencyMs > 0) this.mail.post(this.reporter.now, message);
    else this.handle(message);
  }

  private handle(message: Message): void {
    const { order } = message;
    switch (message.kind) {
      case 'route':
        this.floor.bring(order);
        return;
      case 'amend':
        if (order.phase === 'done') this.reporter.about(order, refuse.alreadyFilled());
        else if (message.terms.quantity <= order.filled) this.reporter.about(order, refuse.notTheSameOrder());
        else this.floor.amend(order, message.terms);
        return;
      case 'cancel':
        if (order.phase === 'live') this.floor.cancel(order, 'Cancelled by Trader');
        else if (order.finalStatus === 'Filled') this.refuseCancel(order);
        return;
      case 'groupFill':
        this.floor.tellGroup(order, message.size);
        return;
    }
  }
}

/** Names an order that the exchange does not hold. */
function keyOfUnknown(request: Pick<OrderRequest, 'clientId' | 'orderId' | 'orderRef'>): OrderKey {
  const { clientId, orderId, orderRef = '' } = request;
  return { clientId, orderId, permId: 0, orderRef };
}
