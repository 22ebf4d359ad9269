/** A client that finished its handshake: its id, its version, and the feeds it subscribed to. */
import type { Feed } from '../feed/feed';
import type { Message } from '../wire/frame';
import type { Connection } from './connection';
import { Pacing } from './pacing';

export class Client {
  readonly pacing = new Pacing();
  private readonly subscriptions = new Map<string, Feed>();

  constructor(
    readonly id: number,
    private readonly connection: Connection,
  ) {}

  get version(): number {
    return this.connection.version;
  }

  send(...messages: readonly Message[]): void {
    this.connection.send(...messages);
  }

  get feeds(): Iterable<Feed> {
    return this.subscriptions.values();
  }

  has(key: string): boolean {
    return this.subscriptions.has(key);
  }

  /** Subscribes and sends what the feed has to say first; the same key again replaces the feed. */
  subscribe(key: string, feed: Feed): void {
    this.subscriptions.set(key, feed);
    this.send(...feed.open());
  }

  /** True if there was something to cancel. */
  cancel(key: string): boolean {
    return this.subscriptions.delete(key);
  }
}
