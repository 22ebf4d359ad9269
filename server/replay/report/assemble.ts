/** From orders to a report: judged one after another as they come, counted, and kept for whoever tells of them. */
import { Judge } from '../judge/judge';
import type { Setting } from '../judge/setting';
import { isPriceless } from '../judge/told';
import type { OrderCase } from '../model/order-case';
import type { JudgedOrder } from '../model/verdict';
import type { ReplayReport, Source, Unread } from './report';
import { Spool } from './spool';
import { type CycleStory, storyOf } from './story';
import { dayOf, Tally } from './summary';

/** What a reader found in its evidence. */
export interface Found {
  sources: Source[];
  /** In any order; empty where each was handed over as it was read. */
  orders: OrderCase[];
  suppressed: ReplayReport['suppressed'];
  unread: { count: number; shown: Unread[] };
  caveats: string[];
}

/** A report of any number of orders: as an array the few, from a file the many. */
export type Replayed = Omit<ReplayReport, 'orders' | 'cycles'> & {
  orders: Iterable<JudgedOrder>;
  cycles: Iterable<CycleStory>;
};

const ALWAYS = [
  'Guards that read what this evidence does not tell (the connection, reconciliation, quotes, results of earlier trades) are shown as "not known" and make no verdict.',
  'Each order is judged as it was sent, at its own time; that an earlier order would have been blocked, and the position been another one, is not followed.',
];

/** When more orders than this are told of, only the rows of guards that refuse are kept of each. */
const WHOLE_TABLES_MAX = 2_000;

const SHORTENED =
  'So many orders: of each, only the guards that refuse it are listed, and no reduce-only exit.';

/** Takes orders in time; nothing of them is kept but what the report tells. */
export class Assembly {
  /** Orders that were taken, wanted or not, and the days of the first and the last. */
  taken = 0;
  days: { first: string; last: string } | null = null;
  private readonly judge: Judge;
  private readonly tally = new Tally();
  private few: JudgedOrder[] = [];
  private many: Spool | null = null;
  private priceless = 0;

  /** @param wanted which orders are told of: all are judged, because each is remembered for the next. */
  constructor(
    private readonly setting: Setting,
    private readonly wanted: (order: OrderCase) => boolean = () => true,
  ) {
    this.judge = new Judge(setting);
  }

  take(order: OrderCase): void {
    const day = dayOf(order.ts);
    const judged = this.judge.judge(order, day);
    this.taken += 1;
    this.days = { first: this.days?.first ?? day, last: day };
    if (!this.wanted(order)) return;
    this.tally.add(judged);
    if (isPriceless(order) && order.intent.kind !== 'protection') this.priceless += 1;
    this.keep(judged);
  }

  report(found: Omit<Found, 'orders'>): Replayed {
    const { sources, suppressed, unread } = found;
    const { few, many } = this;
    return {
      version: 1,
      sources,
      limits: { ...this.setting.limits },
      summary: this.tally.summary(),
      orders: many ?? few,
      cycles: many ? { [Symbol.iterator]: () => storiesOf(many) } : [...storiesOf(few)],
      suppressed,
      unread,
      caveats: [...ALWAYS, ...(many ? [SHORTENED] : []), ...this.pricelessTold(), ...found.caveats],
    };
  }

  private keep(judged: JudgedOrder): void {
    if (this.many === null && this.few.length < WHOLE_TABLES_MAX) {
      this.few.push(judged);
      return;
    }
    this.many ??= new Spool();
    for (const one of this.few) this.many.add(withRefusals(one));
    this.few = [];
    this.many.add(withRefusals(judged));
  }

  private pricelessTold(): string[] {
    if (this.priceless === 0) return [];
    return [
      `${this.priceless} market orders have no price that is told: they met the guards without one, as an entry without a quote does. A tape of their day prices them.`,
    ];
  }
}

/** Of evidence that was read whole. @param wanted which orders are told of. */
export function reportOf(
  found: Found,
  setting: Setting,
  wanted?: (order: OrderCase) => boolean,
): ReplayReport {
  const assembly = new Assembly(setting, wanted);
  for (const order of inTime(found.orders)) assembly.take(order);
  const report = assembly.report(found);
  return { ...report, orders: [...report.orders], cycles: [...report.cycles] };
}

export function inTime(orders: readonly OrderCase[]): OrderCase[] {
  return orders.toSorted((a, b) => a.ts - b.ts || a.orderId - b.orderId);
}

function* storiesOf(orders: Iterable<JudgedOrder>): Generator<CycleStory> {
  for (const { order } of orders) {
    const story = storyOf(order);
    if (story !== null) yield story;
  }
}

function withRefusals({ order, verdict }: JudgedOrder): JudgedOrder {
  const rows = verdict.rows.filter((row) => row.verdict === 'deny');
  return { order, verdict: { ...verdict, rows, reduceOnly: null } };
}
