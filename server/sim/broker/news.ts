/** What the exchange says, on its way to the client whom it concerns, through whatever weather there is. */
import { type Contract, EventName } from '@stoqey/ib';
import type { ExchangeEvent, Execution, OrderKey, OrderStatus, Quote } from '../../exchange/words';
import type { Counter, Customs, Peer } from './peer';
import { commissionArgs, execDetailsArgs, openOrderArgs, orderStatusArgs } from './words';

const STATUSES_REMEMBERED = 12;
const STALE_MS = 3_000;
const LATE_COMMISSION_MS = 6_000;

/** IB's tick types: price, and the size that goes with it. */
const BID = { price: 1, size: 0 };
const ASK = { price: 2, size: 3 };
const LAST = { price: 4, size: 5 };

interface Line {
  readonly requestId: number;
  readonly client: Peer;
  readonly conId: number;
  readonly symbol: string;
  resting: boolean;
}

export class News {
  private lines: Line[] = [];
  /** Another session of this login has the quotes. */
  private taken = false;
  private garbled = false;
  /** By contract root: when a picture of its market was last told to anybody, epoch ms. */
  readonly quotedTs = new Map<string, number>();
  private readonly statuses: (readonly unknown[])[] = [];
  /** By the execId that they correct. */
  private readonly corrections = new Map<string, Execution>();

  constructor(
    private readonly gateway: Counter,
    private readonly customs: Customs,
    private readonly positionsChanged: (ts: number) => void,
  ) {}

  spread(event: ExchangeEvent): void {
    switch (event.kind) {
      case 'openOrder':
        this.toOwner(event.order, (client) =>
          this.tellTwice(client, EventName.openOrder, openOrderArgs(event.order)),
        );
        break;
      case 'orderStatus':
        this.toOwner(event.status, (client) => this.status(client, event.status));
        break;
      case 'execDetails':
        this.toOwner(event.execution, (client) => this.execution(client, event.execution));
        break;
      case 'commissionReport':
        this.toOwner(event.report, (client) => this.commission(client, commissionArgs(event.report)));
        break;
      case 'error':
        this.toOwner(event, (client) =>
          client.tell(EventName.error, [new Error(event.text), event.code, event.orderId]),
        );
        break;
      case 'quote':
        this.quote(event.quote);
        break;
      case 'position':
        this.positionsChanged(event.ts);
        break;
      case 'bar':
      case 'orderBound':
        break;
    }
  }

  subscribe(client: Peer, requestId: number, contract: Contract): void {
    if (!this.gateway.hears(client)) return;
    if (this.taken) {
      this.refuseQuotes(client, requestId);
      return;
    }
    const { exchange } = this.gateway;
    const { conId = 0 } = contract;
    const symbol = exchange.contracts({ conId })[0]?.contract.symbol ?? '';
    this.lines.push({ requestId, client, conId, symbol, resting: false });
    this.gateway.catchUp();
    const quote = exchange.quote(conId);
    if (quote) this.quote(quote);
  }

  unsubscribe(client: Peer, requestId: number): void {
    this.lines = this.lines.filter((line) => line.client !== client || line.requestId !== requestId);
  }

  unsubscribeAll(client: Peer): void {
    this.lines = this.lines.filter((line) => line.client !== client);
  }

  takeQuotes(): void {
    this.taken = true;
    for (const { client, requestId } of this.lines.splice(0)) this.refuseQuotes(client, requestId);
  }

  /** Who wants them asks again: nothing is said. */
  giveQuotesBack(): void {
    this.taken = false;
  }

  private refuseQuotes(client: Peer, requestId: number): void {
    const text = 'No market data during competing live session';
    client.tell(EventName.error, [new Error(text), 10197, requestId]);
  }

  garbleNextExecution(): void {
    this.garbled = true;
  }

  loseSubscriptions(): void {
    this.lines = [];
  }

  /** IB corrects the price of the last execution: the same id but for what follows its last dot. */
  correctLast(ticks: number): void {
    const { truth, count } = this.gateway.parts;
    const execution = truth.fills.at(-1)?.execution;
    if (!execution || this.corrections.has(execution.execId)) return;
    const execId = execution.execId.replace(/\d+$/, '02');
    const corrected = { ...execution, execId, price: execution.price + ticks * execution.contract.minTick };
    this.corrections.set(execution.execId, corrected);
    count('correction');
    this.toOwner(execution, (client) => client.tell(EventName.execDetails, execDetailsArgs(-1, corrected)));
  }

  correctedOf(execution: Execution): Execution {
    return this.corrections.get(execution.execId) ?? execution;
  }

  private toOwner(key: OrderKey, say: (client: Peer) => void): void {
    if (!this.gateway.reachable) return;
    for (const client of this.gateway.clients) if (client.clientId === key.clientId) say(client);
  }

  private tellTwice(client: Peer, event: EventName, args: readonly unknown[]): void {
    client.tell(event, args);
    if (this.gateway.parts.random.unit() >= this.gateway.weather.duplicates) return;
    this.gateway.parts.count('duplicate');
    client.tell(event, args);
  }

  private status(client: Peer, status: OrderStatus): void {
    const { parts, weather } = this.gateway;
    const args = orderStatusArgs(status);
    this.statuses.push(args);
    if (this.statuses.length > STATUSES_REMEMBERED) this.statuses.shift();
    if (parts.random.unit() < weather.lostStatuses) parts.count('statusLost');
    else this.tellTwice(client, EventName.orderStatus, args);
    if (parts.random.unit() >= weather.staleStatuses) return;
    const old = this.statuses[parts.random.below(this.statuses.length)] ?? args;
    parts.count('staleStatus');
    this.later(client, STALE_MS, EventName.orderStatus, old);
  }

  private execution(client: Peer, execution: Execution): void {
    const { parts, weather } = this.gateway;
    const args = execDetailsArgs(-1, execution);
    if (this.garbled) {
      this.garbled = false;
      client.tell(EventName.error, [new Error('Underrun error on EXECUTION_DATA'), 505, -1]);
      return;
    }
    if (parts.random.unit() < weather.lostExecutions) {
      parts.count('executionLost');
    } else if (parts.random.unit() < weather.lateExecutions) {
      parts.count('executionLate');
      this.later(client, weather.lateExecutionMs, EventName.execDetails, args);
    } else {
      this.tellTwice(client, EventName.execDetails, args);
    }
  }

  private commission(client: Peer, args: readonly unknown[]): void {
    const { parts, weather } = this.gateway;
    if (parts.random.unit() < weather.lostCommissions) {
      parts.count('commissionLost');
    } else if (parts.random.unit() < weather.lateCommissions) {
      parts.count('commissionLate');
      this.later(client, LATE_COMMISSION_MS, EventName.commissionReport, args);
    } else {
      this.tellTwice(client, EventName.commissionReport, args);
    }
  }

  private later(client: Peer, mostMs: number, event: EventName, args: readonly unknown[]): void {
    const { schedule, random } = this.gateway.parts;
    schedule.after(random.below(mostMs), () => {
      if (client.up) client.tell(event, args);
    });
  }

  /** IB's lines are pictures at a bounded rate, not a tape. */
  private quote(quote: Quote): void {
    for (const line of this.lines) {
      if (line.conId !== quote.conId || line.resting) continue;
      line.resting = true;
      this.gateway.parts.schedule.after(this.customs.quoteMs, () => {
        line.resting = false;
      });
      if (this.gateway.reachable) this.picture(line, quote);
    }
  }

  private picture({ client, requestId, symbol }: Line, quote: Quote): void {
    const { parts, weather } = this.gateway;
    this.quotedTs.set(symbol, parts.schedule.now);
    const nonsense = weather.nonsenseQuotes > 0 && parts.random.unit() < weather.nonsenseQuotes;
    const lie = nonsense ? ([0, -1, Number.NaN, 6_850.13][parts.random.below(4)] ?? 0) : null;
    if (nonsense) parts.count('nonsenseQuote');
    const say = (tick: { price: number; size: number }, price: number | undefined, size: number) => {
      client.tell(EventName.tickPrice, [requestId, tick.price, lie ?? price ?? -1, {}]);
      client.tell(EventName.tickSize, [requestId, tick.size, size]);
    };
    say(BID, quote.bid, quote.bidSize);
    say(ASK, quote.ask, quote.askSize);
    say(LAST, quote.last, quote.lastSize);
  }
}
