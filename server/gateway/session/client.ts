/** A client that finished its handshake: its id, its version, and the feeds it subscribed to. */
import type { Feed } from '../feed/feed';
import type { Message } from '../wire/frame';
import type { Connection } from './connection';
import { HistoryPacing } from './history-pacing';

export class Client {
  /** Client 0 only: it asked to own what is placed by hand. */
  bindsOrdersByHand = false;
  /** The kind of market data that it asked for: 1 live, 2 frozen, 3 delayed, 4 both. */
  marketDataType = 1;
  readonly history = new HistoryPacing();
  private readonly subscriptions = new Map<string, Feed>();

  constructor(
    readonly id: number,
    private readonly connection: Connection,
  ) {}

  get version(): number {
    return this.connection.version;
  }

  /** It offered to be slowed down rather than refused, whatever the gateway is set to. */
  get asksForPacing(): boolean {
    return this.connection.options.includes('+PACEAPI');
  }

  send(...messages: readonly Message[]): void {
    this.connection.send(...messages);
  }

  /** Sends what is queued, then ends the connection. */
  close(reason: string): void {
    this.connection.close(reason);
  }

  /** Cuts the connection as a network failure would. */
  drop(): void {
    this.connection.drop();
  }

  get feeds(): Iterable<Feed> {
    return this.subscriptions.values();
  }

  has(key: string): boolean {
    return this.subscriptions.has(key);
  }

  /** How many of its subscriptions have a key that begins so. */
  count(keyStart: string): number {
    return [...this.subscriptions.keys()].filter((key) => key.startsWith(keyStart)).length;
  }

  /** Subscribes and sends what the feed has to say first; the same key again replaces the feed. */
  subscribe(key: string, feed: Feed): void {
    this.subscriptions.set(key, feed);
    this.send(...feed.open());
  }

  /** Its market data is gone without a word, as after 1101. */
  loseMarketData(): void {
    for (const [key, feed] of this.subscriptions)
      if (feed.tickerId !== undefined) this.subscriptions.delete(key);
  }

  /** True if there was something to cancel. */
  cancel(key: string): boolean {
    return this.subscriptions.delete(key);
  }
}
