/** Exchange time as a function of wall time: it stands still until started, then runs at `speed`. */

export interface ClockSettings {
  /** Where exchange time begins, epoch ms. */
  startTs: number;
  /** Seconds of exchange time in a second of wall time; 0 stands still for good. */
  speed: number;
}

export class ExchangeClock {
  private startedAt: number | undefined;

  constructor(
    private readonly settings: ClockSettings,
    private readonly wallMs: () => number = Date.now,
  ) {}

  /** Starts the clock; a second call changes nothing. */
  start(): void {
    this.startedAt ??= this.wallMs();
  }

  get running(): boolean {
    return this.startedAt !== undefined && this.settings.speed > 0;
  }

  /** Exchange time, epoch ms. */
  now(): number {
    const { startTs, speed } = this.settings;
    return this.startedAt === undefined ? startTs : startTs + (this.wallMs() - this.startedAt) * speed;
  }

  /** Wall milliseconds until exchange time is `ts`; Infinity while the clock stands. */
  wallMsUntil(ts: number): number {
    return this.running ? Math.max(0, (ts - this.now()) / this.settings.speed) : Number.POSITIVE_INFINITY;
  }
}
