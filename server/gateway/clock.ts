/** Exchange time as a function of wall time: it stands still until started, then runs at a speed that may change, be held, or jump ahead. */

export interface ClockSettings {
  /** Where exchange time begins, epoch ms. */
  startTs: number;
  /** Seconds of exchange time in a second of wall time; 0 stands still for good. */
  speed: number;
}

export class ExchangeClock {
  private speedNow: number;
  /** Exchange time when it began to run as it does now. */
  private fromTs: number;
  /** The wall's time at that moment; undefined while it stands. */
  private fromWallMs: number | undefined;
  private started = false;

  constructor(
    { startTs, speed }: ClockSettings,
    private readonly wallMs: () => number = Date.now,
  ) {
    this.fromTs = startTs;
    this.speedNow = speed;
  }

  /** Starts the clock; a second call changes nothing. */
  start(): void {
    if (this.started) return;
    this.started = true;
    this.fromWallMs = this.wallMs();
  }

  get speed(): number {
    return this.speedNow;
  }

  get running(): boolean {
    return this.fromWallMs !== undefined && this.speedNow > 0;
  }

  /** Exchange time, epoch ms, whole. */
  now(): number {
    return Math.floor(this.exactly());
  }

  /** Wall milliseconds until exchange time is `ts`; Infinity while the clock stands. */
  wallMsUntil(ts: number): number {
    return this.running ? Math.max(0, (ts - this.exactly()) / this.speedNow) : Number.POSITIVE_INFINITY;
  }

  /** Runs at another speed from now on; what has passed stays as it was. */
  runAt(speed: number): void {
    this.fromTs = this.exactly();
    if (this.fromWallMs !== undefined) this.fromWallMs = this.wallMs();
    this.speedNow = speed;
  }

  /** Stands still until `resume`, whether it had been started or not. */
  pause(): void {
    this.fromTs = this.exactly();
    this.fromWallMs = undefined;
    this.started = true;
  }

  resume(): void {
    this.started = true;
    this.fromWallMs ??= this.wallMs();
  }

  /** Exchange time is `ts` at once; it never goes back. */
  jumpTo(ts: number): void {
    this.fromTs = Math.max(ts, this.exactly());
    if (this.fromWallMs !== undefined) this.fromWallMs = this.wallMs();
  }

  private exactly(): number {
    if (this.fromWallMs === undefined) return this.fromTs;
    return this.fromTs + (this.wallMs() - this.fromWallMs) * this.speedNow;
  }
}
