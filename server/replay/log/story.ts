/**
 * Reads entries in time and tells the orders: what the bot knew when it placed each, and what became of it. An order id was used for
 * several orders, so a number that is placed again later is another order.
 */
import { signOf } from '../../engine/model/order';
import type { Evidence } from '../model/order-case';
import type { Unread } from '../report/report';
import { type Context, type Draft, draftOf, type Wish } from './draft';
import type { EvidenceShelf } from './evidence';
import { type LogEntry, type OrderSaid, quoted, type Said } from './said';

/** A signal, an answer or a wish that is older says nothing of this order. */
const BEFORE_MS = 120_000;
/** The same number again so much later is another order. */
const SAME_ORDER_MS = 60_000;
const SHOWN = 50;

const DAY_MS = 86_400_000;
/** So long after its last word an order that has ended is taken as told. */
const QUIET_MS = 600_000;

export class Story {
  /** What became of orders whose placing is not told, or was told more than a day before. */
  strangers = 0;
  readonly unread: { count: number; shown: Unread[] } = { count: 0, shown: [] };
  readonly suppressed: { count: number; shown: Evidence[] } = { count: 0, shown: [] };
  /** Orders of which more may be said, by the time of their placing; children hang on theirs. */
  private open: Draft[] = [];
  private latestOrder: Draft | null = null;
  private readonly byId = new Map<number, Draft>();
  private context: Context = { signal: null, advice: null, positions: {}, market: null, wish: null };
  private latest: LogEntry[] = [];
  private held: { ts: number } | null = null;
  private executed: Draft | null = null;
  private alert: { ts: number; said: Extract<Said, { kind: 'alert' }>; entry: LogEntry } | null = null;

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
        this.context = { ...this.context, market: { ts, price: said.price, by: 'price read' } };
        break;
      case 'position':
      case 'signal':
      case 'advice':
      case 'unenforced':
      case 'levels':
        this.context = { ...this.context, ...learnt(this.context, said, ts) };
        this.remember(entry);
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
        this.wish(entry, said);
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

  /** The last few lines that an order may rest on. */
  private remember(entry: LogEntry): void {
    const same = this.latest.filter(
      ({ said, ts }) => said?.kind !== entry.said?.kind && entry.ts - ts <= BEFORE_MS,
    );
    this.latest = [...same, entry];
  }

  /** Each placing begins a wish of its own; what belongs to one comes within seconds. */
  private wish(entry: LogEntry, said: Said): void {
    const begins = said.kind === 'exit wanted' || said.kind === 'entry wanted';
    const known = this.recent(this.context.wish, entry.ts);
    const turns =
      said.kind === 'entry wanted' ? known?.exit === true : said.kind === 'exit wanted' && known?.entry;
    const last = known && !turns ? known : emptyWish(entry.ts);
    const wish: Wish = { ...last, ts: begins ? entry.ts : last.ts };
    if (said.kind === 'exit wanted') {
      wish.exit = true;
      wish.position = said.position ?? wish.position;
    }
    if (said.kind === 'entry wanted') {
      wish.entry = true;
      wish.position = said.position ?? wish.position;
    }
    if (said.kind === 'limit') wish.limit = said.price;
    if (said.kind === 'stop' || said.kind === 'target') {
      wish.bracketed = true;
      wish[said.kind] = said.price;
    }
    wish.evidence = [...last.evidence.slice(-8), this.shelf.keep(entry)];
    this.context = { ...this.context, wish };
  }

  private recent<T extends { ts: number }>(known: T | null, ts: number): T | null {
    return known !== null && Math.abs(ts - known.ts) <= BEFORE_MS ? known : null;
  }

  private recorded(entry: LogEntry, said: Extract<Said, { kind: 'recorded' }>): void {
    const known = this.byId.get(said.orderId);
    const again = known?.recorded === true && entry.ts - known.ts > SAME_ORDER_MS;
    const draft = known && !again ? known : this.begin(said.orderId, entry, false);
    const { side, quantity, symbol, action } = said;
    if (draft.side !== null && draft.side !== side) draft.notes.push('Its side is told in two ways.');
    Object.assign(draft, { side, quantity, symbol, action, recorded: true });
    this.attach(draft, entry);
    this.tellEarlier(draft);
  }

  private order(entry: LogEntry, said: OrderSaid): void {
    const known = this.byId.get(said.orderId);
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
    const { signal, advice, wish, market, positions } = this.context;
    const context: Context = {
      positions,
      market: this.recent(market, entry.ts),
      signal: this.recent(signal, entry.ts),
      advice: this.recent(advice, entry.ts),
      wish: child ? null : this.recent(wish, entry.ts),
    };
    const draft = draftOf(orderId, entry.ts, context, child);
    this.byId.set(orderId, draft);
    this.latestOrder = draft;
    this.queue(draft);
    if (!child) {
      for (const line of this.latest) if (entry.ts - line.ts <= BEFORE_MS) this.attach(draft, line);
      if (!this.shelf.isSpent) draft.evidence.push(...(context.wish?.evidence ?? []));
      this.context = { ...this.context, wish: null };
    }
    return draft;
  }

  private child(entry: LogEntry, { orderId, parentId, role }: Extract<Said, { kind: 'child' }>): void {
    const draft = this.byId.get(orderId) ?? this.begin(orderId, entry, true);
    const parent = draft.parentId === null ? this.byId.get(parentId) : undefined;
    if (parent && parent !== draft) {
      parent.children.push(draft);
      this.open = this.open.filter((other) => other !== draft);
    }
    Object.assign(draft, { child: true, parentId, role });
    this.attach(draft, entry);
  }

  /** In the order of their placing. */
  private queue(draft: Draft): void {
    let at = this.open.length;
    while (at > 0 && isBefore(draft, this.open[at - 1] as Draft)) at -= 1;
    this.open.splice(at, 0, draft);
  }

  /**
   * Orders of which no more is expected, in the order of their placing: they have ended, or a day has passed. @param ts null: the log has ended.
   * What is said of them from now on is counted among `strangers`.
   */
  settled(ts: number | null): readonly Draft[] {
    const waits = this.open.findIndex((draft) => ts !== null && !isSettled(draft, ts));
    if (waits === 0) return [];
    const told = this.open.splice(0, waits === -1 ? this.open.length : waits);
    for (const draft of told.flatMap((one) => [one, ...one.children])) {
      if (this.byId.get(draft.orderId) === draft) this.byId.delete(draft.orderId);
    }
    return told;
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

  private execution(
    entry: LogEntry,
    { orderId, quantity, price }: Extract<Said, { kind: 'execution' }>,
  ): void {
    const draft = this.known(orderId);
    if (!draft) return;
    draft.executions.push({ ts: entry.ts, quantity, price });
    this.executed = draft;
    this.attach(draft, entry);
    const { side, symbol } = draft;
    const before = symbol === null ? undefined : this.context.positions[symbol];
    if (side === null || symbol === null || !before) return;
    const after = Math.round(before.quantity + signOf(side) * quantity);
    this.context = {
      ...this.context,
      positions: {
        ...this.context.positions,
        [symbol]: { quantity: after, ts: entry.ts, by: 'executions' },
      },
    };
  }

  /** The alert follows the fill in the newer version of the bot, and comes before the order's number in the older one. */
  private told(entry: LogEntry, said: Extract<Said, { kind: 'alert' }>): void {
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

  private tell(
    draft: Draft,
    { quantity, price, stop, target }: Extract<Said, { kind: 'alert' }>,
    entry: LogEntry,
  ): void {
    draft.alert = { quantity, price, stop, target };
    this.attach(draft, entry);
  }

  private heldBack(entry: LogEntry): void {
    this.suppressed.count += 1;
    if (this.suppressed.shown.length < SHOWN) this.suppressed.shown.push(this.shelf.keep(entry));
  }

  /** `orderId=0`: an empty order, which the bot calls placed. It is the one that was held back a moment ago, or one more. */
  private nothingSent(entry: LogEntry): void {
    const counted = this.recent(this.held, entry.ts) !== null;
    this.held = null;
    if (!counted) this.heldBack(entry);
  }

  private known(orderId: number): Draft | undefined {
    const draft = this.byId.get(orderId);
    if (!draft) this.strangers += 1;
    return draft;
  }

  private attach(draft: Draft, entry: LogEntry): void {
    draft.heardTs = Math.max(draft.heardTs, entry.ts);
    this.shelf.attach(draft, entry);
  }
}

function isBefore(one: Draft, other: Draft): boolean {
  return one.ts < other.ts || (one.ts === other.ts && one.orderId < other.orderId);
}

/** Of a day order nothing is said on the next day. */
function isSettled(draft: Draft, ts: number): boolean {
  return ts - draft.ts > DAY_MS || [draft, ...draft.children].every((one) => hasEnded(one, ts));
}

function hasEnded({ status, heardTs }: Draft, ts: number): boolean {
  return /^(Filled|Cancelled|ApiCancelled|Inactive)$/.test(status ?? '') && ts - heardTs > QUIET_MS;
}

type Learnt = Extract<Said, { kind: 'position' | 'signal' | 'advice' | 'unenforced' | 'levels' }>;

/** What the bot knows from now on. Computed levels are only quoted: nothing says that they were sent. */
function learnt({ positions, advice }: Context, said: Learnt, ts: number): Partial<Context> {
  switch (said.kind) {
    case 'position':
      return { positions: { ...positions, [said.symbol]: { quantity: said.quantity, ts, by: 'broker' } } };
    case 'signal': {
      const { kind: _, ...signal } = said;
      return { signal: { ts, ...signal } };
    }
    case 'advice':
      return { advice: { ts, verdict: said.verdict, confidence: said.confidence, enforced: null } };
    case 'unenforced':
      return advice === null ? {} : { advice: { ...advice, enforced: false } };
    case 'levels':
      return {};
  }
}

function emptyWish(ts: number): Wish {
  return {
    ts,
    exit: false,
    entry: false,
    position: null,
    limit: null,
    stop: null,
    target: null,
    bracketed: false,
    evidence: [],
  };
}
