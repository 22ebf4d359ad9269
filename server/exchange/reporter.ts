// Says on the wire, in IB's order, what happened: openOrder then orderStatus; for a fill execDetails, orderStatus,
// commissionReport, position (ib-protocol 3.1 and 3.2). It decides nothing.
import { keyOf, type Order, orderRecord, statusOf, statusReport, whyHeld } from './order';
import type { Refusal } from './refusal';
import type { ExchangeEvent, OrderKey, Position, ReportedExecution } from './words';

/** Real gateways send a fill's status after its execution, and sometimes before it: clients must bear both. */
export type FillReporting = 'executionFirst' | 'statusFirst';

export class Reporter {
  /** Virtual time, epoch ms: the stamp of everything said. */
  now: number;
  private said: ExchangeEvent[] = [];

  constructor(
    startTs: number,
    private readonly fillReporting: FillReporting,
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
    this.say({ kind: 'openOrder', ts: this.now, order: orderRecord(order) });
    this.status(order);
  }

  /** The same, only if its status or what holds it is not what was last said. */
  orderIfChanged(order: Order): void {
    if (order.reported !== word(order)) this.order(order);
  }

  status(order: Order): void {
    order.reported = word(order);
    this.say({ kind: 'orderStatus', ts: this.now, status: statusReport(order) });
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
    if (this.fillReporting === 'statusFirst') this.status(order);
    this.say({ kind: 'execDetails', ts: this.now, execution });
    if (this.fillReporting === 'executionFirst') this.status(order);
    this.say({ kind: 'commissionReport', ts: this.now, report: commissionReport });
    this.say({ kind: 'position', ts: this.now, position });
  }
}

function word(order: Order): string {
  return `${statusOf(order)} ${whyHeld(order)}`;
}
