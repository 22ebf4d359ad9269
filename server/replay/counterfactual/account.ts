/**
 * An account retold from its fills over one-minute bars: what it made day by day, how deep it sank, and what it risked without a stop.
 * The same telling serves what a bot really did and what it would have done behind the guards: only then may the two be compared.
 */
import { MINUTE_MS } from '../../exchange/bars';
import type { TickBar } from '../../exchange/market';
import { centralDate, globexCalendar } from '../../exchange/sessions';
import { type Bare, bareSpans, type Cover } from './cover';

/** One execution: contracts are signed (bought above zero), the price is in ticks. */
export interface AccountFill {
  ts: number;
  quantity: number;
  ticks: number;
  commissionMicros: number;
}

export interface AccountInput {
  /** In the order of time. */
  fills: readonly AccountFill[];
  covers: readonly Cover[];
  /** Ascending; a fill outside of them is marked at its own price until the next bar. */
  bars: readonly TickBar[];
  /** $ x 10^-6 of one tick of one contract. */
  tickMicros: number;
}

export interface AccountDay {
  /** CME trade date, `YYYYMMDD`: the session that ends on it. */
  tradeDate: string;
  /** Net of commissions, open positions marked at the session's last close. */
  netMicros: number;
  commissionMicros: number;
  fills: number;
}

export interface AccountStory {
  days: readonly AccountDay[];
  netMicros: number;
  commissionMicros: number;
  fills: number;
  /** The deepest fall below an earlier high of the equity; zero or above. */
  maxDrawdownMicros: number;
  bare: readonly Bare[];
  /** The minute in which a position that no stop covered lost most; null when none was ever bare. */
  worstBareMinute: { ts: number; micros: number } | null;
  /** Signed contracts left at the end. */
  left: number;
}

/** Cash, position and the marks between them, as whole micro-dollars. */
class Equity {
  quantity = 0;
  private cashMicros = 0;
  private highMicros = 0;
  deepestMicros = 0;
  lastMicros = 0;

  constructor(private readonly tickMicros: number) {}

  fill({ quantity, ticks, commissionMicros }: AccountFill): void {
    this.cashMicros -= quantity * ticks * this.tickMicros + commissionMicros;
    this.quantity += quantity;
    this.mark(ticks);
  }

  at(ticks: number): number {
    return this.cashMicros + this.quantity * ticks * this.tickMicros;
  }

  mark(ticks: number): void {
    this.lastMicros = this.at(ticks);
    this.highMicros = Math.max(this.highMicros, this.lastMicros);
    this.deepestMicros = Math.max(this.deepestMicros, this.highMicros - this.lastMicros);
  }
}

/** @returns the story of these fills; nothing is booked twice, and what is open at the end is marked at the last price seen. */
export function retell({ fills, covers, bars, tickMicros }: AccountInput): AccountStory {
  const equity = new Equity(tickMicros);
  const bare = bareSpans(fills, covers);
  const days = new Map<string, AccountDay>();
  const dayOf = tradeDates();
  let worst: AccountStory['worstBareMinute'] = null;

  const book = (ts: number, beforeMicros: number, counted: readonly AccountFill[]): void => {
    const tradeDate = dayOf(ts);
    const day = days.get(tradeDate) ?? { tradeDate, netMicros: 0, commissionMicros: 0, fills: 0 };
    days.set(tradeDate, {
      tradeDate,
      netMicros: day.netMicros + equity.lastMicros - beforeMicros,
      commissionMicros: day.commissionMicros + sumOfCommissions(counted),
      fills: day.fills + counted.length,
    });
  };

  let next = 0;
  const takeUntil = (ts: number): readonly AccountFill[] => {
    const from = next;
    for (let fill = fills[next]; fill !== undefined && fill.ts < ts; fill = fills[next]) {
      const before = equity.lastMicros;
      equity.fill(fill);
      book(fill.ts, before, [fill]);
      next += 1;
    }
    return fills.slice(from, next);
  };

  for (const bar of bars) {
    takeUntil(bar.ts);
    const before = equity.lastMicros;
    const inside = takeUntil(bar.ts + MINUTE_MS);
    if (equity.quantity === 0 && inside.length === 0) continue;
    const untilClose = equity.lastMicros;
    // in which order a bar with a fill reached its extremes is not known: only its fills and its close are marked
    if (inside.length === 0) equity.mark(equity.quantity > 0 ? bar.low : bar.high);
    const lowest = Math.min(equity.lastMicros, untilClose);
    equity.mark(bar.close);
    book(bar.ts, untilClose, []);
    const lost = Math.min(lowest, equity.lastMicros) - before;
    if (!bare.some((span) => overlaps(span, bar.ts))) continue;
    if (worst === null || lost < worst.micros) worst = { ts: bar.ts, micros: lost };
  }
  takeUntil(Number.POSITIVE_INFINITY);

  return {
    days: [...days.values()],
    netMicros: equity.lastMicros,
    commissionMicros: sumOfCommissions(fills),
    fills: fills.length,
    maxDrawdownMicros: equity.deepestMicros,
    bare,
    worstBareMinute: worst,
    left: equity.quantity,
  };
}

function sumOfCommissions(fills: readonly AccountFill[]): number {
  return fills.reduce((sum, { commissionMicros }) => sum + commissionMicros, 0);
}

function overlaps({ fromTs, toTs }: Bare, minuteTs: number): boolean {
  return fromTs < minuteTs + MINUTE_MS && toTs > minuteTs;
}

function tradeDates(): (ts: number) => string {
  const calendar = globexCalendar();
  return (ts) => centralDate(calendar.sessionFrom(ts).close);
}
