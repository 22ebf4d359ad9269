/** Counts of a replay. Each blocked order is counted once under its first reason: those counts add up to the blocked ones. */
import { centralOf } from '../../engine/model/central';
import { REASON_CODES, type ReasonCode } from '../../engine/model/reason';
import { isoDayOf } from '../../engine/model/time';
import type { JudgedOrder, Verdict } from '../model/verdict';
import type { Counts, Summary } from './report';

const NONE: Counts = { orders: 0, blocked: 0, passed: 0, exit: 0, unknown: 0, protection: 0 };

/** Counts orders one after another, however many: nothing of them is kept. */
export class Tally {
  private readonly total = { ...NONE };
  private readonly days = new Map<string, Counts>();
  private readonly intents = new Map<string, Counts>();
  private readonly reasons = new Map<ReasonCode, { first: number; all: number }>();

  add({ order, verdict }: JudgedOrder): void {
    const { outcome, reasons } = verdict;
    for (const counts of [
      this.total,
      countsOf(this.days, dayOf(order.ts)),
      countsOf(this.intents, order.intent.kind),
    ]) {
      counts.orders += 1;
      counts[outcome] += 1;
    }
    this.addReasons(reasons);
  }

  get orders(): number {
    return this.total.orders;
  }

  summary(): Summary {
    return {
      ...this.total,
      byReason: this.byReason(),
      byDay: [...this.days].map(([day, counts]) => ({ day, ...counts })),
      byIntent: Object.fromEntries(this.intents),
    };
  }

  private addReasons(reasons: Verdict['reasons']): void {
    for (const [n, code] of reasons.entries()) {
      const known = this.reasons.get(code) ?? { first: 0, all: 0 };
      this.reasons.set(code, { first: known.first + (n === 0 ? 1 : 0), all: known.all + 1 });
    }
  }

  /** Most frequent first; of equal ones by precedence. */
  private byReason(): Summary['byReason'] {
    return REASON_CODES.flatMap((code) => {
      const counts = this.reasons.get(code);
      return counts ? [{ code, ...counts }] : [];
    }).sort((a, b) => b.first - a.first || b.all - a.all);
  }
}

function countsOf(groups: Map<string, Counts>, key: string): Counts {
  const known = groups.get(key) ?? { ...NONE };
  groups.set(key, known);
  return known;
}

/** The date on a clock in Chicago, as the bot's own logs have it. */
export function dayOf(ts: number): string {
  return isoDayOf(centralOf(ts).dayNumber);
}
