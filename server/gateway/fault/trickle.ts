/** Writes bytes one at a time, each in a write of its own (slow loris). What follows waits its turn, so no byte overtakes another. */
export class Trickle {
  private waiting: Buffer[] = [];
  private timer: NodeJS.Timeout | NodeJS.Immediate | undefined;

  constructor(private readonly write: (bytes: Buffer) => void) {}

  /** @param gapMs between two bytes; 0: a turn of the event loop */
  push(bytes: Buffer, gapMs: number): void {
    this.waiting.push(bytes);
    if (this.timer === undefined) this.next(gapMs);
  }

  /** The fault is over: the rest goes at once. */
  finish(): void {
    clearTimeout(this.timer as NodeJS.Timeout);
    clearImmediate(this.timer as NodeJS.Immediate);
    this.timer = undefined;
    for (const bytes of this.waiting.splice(0)) this.write(bytes);
  }

  private next(gapMs: number): void {
    this.timer = undefined;
    const [first, ...rest] = this.waiting;
    if (!first) return;
    this.waiting = first.length > 1 ? [first.subarray(1), ...rest] : rest;
    this.write(first.subarray(0, 1));
    this.timer = gapMs > 0 ? setTimeout(() => this.next(gapMs), gapMs) : setImmediate(() => this.next(gapMs));
  }
}
