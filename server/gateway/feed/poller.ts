/** Polls every feed of every client at the feed's own pace; what one client is due goes out in one write. */
import type { Client } from '../session/client';
import type { Feed } from './feed';

/** The slowest pace of the poller itself, ms: a feed is late by at most this much. */
const BEAT_MS_MAX = 25;

export class Poller {
  private timer: NodeJS.Timeout | undefined;
  private readonly polledAt = new WeakMap<Feed, number>();

  constructor(
    private readonly clients: Iterable<Client>,
    private readonly fastestFeedMs: number,
    private readonly wallMs: () => number = Date.now,
  ) {}

  start(): void {
    this.timer = setInterval(() => this.beat(), Math.min(BEAT_MS_MAX, this.fastestFeedMs));
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private beat(): void {
    const now = this.wallMs();
    for (const client of this.clients) {
      for (const feed of client.feeds) if (this.isDue(feed, now)) client.send(...feed.poll());
    }
  }

  /** A new feed has just said everything: its first poll is a period away. */
  private isDue(feed: Feed, now: number): boolean {
    const polledAt = this.polledAt.get(feed);
    const due = polledAt !== undefined && now - polledAt >= feed.periodMs;
    if (due || polledAt === undefined) this.polledAt.set(feed, now);
    return due;
  }
}
