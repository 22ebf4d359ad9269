/** Counts a client's requests, and says how long one has to wait: no more than so many in any second (ib-protocol 3.9). */

const SECOND_MS = 1000;

export class Pacing {
  total = 0;
  /** Requests in the busiest second of the clock. */
  peakPerSecond = 0;
  private second = 0;
  private inSecond = 0;
  /** When the last requests were let in, wall ms: as many as one second may hold. */
  private readonly admittedAt: number[] = [];

  constructor(
    private readonly perSecond: number,
    private readonly wallMs: () => number = Date.now,
  ) {}

  /** A request arrived. */
  count(): void {
    const second = Math.floor(this.wallMs() / SECOND_MS);
    this.inSecond = second === this.second ? this.inSecond + 1 : 1;
    this.second = second;
    this.total += 1;
    this.peakPerSecond = Math.max(this.peakPerSecond, this.inSecond);
  }

  /** Milliseconds until one more request may be let in; 0 when it may be now. */
  waitMs(): number {
    const oldest = this.admittedAt[0];
    if (oldest === undefined || this.admittedAt.length < this.perSecond) return 0;
    return Math.max(0, oldest + SECOND_MS - this.wallMs());
  }

  /** A request was let in. */
  admit(): void {
    this.admittedAt.push(this.wallMs());
    if (this.admittedAt.length > this.perSecond) this.admittedAt.shift();
  }
}
