// The simulated IB, whole: clients' requests and virtual time in, IB's callbacks out, in the order of the wire.
// Deterministic: the same options and the same calls give the same events. It reads no clock and does no I/O.
import { Admission } from './admission';
import { barInPoints, MinuteBars } from './bars';
import { Book } from './book';
import { detailsOf, matches } from './contracts';
import { Desk } from './desk';
import { Floor } from './floor';
import { Ledger } from './ledger';
import { Mail } from './mail';
import type { Market, Move } from './market';
import { type ExchangeOptions, STANDARD, STANDARD_COMMISSIONS } from './options';
import { type Order, orderRecord } from './order';
import { Prices, quoteOf } from './prices';
import { seededRandom } from './random';
import { Reporter } from './reporter';
import { type Calendar, nextMidnight } from './sessions';
import { TradeMemory } from './trade-memory';
import type {
  AccountValues,
  Bar,
  Contract,
  ContractDetails,
  ContractQuery,
  ExchangeEvent,
  ExecutionFilter,
  OrderByHand,
  OrderRecord,
  OrderRequest,
  Pnl,
  Position,
  Quote,
  ReportedExecution,
} from './words';

export type { ExchangeOptions };

export class Exchange {
  readonly account: string;
  /** One sentence part about the market, for a start-up line. */
  readonly description: string;
  private readonly market: Market;
  private readonly listed: readonly Contract[];
  private readonly book = new Book();
  private readonly prices: Prices;
  private readonly ledger: Ledger;
  private readonly reporter: Reporter;
  private readonly mail: Mail;
  private readonly floor: Floor;
  private readonly desk: Desk;
  private readonly series = new Map<number, MinuteBars>();
  private readonly memory: TradeMemory;
  private midnightTs: number;

  constructor(options: ExchangeOptions) {
    const rules = { ...STANDARD, ...options };
    const { seed, startTs, account, run = seed + startTs } = rules;
    this.account = account;
    this.market = rules.market({ seed, startTs });
    this.description = this.market.description;
    this.listed = this.market.listed;
    for (const { conId } of this.listed) this.series.set(conId, new MinuteBars(this.market.history(conId)));
    this.memory = new TradeMemory(rules.tradesRemembered);
    this.prices = new Prices(this.market);
    this.reporter = new Reporter(startTs, rules);
    const commissions = { ...STANDARD_COMMISSIONS, ...options.commissions };
    this.ledger = new Ledger({ ...rules, run, commissions });
    this.mail = new Mail(rules.latencyMs);
    const { book, ledger, prices, reporter, mail, listed } = this;
    this.floor = new Floor(rules, book, ledger, prices, reporter, mail);
    const admission = new Admission(rules, book, ledger, prices, this.floor, reporter);
    const nextPermId = permIds(run);
    this.desk = new Desk(
      { ...rules, account, listed, nextPermId, lastOf: (conId) => this.prices.of(conId)?.last },
      book,
      admission,
      this.floor,
      mail,
      reporter,
    );
    this.midnightTs = nextMidnight(startTs);
  }

  /** Virtual time, epoch ms. */
  get now(): number {
    return this.reporter.now;
  }

  /** When something happens next without a request, epoch ms: Infinity at the end of a tape with no order due. */
  nextEventTs(): number {
    return Math.min(this.market.nextTs(), this.floor.nextExpiryTs, this.mail.nextTs());
  }

  /** Lets the market and all that follows from it happen up to and including `ts`. @throws RangeError for the past, and for a time without end. */
  advanceTo(ts: number): ExchangeEvent[] {
    if (!(ts >= this.now && Number.isFinite(ts)))
      throw new RangeError(`time cannot go from ${this.now} to ${ts}`);
    for (;;) {
      const next = Math.min(this.nextEventTs(), this.midnightTs);
      if (next > ts) break;
      this.reporter.now = Math.max(this.now, next);
      this.happen();
    }
    this.reporter.now = ts;
    return this.reporter.take();
  }

  /** A new order, or with a known `orderId` a change of it. Refusals are error events; nothing is thrown. */
  placeOrder(request: OrderRequest): ExchangeEvent[] {
    this.desk.place(request);
    return this.reporter.take();
  }

  /** A person places an order in TWS: it is nobody's until client 0 binds it, or at once when that is what client 0 asked for. */
  placeByHand(order: OrderByHand, { bind }: { readonly bind: boolean }): ExchangeEvent[] {
    this.desk.placeByHand(order, bind);
    return this.reporter.take();
  }

  /** Binds the live orders that were placed by hand to client 0, each under a negative id. */
  bindByHand(): ExchangeEvent[] {
    this.desk.bindByHand();
    return this.reporter.take();
  }

  /** Cancels one order of this client: 202 follows, or 10147 and 10148 when there is nothing to cancel. */
  cancelOrder(clientId: number, orderId: number): ExchangeEvent[] {
    this.desk.cancel(clientId, orderId);
    return this.reporter.take();
  }

  /** Cancels every live order of the account, whoever placed it. */
  globalCancel(clientId: number): ExchangeEvent[] {
    this.desk.cancelAll(clientId);
    return this.reporter.take();
  }

  nextValidId(clientId: number): number {
    return this.book.nextValidId(clientId);
  }

  /** The listed contracts that fit; of each product the one with quotes comes first. */
  contracts(query: ContractQuery): ContractDetails[] {
    return this.listed
      .filter((contract) => matches(contract, query))
      .map((contract) => detailsOf(contract, this.market.calendar, this.now));
  }

  /** Live orders, oldest first; untransmitted ones are nobody's business, and those by hand nobody's own before they are bound. */
  openOrders(clientId: number | 'all'): OrderRecord[] {
    const orders = this.book.allLive();
    const isOwn = (order: Order) => order.clientId === clientId && order.byHand !== 'unbound';
    return orders.filter((order) => clientId === 'all' || isOwn(order)).map(orderRecord);
  }

  /** Orders that ended since midnight, in the order of their end. */
  completedOrders(): OrderRecord[] {
    return this.book.completed().filter(wasTransmitted).map(orderRecord);
  }

  /** Executions since midnight, exchange time, each with its commission report. */
  executions(filter?: ExecutionFilter): ReportedExecution[] {
    return this.ledger.executions(filter);
  }

  /** What is held; closed positions are not listed. */
  positions(): Position[] {
    return this.ledger.positions();
  }

  /** What is held of the contract, or was today: undefined when it has not been traded. */
  position(conId: number): Position | undefined {
    return this.ledger.positionOf(conId);
  }

  accountValues(): AccountValues {
    return this.ledger.accountValues();
  }

  pnl(): Pnl {
    return this.ledger.pnl();
  }

  /** The contract's market now, all prices undefined while it is closed; undefined for a contract not listed. */
  quote(conId: number): Quote | undefined {
    if (!this.series.has(conId)) return undefined;
    const trade = this.prices.of(conId);
    return quoteOf(trade ?? { kind: 'close', conId, ts: this.now });
  }

  /** The contract's market as its last trade at or before `ts` left it; undefined where that is not remembered. */
  pastQuote(conId: number, ts: number): Quote | undefined {
    const trade = this.memory.at(conId, ts);
    return trade && quoteOf(trade);
  }

  /** Sessions and liquid hours of this market. */
  get calendar(): Calendar {
    return this.market.calendar;
  }

  /** The last trades of the contract, oldest first, each with the market it left: at most `tradesRemembered`. */
  trades(conId: number): Quote[] {
    return this.memory.of(conId).map(quoteOf);
  }

  /** Bars that begin in `[endTs - durationMs, endTs)`, the forming one included. @throws RangeError: whole minutes only. */
  bars(
    conId: number,
    range: { readonly endTs: number; readonly durationMs: number; readonly barMs: number },
  ): Bar[] {
    return this.series.get(conId)?.range(range) ?? [];
  }

  /** Midnight, exchange time: the executions and the orders that are done are of yesterday. */
  turnDay(): void {
    this.midnightTs = nextMidnight(this.now);
    this.ledger.turnDay();
    this.book.forgetDone();
  }

  private happen(): void {
    const { now } = this;
    if (this.midnightTs <= now) this.turnDay();
    if (this.mail.nextTs() <= now) this.desk.readMail();
    if (this.floor.nextExpiryTs <= now) this.floor.expire();
    if (this.market.nextTs() <= now) this.onMove(this.market.next());
  }

  private onMove(move: Move): void {
    this.prices.note(move);
    this.noteBar(move);
    this.reporter.say({ kind: 'quote', ts: move.ts, quote: quoteOf(move) });
    if (move.kind === 'close') return;
    this.memory.note(move);
    this.ledger.mark(move.conId, move.last);
    this.floor.meetAll(move);
  }

  private noteBar(move: Move): void {
    const { ts, conId } = move;
    const series = this.series.get(conId);
    const ended = move.kind === 'close' ? series?.close() : series?.add(ts, move.last, move.lastSize);
    if (ended !== undefined) this.reporter.say({ kind: 'bar', ts, conId, bar: barInPoints(ended) });
  }
}

/** Ascending ids that begin somewhere the run says, as the account's orders of other days would have it. */
function permIds(run: number): () => number {
  let permId = 1_000_000_000 + seededRandom(run).below(1_000_000_000);
  return () => {
    permId += 1;
    return permId;
  };
}

function wasTransmitted(order: Order): boolean {
  return order.finalStatus !== 'ApiCancelled';
}
