// Says on the wire, in IB's order, what happened: openOrder then orderStatus; for a fill execDetails, orderStatus,
// commissionReport, position (ib-protocol 3.1 and 3.2). It decides nothing.
import { keyOf, type Order, orderRecord, statusOf, statusReport, whyHeld } from './order';
import type { Refusal } from './refusal';
import type { ExchangeEvent, OrderKey, Position, ReportedExecution } from './words';

/**
 * Real gateways send a fill's status after its execution, and sometimes before it: clients must bear both. `withOpenOrders` tells the order
 * with its status, and again with its commission, as was seen for shares; `noStatus` leaves the status out, as may happen with market orders.
 */
export type FillReporting = 'executionFirst' | 'statusFirst' | 'withOpenOrders' | 'noStatus';

interface ReportingRules {
  readonly fillReporting: FillReporting;
  /** How often each pair of openOrder and orderStatus is said again. */
  readonly duplicateReports: number;
}

export class Reporter {
  /** Virtual time, epoch ms: the stamp of everything said. */
  now: number;
  private said: ExchangeEvent[] = [];
  /** $, by permId, of orders whose commission is told with them. */
  private readonly commissions = new Map<number, number>();

  constructor(
    startTs: number,
    private readonly rules: ReportingRules,
  ) {
    this.now = startTs;
  }

  /** Everything said since the last time this was asked. */
  take(): ExchangeEvent[] {
    const events = this.said;
    this.said = [];
    return events;
  }

  say(event: ExchangeEvent): void {
    this.said.push(event);
  }

  /** openOrder, then orderStatus with the same word. */
  order(order: Order): void {
    for (let time = 0; time <= this.rules.duplicateReports; time += 1) {
      this.openOrder(order);
      this.status(order);
    }
  }

  openOrder(order: Order): void {
    const commission = this.commissions.get(order.permId);
    const record = orderRecord(order);
    this.say({
      kind: 'openOrder',
      ts: this.now,
      order: commission === undefined ? record : { ...record, commission },
    });
  }

  /** The same, only if its status or what holds it is not what was last said. */
  orderIfChanged(order: Order): void {
    if (order.reported !== word(order)) this.order(order);
  }

  status(order: Order): void {
    order.reported = word(order);
    this.say({ kind: 'orderStatus', ts: this.now, status: statusReport(order) });
  }

  /** The order has arrived; whether it is taken is not known yet. */
  received(order: Order): void {
    const status = { ...statusReport(order), status: 'PendingSubmit', whyHeld: '' } as const;
    this.say({ kind: 'orderStatus', ts: this.now, status });
  }

  error(key: OrderKey, { code, text }: Refusal): void {
    this.say({ kind: 'error', ts: this.now, ...key, code, text });
  }

  /** An order placed by hand has an owner now. */
  bound(order: Order): void {
    this.say({ kind: 'orderBound', ts: this.now, ...keyOf(order) });
  }

  about(order: Order, news: Refusal): void {
    this.error(keyOf(order), news);
  }

  fill(order: Order, { execution, commissionReport }: ReportedExecution, position: Position): void {
    const { fillReporting } = this.rules;
    if (fillReporting === 'statusFirst') this.status(order);
    this.say({ kind: 'execDetails', ts: this.now, execution });
    if (fillReporting === 'withOpenOrders') this.openOrder(order);
    if (fillReporting === 'executionFirst' || fillReporting === 'withOpenOrders') this.status(order);
    if (fillReporting === 'withOpenOrders') {
      const before = this.commissions.get(order.permId) ?? 0;
      this.commissions.set(order.permId, before + commissionReport.commission);
      this.openOrder(order);
    }
    this.say({ kind: 'commissionReport', ts: this.now, report: commissionReport });
    this.say({ kind: 'position', ts: this.now, position });
  }
}

function word(order: Order): string {
  return `${statusOf(order)} ${whyHeld(order)}`;
}
