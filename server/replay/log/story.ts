/**
 * Reads entries in time and tells the orders: what the bot knew when it placed each, and what became of it. An order id was used for
 * several orders, so a number that is placed again later is another order.
 */
import type { Evidence } from '../model/order-case';
import type { Unread } from '../report/report';
import { type Draft, draftOf } from './draft';
import type { EvidenceShelf } from './evidence';
import { BEFORE_MS, Knowledge, recent } from './knowledge';
import { OpenOrders } from './open-orders';
import { type LogEntry, type OrderSaid, quoted, type Said } from './said';

/** The same number again so much later is another order. */
const SAME_ORDER_MS = 60_000;
const SHOWN = 50;

type Alert = Extract<Said, { kind: 'alert' }>;

export class Story {
  /** What became of orders whose placing is not told, or was told more than a day before. */
  strangers = 0;
  readonly unread: { count: number; shown: Unread[] } = { count: 0, shown: [] };
  readonly suppressed: { count: number; shown: Evidence[] } = { count: 0, shown: [] };
  private readonly orders = new OpenOrders();
  private readonly bot = new Knowledge();
  private latestOrder: Draft | null = null;
  private held: { ts: number } | null = null;
  private executed: Draft | null = null;
  private alert: { ts: number; said: Alert; entry: LogEntry } | null = null;

  constructor(private readonly shelf: EvidenceShelf) {}

  take(entry: LogEntry): void {
    const { said, ts } = entry;
    switch (said?.kind) {
      case undefined:
        this.notRead(
          { ...entry, text: quoted(entry) },
          'It looks like a line of the bot and cannot be read.',
        );
        break;
      case 'price':
      case 'position':
      case 'signal':
      case 'advice':
      case 'unenforced':
      case 'levels':
        this.bot.learn(entry, said);
        break;
      case 'suppressed':
        this.held = { ts };
        this.heldBack(entry);
        break;
      case 'alert':
        this.told(entry, said);
        break;
      case 'exit wanted':
      case 'entry wanted':
      case 'limit':
      case 'stop':
      case 'target':
        this.bot.wish(said, ts, this.shelf.keep(entry));
        break;
      case 'recorded':
        this.recorded(entry, said);
        break;
      case 'order':
        if (said.orderId === 0) this.nothingSent(entry);
        else this.order(entry, said);
        break;
      case 'child':
        this.child(entry, said);
        break;
      case 'status':
        this.status(entry, said);
        break;
      case 'execution':
        this.execution(entry, said);
        break;
    }
  }

  notRead({ source, line, text }: Evidence, why: string): void {
    this.unread.count += 1;
    if (this.unread.shown.length < SHOWN)
      this.unread.shown.push({ source, line, text: text.slice(0, 300), why });
  }

  /** Orders of which no more is expected, in the order of their placing. What is said of them from now on is counted among `strangers`. */
  settled(ts: number | null): readonly Draft[] {
    return this.orders.settled(ts);
  }

  private recorded(entry: LogEntry, said: Extract<Said, { kind: 'recorded' }>): void {
    const known = this.orders.get(said.orderId);
    const again = known?.recorded === true && entry.ts - known.ts > SAME_ORDER_MS;
    const draft = known && !again ? known : this.begin(said.orderId, entry, false);
    const { side, quantity, symbol, action } = said;
    if (draft.side !== null && draft.side !== side) draft.notes.push('Its side is told in two ways.');
    Object.assign(draft, { side, quantity, symbol, action, recorded: true });
    this.attach(draft, entry);
    this.tellEarlier(draft);
  }

  private order(entry: LogEntry, said: OrderSaid): void {
    const known = this.orders.get(said.orderId);
    const again = known !== undefined && said.submitted && entry.ts - known.ts > SAME_ORDER_MS;
    const draft = known && !again ? known : this.begin(said.orderId, entry, said.child);
    draft.action ??= said.action;
    draft.side ??= said.side;
    draft.quantity ??= said.quantity;
    draft.symbol ??= said.symbol;
    draft.type ??= said.type;
    draft.limit ??= said.limit;
    draft.lastTradeDate ??= said.lastTradeDate;
    draft.status = said.status ?? draft.status;
    draft.exit ||= said.exit;
    if (said.side !== null && said.side !== draft.side) draft.notes.push('Its side is told in two ways.');
    this.attach(draft, entry);
    this.tellEarlier(draft);
  }

  private begin(orderId: number, entry: LogEntry, child: boolean): Draft {
    const { context, lines } = this.bot.handTo(child, entry.ts);
    const draft = draftOf(orderId, entry.ts, context, child);
    this.orders.add(draft);
    this.latestOrder = draft;
    for (const line of lines) this.attach(draft, line);
    if (!this.shelf.isSpent) draft.evidence.push(...(context.wish?.evidence ?? []));
    return draft;
  }

  private child(entry: LogEntry, { orderId, parentId, role }: Extract<Said, { kind: 'child' }>): void {
    const draft = this.orders.get(orderId) ?? this.begin(orderId, entry, true);
    this.orders.hang(draft, parentId);
    Object.assign(draft, { child: true, parentId, role });
    this.attach(draft, entry);
  }

  private status(entry: LogEntry, said: Extract<Said, { kind: 'status' }>): void {
    const draft = this.known(said.orderId);
    if (!draft) return;
    draft.status = said.status;
    if (/Submitted$/.test(said.status)) draft.workingTs ??= entry.ts;
    draft.filled = Math.max(draft.filled, said.filled ?? 0);
    draft.average = said.average ?? draft.average;
    this.attach(draft, entry);
  }

  private execution(entry: LogEntry, said: Extract<Said, { kind: 'execution' }>): void {
    const draft = this.known(said.orderId);
    if (!draft) return;
    const { quantity, price } = said;
    draft.executions.push({ ts: entry.ts, quantity, price });
    this.executed = draft;
    this.attach(draft, entry);
    this.bot.executed(draft, quantity, entry.ts);
  }

  /** The alert follows the fill in the newer version of the bot, and comes before the order's number in the older one. */
  private told(entry: LogEntry, said: Alert): void {
    const fits = (draft: Draft | null) => {
      return draft !== null && draft.side === said.side && entry.ts - draft.ts <= BEFORE_MS && !draft.alert;
    };
    const last = this.latestOrder;
    const draft = fits(this.executed) ? this.executed : fits(last) && !last?.child ? last : null;
    if (draft) this.tell(draft, said, entry);
    else this.alert = { ts: entry.ts, said, entry };
  }

  private tellEarlier(draft: Draft): void {
    const { alert } = this;
    if (!alert || draft.child || draft.alert || draft.side !== alert.said.side) return;
    const same = draft.quantity === null || draft.quantity === alert.said.quantity;
    if (same && draft.ts - alert.ts <= BEFORE_MS) {
      this.alert = null;
      this.tell(draft, alert.said, alert.entry);
    }
  }

  private tell(draft: Draft, { quantity, price, stop, target }: Alert, entry: LogEntry): void {
    draft.alert = { quantity, price, stop, target };
    this.attach(draft, entry);
  }

  private heldBack(entry: LogEntry): void {
    this.suppressed.count += 1;
    if (this.suppressed.shown.length < SHOWN) this.suppressed.shown.push(this.shelf.keep(entry));
  }

  /** `orderId=0`: an empty order, which the bot calls placed. It is the one that was held back a moment ago, or one more. */
  private nothingSent(entry: LogEntry): void {
    const counted = recent(this.held, entry.ts) !== null;
    this.held = null;
    if (!counted) this.heldBack(entry);
  }

  private known(orderId: number): Draft | undefined {
    const draft = this.orders.get(orderId);
    if (!draft) this.strangers += 1;
    return draft;
  }

  private attach(draft: Draft, entry: LogEntry): void {
    draft.heardTs = Math.max(draft.heardTs, entry.ts);
    this.shelf.attach(draft, entry);
  }
}
