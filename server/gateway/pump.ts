/**
 * Moves the exchange along with the clock: it sleeps until the exchange's next event is due.
 * After a long sleep of the machine it catches up in slices, so that clients are heard in between.
 */
import type { Exchange } from '../exchange/exchange';
import type { ExchangeEvent } from '../exchange/words';
import type { Agenda } from './agenda';
import type { ExchangeClock } from './clock';

/** Exchange time that is made up for at once, ms. */
const SLICE_MS = 10 * 60_000;
/** The longest sleep, ms of wall time: bars and days end even while nothing trades. */
const SLEEP_MS_MAX = 250;

export class Pump {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly exchange: Exchange,
    private readonly clock: ExchangeClock,
    private readonly agenda: Agenda,
    private readonly publish: (events: readonly ExchangeEvent[]) => void,
  ) {}

  /** Brings the exchange to the present (or one slice nearer to it), then sleeps until something is due. */
  run(): void {
    this.catchUp();
    const dueTs = Math.min(this.exchange.nextEventTs(), this.agenda.nextTs());
    const dueMs = Math.min(this.clock.wallMsUntil(dueTs), SLEEP_MS_MAX);
    this.timer = setTimeout(() => this.run(), dueMs);
  }

  /** Requests are answered by the exchange of now, not of the last event. */
  catchUp(): void {
    this.advanceTo(Math.min(this.clock.now(), this.exchange.now + SLICE_MS));
  }

  /** Exchange time never goes back: an earlier `ts` changes nothing. What is on the agenda happens at its own time, between the trades. */
  advanceTo(ts: number): void {
    while (this.agenda.nextTs() <= ts) {
      this.moveTo(this.agenda.nextTs());
      this.agenda.takeNext();
    }
    this.moveTo(ts);
  }

  private moveTo(ts: number): void {
    if (ts > this.exchange.now) this.publish(this.exchange.advanceTo(ts));
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}
