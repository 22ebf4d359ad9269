/**
 * The paper IB Gateway: a TCP server that speaks the TWS protocol in front of the simulated exchange.
 * This folder is the shell around that pure model: the clock and the sockets live here.
 * Orders, positions and executions are kept in memory only: they end with the gateway.
 */
import type { Socket } from 'node:net';
import { Exchange, type ExchangeOptions } from '../exchange/exchange';
import type { MarketMaker } from '../exchange/market';
import { syntheticMarket } from '../exchange/synthetic';
import type { ExchangeEvent, OrderByHand } from '../exchange/words';
import { Agenda } from './agenda';
import { farmsConnected, managedAccounts, nextValidId } from './answer/system';
import { ExchangeClock } from './clock';
import { FaultDesk } from './fault/desk';
import type { Hands } from './fault/scene';
import type { TimedFault } from './fault/spell';
import { Poller } from './feed/poller';
import { tell } from './feed/route';
import { Pump } from './pump';
import type { Recorder } from './record/recorder';
import type { Request } from './request/request';
import { type GatewayRules, STANDARD_RULES } from './rules';
import type { Desk } from './serve/desk';
import { pushLiveOrders } from './serve/orders';
import { serve } from './serve/serve';
import { Client } from './session/client';
import { Clients } from './session/clients';
import { Connection } from './session/connection';
import { Door } from './session/door';
import { Gate } from './session/gate';
import type { Line } from './session/line';
import { Tempo } from './tempo';
import { exchangeTime } from './wire/time';
import { VERSION_MAX } from './wire/version';

export interface GatewayOptions {
  /** 0 asks the system for a free one. */
  port: number;
  host: string;
  account: string;
  /** All chance in the market comes from it. */
  seed: number;
  market: MarketMaker;
  /** Where exchange time begins, epoch ms. */
  startTs: number;
  /** Sets the permIds and execIds of this run apart from those of another with the same seed and start, as a real account's are. */
  run?: number;
  /** Seconds of exchange time in one of wall time. With 0 time moves by `advanceTo` alone, which is for tests. */
  speed: number;
  /** The highest server version agreed to, 177 to 193. */
  versionCeiling: number;
  /** Exchange time stands still until the first client has finished its handshake. */
  holdUntilClient: boolean;
  /** Wall time between two market-data messages of a subscription, ms. */
  quoteIntervalMs: number;
  /** What is to go wrong: from the start, or so long after the first client was ready. */
  faults: readonly TimedFault[];
  /** Hears every frame of every connection. */
  recorder?: Recorder | undefined;
  /** Where this gateway differs from the one that IB delivers. */
  rules: Partial<GatewayRules>;
  /** Where its exchange does. */
  exchange: ExchangeHabits;
  log: GatewayLog;
}

/** The manners of the exchange behind the gateway that a real one may or may not have. */
export type ExchangeHabits = Omit<ExchangeOptions, 'seed' | 'startTs' | 'account' | 'market' | 'run'>;

/** What the gateway has to say about itself; the program writes it to its log. */
export type GatewayLog = (event: GatewayEvent) => void;

export type GatewayEvent =
  | { kind: 'client ready'; clientId: number; version: number }
  | { kind: 'client left'; clientId: number; reason: string; requests: number; peakPerSecond: number }
  | { kind: 'connection refused'; reason: string }
  | { kind: 'not listening'; port: number; reason: string };

export interface Gateway {
  readonly port: number;
  readonly exchange: Exchange;
  /** What is wrong with it just now; here it can be made so. */
  readonly faults: FaultDesk;
  /** How fast its market runs. */
  readonly tempo: Tempo;
  /** Who is connected and ready. */
  readonly clients: Iterable<Pick<Client, 'id' | 'version'>>;
  /** Moves exchange time forward to `ts` (epoch ms), telling clients what happens on the way. */
  advanceTo(ts: number): void;
  /** A person places an order in TWS: of no API client, until client 0 binds it. */
  placeByHand(order: OrderByHand): void;
  /** Cuts every connection (or that client's), as a network failure would; orders live on. */
  dropClients(clientId?: number): void;
  close(): Promise<void>;
}

/** What the exchange behind a gateway has beyond the model's own ground rules. */
const REAL_HABITS = {
  /** Of each contract, for a client that asks for past ticks: at a lively pace, an hour. */
  tradesRemembered: 20_000,
  /** Three points from the touch; CME's own figure for its index futures varies with the day. */
  marketProtectionTicks: 12,
} satisfies ExchangeHabits;

function defaults(): GatewayOptions {
  return {
    port: 4002,
    host: '127.0.0.1',
    account: 'DU1234567',
    seed: 1,
    market: syntheticMarket(),
    startTs: Date.now(),
    speed: 1,
    versionCeiling: VERSION_MAX,
    holdUntilClient: false,
    quoteIntervalMs: 250,
    rules: {},
    exchange: {},
    faults: [],
    log: () => undefined,
  };
}

/**
 * Starts a gateway; what is left out of the options is a synthetic market at the present time on port 4002.
 * @throws the system's error when the port cannot be had (EADDRINUSE, EACCES, EADDRNOTAVAIL)
 */
export async function startGateway(options: Partial<GatewayOptions> = {}): Promise<Gateway> {
  const gateway = new PaperGateway({ ...defaults(), ...options });
  await gateway.open();
  return gateway;
}

class PaperGateway implements Gateway, Desk, Hands {
  readonly exchange: Exchange;
  readonly quoteIntervalMs: number;
  readonly rules: GatewayRules;
  readonly clients = new Clients();
  readonly faults: FaultDesk;
  private readonly connections = new Set<Connection>();
  readonly tempo: Tempo;
  private readonly clock: ExchangeClock;
  private readonly agenda = new Agenda();
  private readonly pump: Pump;
  private readonly poller: Poller;
  private readonly door: Door;

  constructor(private readonly options: GatewayOptions) {
    const { seed, startTs, account, market, run, speed } = options;
    const habits = { ...REAL_HABITS, ...options.exchange };
    this.exchange = new Exchange({ ...habits, seed, startTs, account, market, run });
    this.quoteIntervalMs = options.quoteIntervalMs;
    this.rules = { ...STANDARD_RULES, ...options.rules };
    this.clock = new ExchangeClock({ startTs, speed });
    this.pump = new Pump(this.exchange, this.clock, this.agenda, (events) => this.publish(events));
    this.tempo = new Tempo(this.exchange, this.clock, this.pump);
    this.poller = new Poller(this.clients, options.quoteIntervalMs);
    this.door = new Door(options, (socket) => this.accept(socket));
    this.faults = new FaultDesk(seed, this, this.agenda, options.faults);
  }

  async open(): Promise<void> {
    await this.door.open();
    this.faults.open();
    if (!this.options.holdUntilClient) this.clock.start();
    this.pump.run();
    this.poller.start();
  }

  get port(): number {
    return this.door.port;
  }

  stopListening(): void {
    this.door.shut();
  }

  listenAgain(port = this.port): void {
    if (this.door.isOpen) return;
    this.door.open(port).catch(({ message: reason }: Error) => {
      this.options.log({ kind: 'not listening', port, reason });
    });
  }

  publish(events: readonly ExchangeEvent[]): void {
    this.faults.note(events);
    for (const event of events) for (const client of this.clients) tell(client, event, this.rules);
  }

  advanceTo(ts: number): void {
    this.pump.advanceTo(ts);
  }

  catchUp(): void {
    this.pump.catchUp();
  }

  placeByHand(order: OrderByHand): void {
    const bind = [...this.clients].some((client) => client.bindsOrdersByHand);
    this.publish(this.exchange.placeByHand(order, { bind }));
  }

  dropClients(clientId?: number): void {
    if (clientId === undefined) for (const connection of this.connections) connection.drop();
    else for (const client of this.clients) if (client.id === clientId) client.drop();
  }

  async close(): Promise<void> {
    this.faults.close();
    this.pump.stop();
    this.poller.stop();
    this.dropClients();
    await this.door.close();
  }

  private accept(socket: Socket): void {
    const connection = new Connection(socket, {
      versionCeiling: this.options.versionCeiling,
      connectionTime: () => exchangeTime(this.exchange.now),
      lineFor: (peer) => this.lineFor(peer),
    });
    this.connections.add(connection);
    socket.once('close', () => this.connections.delete(connection));
    let client: Client | undefined;
    let gate: Gate<Request> | undefined;
    connection.listen({
      started: (clientId) => {
        client = this.admit(clientId, connection);
        gate = client && this.gateFor(client);
      },
      requested: (request) => gate?.take(request),
      closed: (reason) => {
        gate?.close();
        if (client && gate) this.leave(client, gate, reason);
        else this.options.log({ kind: 'connection refused', reason });
      },
    });
  }

  private lineFor(peer: Connection): Line {
    const line = this.faults.lineFor(peer);
    return this.options.recorder?.over(line) ?? line;
  }

  /** A real gateway pushes the client's live orders first, then the account, then the next id: "ready" for clients. */
  private admit(clientId: number, connection: Connection): Client | undefined {
    const refusal = this.clients.refusal(clientId);
    if (refusal) {
      connection.send(refusal);
      connection.close(`client id ${clientId} was refused`);
      return undefined;
    }
    const client = new Client(clientId, connection);
    this.clients.add(client);
    this.pump.catchUp();
    pushLiveOrders(client, this.exchange.openOrders(clientId));
    client.send(managedAccounts(this.exchange.account), nextValidId(this.exchange.nextValidId(clientId)));
    client.send(...farmsConnected());
    this.clock.start();
    this.faults.begin();
    this.options.log({ kind: 'client ready', clientId, version: client.version });
    return client;
  }

  private gateFor(client: Client): Gate<Request> {
    return new Gate(client, this.rules, (request) => {
      this.pump.catchUp();
      serve(this, client, request);
    });
  }

  private leave(client: Client, { pacing }: Gate<Request>, reason: string): void {
    this.clients.remove(client);
    const { total, peakPerSecond } = pacing;
    this.options.log({ kind: 'client left', clientId: client.id, reason, requests: total, peakPerSecond });
  }
}
