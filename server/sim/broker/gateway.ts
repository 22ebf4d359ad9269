/**
 * The simulated IB Gateway: the real exchange model behind the sessions, silences and restarts of a gateway. It keeps the exchange's clock;
 * what the exchange says is heard by the truth first and goes to clients through `news.ts`; what they ask is answered by `answers.ts`.
 */
import { type Contract, EventName, type Order } from '@stoqey/ib';
import type { Exchange } from '../../exchange/exchange';
import type { ExchangeEvent, OrderRequest } from '../../exchange/words';
import type { Cancel } from '../../ports';
import { Answers } from './answers';
import { News } from './news';
import type { Counter, Customs, GatewayParts, Peer } from './peer';
import { type RefusalToCome, refuse } from './refuse';
import { FAIR, type Weather } from './weather';
import { openOrderArgs, orderStatusArgs, requestOf } from './words';

/** A question without an answer keeps the next one waiting for so long: pages bear no number, and two answers would mix (seed 1504918743). */
const ANSWER_MS = 5_000;

export class SimGateway implements Counter {
  weather: Weather = FAIR;
  private fair = true;
  refusals: RefusalToCome[] = [];
  /** Nobody listens, or nobody answers. */
  private state: 'up' | 'down' | 'deaf' = 'up';
  /** Can IB's servers be reached? */
  private upstream = true;
  /** What was sent meanwhile. */
  private held: (() => void)[] = [];
  readonly clients = new Set<Peer>();
  readonly news: News;
  readonly answers: Answers;
  private timer: Cancel = () => undefined;
  private timerTs = Number.POSITIVE_INFINITY;
  /** Cancels that never reached the exchange: by permId, when the first of them was lost. */
  readonly lostCancels = new Map<number, number>();
  /** The next id it offers is so much lower than it should be (F24). */
  private idRollback = 0;

  constructor(
    readonly exchange: Exchange,
    private readonly customs: Customs,
    readonly parts: GatewayParts,
  ) {
    this.answers = new Answers(this, customs, (execution) => this.news.correctedOf(execution));
    this.news = new News(this, customs, (ts) => this.answers.note(ts));
    this.arm();
  }

  catchUp(): void {
    this.publish(this.exchange.advanceTo(this.parts.schedule.now));
    this.arm();
  }

  at(act: (exchange: Exchange) => ExchangeEvent[]): void {
    this.publish(this.exchange.advanceTo(this.parts.schedule.now));
    this.publish(act(this.exchange));
    this.arm();
  }

  private arm(): void {
    const next = this.exchange.nextEventTs();
    if (next === this.timerTs) return;
    this.timer();
    this.timerTs = next;
    if (!Number.isFinite(next)) return;
    this.timer = this.parts.schedule.at(next, () => {
      this.timerTs = Number.POSITIVE_INFINITY;
      this.catchUp();
    });
  }

  private publish(events: readonly ExchangeEvent[]): void {
    if (events.length === 0) return;
    this.parts.truth.hear(events);
    for (const event of events) this.news.spread(event);
  }

  /** Nothing goes wrong on the way, no refusal is due, and no lost answer is waited for. */
  get isFair(): boolean {
    const isAwaited = this.parts.schedule.now - this.answers.lostTs < ANSWER_MS;
    return this.fair && this.refusals.length === 0 && !isAwaited;
  }

  get reachable(): boolean {
    return this.upstream && this.state === 'up';
  }

  hears(client: Peer): boolean {
    return this.state === 'up' && client.up;
  }

  /** A client's own live orders come first, then the account, then the next id (ib-protocol 1.1). */
  accept(client: Peer): void {
    if (this.state === 'down') client.refuse();
    if (this.state !== 'up') return;
    client.up = true;
    if ([...this.clients].some((other) => other.clientId === client.clientId)) {
      client.tell(EventName.info, ['Unable to connect as the client id is already in use.', 326]);
      client.hangUp();
      return;
    }
    this.clients.add(client);
    this.catchUp();
    for (const record of this.exchange.openOrders(client.clientId)) {
      client.tell(EventName.openOrder, openOrderArgs(record));
      client.tell(EventName.orderStatus, orderStatusArgs(record));
    }
    client.tell(EventName.managedAccounts, [this.exchange.account]);
    const next = this.exchange.nextValidId(client.clientId);
    if (this.idRollback > 0 && next > 1) this.parts.count('nextValidIdRollback');
    client.tell(EventName.nextValidId, [Math.max(1, next - this.idRollback)]);
    if (!this.upstream) client.tell(EventName.info, ['Connectivity has been lost.', 1100]);
  }

  replayOpenOrders(): void {
    if (!this.reachable) return;
    for (const client of this.clients) {
      for (const record of this.exchange.openOrders(client.clientId)) {
        client.tell(EventName.openOrder, openOrderArgs(record));
        client.tell(EventName.orderStatus, orderStatusArgs(record));
      }
    }
  }

  left(client: Peer): void {
    this.clients.delete(client);
    this.news.unsubscribeAll(client);
  }

  dropClients(): void {
    for (const client of [...this.clients]) {
      this.left(client);
      client.hangUp();
    }
  }

  place(client: Peer, orderId: number, contract: Contract, order: Order): void {
    if (!this.hears(client)) return;
    const request = requestOf(client.clientId, orderId, contract, order);
    this.parts.truth.requests.push(request);
    this.send(() => this.placeNow(client, request));
  }

  private placeNow(client: Peer, request: OrderRequest): void {
    const { random, count } = this.parts;
    const { orderId } = request;
    if (random.unit() < this.weather.lostOrders) {
      count('orderLost');
      return;
    }
    const change = this.exchange.openOrders(client.clientId).some((open) => open.orderId === orderId);
    if (change && random.unit() < this.weather.refusedChanges) {
      count('changeRefused');
      client.tell(EventName.error, [new Error('Order is still being processed.'), 2102, orderId]);
    } else if (change || !refuse(this, this.refusals, { client, request })) {
      this.at((exchange) => exchange.placeOrder(request));
    }
  }

  cancel(client: Peer, orderId: number): void {
    if (!this.hears(client)) return;
    const { random, count } = this.parts;
    if (random.unit() < this.weather.lostCancels) {
      count('cancelLost');
      this.loseCancel(client, orderId);
    } else if (random.unit() < this.weather.unknownCancels) {
      count('cancelNotFound');
      this.loseCancel(client, orderId);
      const text = `OrderId ${orderId} that needs to be cancelled is not found.`;
      client.tell(EventName.error, [new Error(text), 10147, orderId]);
    } else {
      this.send(() => this.at((exchange) => exchange.cancelOrder(client.clientId, orderId)));
    }
  }

  private loseCancel({ clientId }: Peer, orderId: number): void {
    const order = this.exchange.openOrders(clientId).find((open) => open.orderId === orderId);
    if (order && !this.lostCancels.has(order.permId))
      this.lostCancels.set(order.permId, this.parts.schedule.now);
  }

  private send(act: () => void): void {
    if (this.upstream) act();
    else if (this.customs.keepsOrdersWhileCut) this.held.push(act);
  }

  loseUpstream(): void {
    if (!this.upstream) return;
    this.upstream = false;
    for (const client of this.clients) {
      client.tell(EventName.info, ['Connectivity between IBKR and Trader Workstation has been lost.', 1100]);
    }
  }

  /** @param code 1101: subscriptions are lost; 1102: they go on. */
  restoreUpstream(code: 1101 | 1102): void {
    if (this.upstream) return;
    this.upstream = true;
    for (const client of this.clients) client.tell(EventName.info, ['Connectivity has been restored.', code]);
    if (code === 1101) this.news.loseSubscriptions();
    for (const act of this.held.splice(0)) act();
  }

  goDown(forMs: number, rollback: number): void {
    this.state = 'down';
    this.dropClients();
    this.parts.schedule.after(forMs, () => {
      this.state = 'up';
      this.idRollback = rollback;
    });
  }

  /** It takes connections and bytes, and says nothing more; when it is back, what was on the line is gone, and so is the line. */
  goDeaf(forMs: number): void {
    this.state = 'deaf';
    this.parts.schedule.after(forMs, () => this.wakeUp());
  }

  private wakeUp(): void {
    if (this.state !== 'deaf') return;
    this.state = 'up';
    this.dropClients();
  }

  spoil(set: Partial<Weather>, forMs: number): void {
    this.setWeather(set);
    this.parts.schedule.after(forMs, () => {
      const calm = Object.keys(set).map((key) => [key, FAIR[key as keyof Weather]]);
      this.setWeather(Object.fromEntries(calm) as Partial<Weather>);
    });
  }

  private setWeather(set: Partial<Weather>): void {
    this.weather = { ...this.weather, ...set };
    this.fair = Object.values(this.weather).every((level) => level === 0);
  }

  heal(): void {
    this.setWeather(FAIR);
    this.refusals = [];
    this.idRollback = 0;
    this.wakeUp();
    this.state = 'up';
    this.restoreUpstream(1102);
  }
}
