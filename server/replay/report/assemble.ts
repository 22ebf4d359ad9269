/** From orders in any order to a report: sorted by time, judged one after another, counted. */
import { Judge } from '../judge/judge';
import type { Setting } from '../judge/setting';
import { isPriceless } from '../judge/told';
import type { OrderCase } from '../model/order-case';
import type { JudgedOrder } from '../model/verdict';
import type { ReplayReport, Source, Unread } from './report';
import { storyOf } from './story';
import { dayOf, summaryOf } from './summary';

/** What a reader found in its evidence. */
export interface Found {
  sources: Source[];
  orders: OrderCase[];
  suppressed: ReplayReport['suppressed'];
  unread: { count: number; shown: Unread[] };
  caveats: string[];
}

const ALWAYS = [
  'Guards that read what this evidence does not tell (the connection, reconciliation, quotes, results of earlier trades) are shown as "not known" and make no verdict.',
  'Each order is judged as it was sent, at its own time; that an earlier order would have been blocked, and the position been another one, is not followed.',
];

/** When more orders than this are told of, only the rows of guards that refuse are kept of each. */
const WHOLE_TABLES_MAX = 2_000;

const SHORTENED =
  'So many orders: of each, only the guards that refuse it are listed, and no reduce-only exit.';

/** @param wanted which orders are told of: all are judged, because each is remembered for the next. */
export function reportOf(
  found: Found,
  setting: Setting,
  wanted: (order: OrderCase) => boolean = () => true,
): ReplayReport {
  const judge = new Judge(setting);
  const whole = found.orders.filter(wanted).length <= WHOLE_TABLES_MAX;
  const inTime = found.orders.toSorted((a, b) => a.ts - b.ts || a.orderId - b.orderId);
  const orders: JudgedOrder[] = [];
  for (const order of inTime) {
    const judged = judge.judge(order, dayOf(order.ts));
    if (wanted(order)) orders.push(whole ? judged : withRefusals(judged));
  }
  return {
    version: 1,
    sources: found.sources,
    limits: { ...setting.limits },
    summary: summaryOf(orders),
    orders,
    cycles: orders.flatMap(({ order }) => storyOf(order) ?? []),
    suppressed: found.suppressed,
    unread: found.unread,
    caveats: [...ALWAYS, ...(whole ? [] : [SHORTENED]), ...pricelessIn(orders), ...found.caveats],
  };
}

function pricelessIn(orders: readonly JudgedOrder[]): string[] {
  const count = orders.filter(({ order }) => isPriceless(order) && order.intent.kind !== 'protection').length;
  if (count === 0) return [];
  return [
    `${count} market orders have no price that is told: they met the guards without one, as an entry without a quote does. A tape of their day prices them.`,
  ];
}

function withRefusals({ order, verdict }: JudgedOrder): JudgedOrder {
  const rows = verdict.rows.filter((row) => row.verdict === 'deny');
  return { order, verdict: { ...verdict, rows, reduceOnly: null } };
}
