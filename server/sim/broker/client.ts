/**
 * IB's client as the adapter sees it, without a socket: the same methods and callbacks, on a line to the simulated gateway that takes its
 * time and keeps the order of what is on it. A line that was cut delivers nothing more in either direction.
 */
import { EventEmitter } from 'node:events';
import { type Contract, EventName, type Order } from '@stoqey/ib';
import type { Random } from '../../exchange/random';
import type { SimProcess } from '../process';
import type { Schedule } from '../schedule';
import type { SimGateway } from './gateway';
import type { Peer } from './peer';
import { Way } from './way';

interface LineSettings {
  readonly leastMs: number;
  readonly mostMs: number;
}

export class SimClient extends EventEmitter implements Peer {
  readonly serverVersion = 178;
  up = false;
  /** What is on its way, first in first out: two things that are due in the same ms do not overtake each other. */
  private readonly outbound: Way;
  private readonly inbound: Way;
  private sentUntil = 0;
  private heardUntil = 0;
  /** Cutting a line bumps it: what was on the old one is gone. */
  private line = 0;
  /** Hears of each order, change and cancel that was written to the socket. */
  wrote: () => void = () => undefined;

  constructor(
    readonly clientId: number,
    private readonly parts: {
      schedule: Schedule;
      random: Random;
      gateway: SimGateway;
      process: SimProcess;
      settings: LineSettings;
    },
  ) {
    super();
    this.outbound = new Way(parts.schedule);
    this.inbound = new Way(parts.schedule);
  }

  connect(): this {
    this.line += 1;
    this.send(() => this.parts.gateway.accept(this));
    return this;
  }

  disconnect(): this {
    const wasUp = this.up;
    this.cut();
    this.parts.gateway.left(this);
    if (wasUp) queueMicrotask(() => this.emit(EventName.disconnected));
    else queueMicrotask(() => this.emit(EventName.info, 'Not connected.', 504));
    return this;
  }

  hangUp(): void {
    this.cut();
    this.parts.schedule.after(this.delay(), () =>
      this.parts.process.enter(() => this.emit(EventName.disconnected)),
    );
  }

  /** Its process is gone: what it wrote is still delivered, then the line closes. */
  die(): void {
    this.removeAllListeners();
    this.outbound.send(this.sentUntil, () => {
      this.cut();
      this.parts.gateway.left(this);
    });
  }

  refuse(): void {
    this.cut();
    this.parts.schedule.after(this.delay(), () =>
      this.parts.process.enter(() => {
        this.emit(EventName.error, new Error('connect ECONNREFUSED'), 502, -1);
        this.emit(EventName.disconnected);
      }),
    );
  }

  tell(event: EventName, args: readonly unknown[]): void {
    const { schedule, process } = this.parts;
    const { line } = this;
    this.heardUntil = Math.max(this.heardUntil, schedule.now + this.delay());
    this.inbound.send(this.heardUntil, () => {
      if (this.line === line) process.enter(() => this.line === line && this.emit(event, ...args));
    });
  }

  placeOrder(orderId: number, contract: Contract, order: Order): this {
    this.send(() => this.parts.gateway.place(this, orderId, contract, order));
    this.wrote();
    return this;
  }

  cancelOrder(orderId: number): this {
    this.send(() => this.parts.gateway.cancel(this, orderId));
    this.wrote();
    return this;
  }

  reqCurrentTime(): this {
    return this.send(() => this.parts.gateway.answers.currentTime(this));
  }

  reqContractDetails(requestId: number, contract: Contract): this {
    return this.send(() => this.parts.gateway.answers.contractDetails(this, requestId, contract));
  }

  reqPositions(): this {
    return this.send(() => this.parts.gateway.answers.positions(this));
  }

  cancelPositions(): this {
    return this;
  }

  reqMktData(requestId: number, contract: Contract): this {
    return this.send(() => this.parts.gateway.news.subscribe(this, requestId, contract));
  }

  cancelMktData(requestId: number): this {
    return this.send(() => this.parts.gateway.news.unsubscribe(this, requestId));
  }

  /** The engine is judged here, not the chart: there is no history. */
  reqHistoricalData(requestId: number): this {
    return this.send(() => this.tell(EventName.historicalData, [requestId, 'finished-', -1, -1, -1, -1, -1]));
  }

  cancelHistoricalData(): this {
    return this;
  }

  reqAllOpenOrders(): this {
    return this.send(() => this.parts.gateway.answers.openOrders(this));
  }

  reqExecutions(requestId: number): this {
    return this.send(() => this.parts.gateway.answers.executions(this, requestId));
  }

  reqCompletedOrders(): this {
    return this.send(() => this.parts.gateway.answers.completedOrders(this));
  }

  private send(arrive: () => void): this {
    const { schedule, process } = this.parts;
    // a call that was under way when the process died writes nothing
    if (!process.alive) return this;
    const { line } = this;
    this.sentUntil = Math.max(this.sentUntil, schedule.now + this.delay());
    this.outbound.send(this.sentUntil, () => {
      if (this.line === line) arrive();
    });
    return this;
  }

  private cut(): void {
    this.up = false;
    this.line += 1;
  }

  private delay(): number {
    const { leastMs, mostMs } = this.parts.settings;
    return leastMs + this.parts.random.below(mostMs - leastMs + 1);
  }
}
