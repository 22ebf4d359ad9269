/** Counts a client's requests. IB paces clients at 50 a second; this gateway tolerates more, and says afterwards. */

const SECOND_MS = 1000;

export class Pacing {
  total = 0;
  /** Requests in the busiest second of the clock. */
  peakPerSecond = 0;
  private second = 0;
  private inSecond = 0;

  constructor(private readonly wallMs: () => number = Date.now) {}

  count(): void {
    const second = Math.floor(this.wallMs() / SECOND_MS);
    this.inSecond = second === this.second ? this.inSecond + 1 : 1;
    this.second = second;
    this.total += 1;
    this.peakPerSecond = Math.max(this.peakPerSecond, this.inSecond);
  }
}
