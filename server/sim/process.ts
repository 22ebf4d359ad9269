/**
 * The worker's process as the world sees it: its clock, its waits and what reaches it. It can be killed (nothing of it happens any more),
 * stopped and continued (a laptop lid: everything happens late and at once), and its clock can be set forward.
 */
import type { Cancel, Clock } from '../ports';
import type { Schedule } from './schedule';

export class SimProcess {
  alive = true;
  /** How often it fell asleep. */
  sleeps = 0;
  private stopped = false;
  private backlog: (() => void)[] = [];
  /** Broker's time minus ours when it last told it, ms. */
  skewMs = 0;

  constructor(private readonly schedule: Schedule) {}

  readonly clock: Clock = {
    now: () => {
      const hostMs = Math.floor(this.schedule.now + this.schedule.machineAheadMs);
      return { ts: hostMs, hostMs };
    },
    after: (ms, run) => this.after(ms, run),
    sync: (exchangeMs) => {
      this.skewMs = exchangeMs - this.clock.now().hostMs;
    },
  };

  after(ms: number, run: () => void): Cancel {
    let given = false;
    const cancel = this.schedule.after(ms, () => this.enter(() => given || run()));
    // also while it waits in the backlog: a timer that was cleared never fires
    return () => {
      given = true;
      cancel();
    };
  }

  /** Something of the outside reaches the process: at once, when it is continued, or never. */
  enter(run: () => void): void {
    if (!this.alive) return;
    if (this.stopped) this.backlog.push(run);
    else run();
  }

  /** It lives, and is not stopped. */
  get awake(): boolean {
    return this.alive && !this.stopped;
  }

  stop(): void {
    if (!this.stopped) this.sleeps += 1;
    this.stopped = true;
  }

  /** What waited comes first and in its order; what arrives meanwhile waits behind it. */
  continue(): void {
    const next = this.backlog.shift();
    if (!this.alive || next === undefined) {
      this.stopped = false;
      return;
    }
    next();
    this.schedule.after(0, () => this.continue());
  }

  kill(): void {
    this.alive = false;
    this.backlog = [];
  }

  /** The machine's clock is corrected. Host time never runs backwards: only forward corrections are seen. */
  setForward(ms: number): void {
    this.schedule.machineAheadMs += Math.max(0, ms);
  }
}
