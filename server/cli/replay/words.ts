/** A replay in words: one order whole, or a day as a table with what it adds up to. */
import type { JudgedOrder } from '../../replay/model/verdict';
import type { Replayed } from '../../replay/report/assemble';
import type { ReplayReport } from '../../replay/report/report';
import { type CycleStory, storyOf } from '../../replay/report/story';
import { guardTable } from '../guard-table';
import { exchangeTime, sections, table } from '../text';

const ORDERS_SHOWN = 200;
const UNREAD_SHOWN = 10;
const QUOTED = 160;

export function orderText({ order, verdict }: JudgedOrder, withReduceOnly: boolean): string {
  return sections([
    ['', verdict.sentence],
    ['As a reduce-only exit', withReduceOnly ? (verdict.reduceOnly?.sentence ?? 'Not known.') : ''],
    ['What the bot knew', knownText(order)],
    ['What became of it', becameText(order)],
    ['Guards', guardTable(verdict.rows)],
    ['Not known, and why', untoldText(verdict)],
    ['What is odd about it', order.notes.join('\n')],
    [
      'Evidence',
      order.evidence.map(({ source, line, text }) => `${source}:${line}  ${clipped(text)}`).join('\n'),
    ],
  ]);
}

function knownText(order: JudgedOrder['order']): string {
  const { asked, signal, advice, held, market, children } = order;
  const rows: [string, string][] = [
    ['placed', `${exchangeTime(order.ts)} US/Central`],
    [
      'order',
      `${order.action} ${order.quantity} ${order.symbol} ${order.type} at ${price(asked.entryPrice)}`,
    ],
    [
      'stop, target',
      asked.protection === 'known'
        ? `${price(asked.stopPrice)}, ${price(asked.targetPrice)}`
        : 'not told whether any were sent',
    ],
    [
      'signal',
      signal === null
        ? 'not told'
        : `${signal.action}, confidence ${signal.confidence ?? 'not told'}, trend ${signal.trend ?? 'not told'}, volatility ${signal.volatility ?? 'not told'}`,
    ],
    ['advisor', adviceText(advice)],
    ['held', held === null ? 'not told' : `${held.quantity} (by ${held.by})`],
    ['market', market === null ? 'not told' : `${market.price} (${market.by})`],
    ['meant as', `${order.intent.kind}: ${order.intent.why}`],
    [
      'became',
      `${order.status ?? 'not told'}, ${order.filled} of ${order.quantity} filled${order.averagePrice === null ? '' : ` at ${order.averagePrice}`}`,
    ],
    ...children.map((child): [string, string] => [
      child.role,
      `${child.orderId}: ${child.side} ${child.quantity} at ${price(child.price)}, ${child.status ?? 'not told'}`,
    ]),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `${name.padEnd(width)}  ${text}`).join('\n');
}

function becameText(order: JudgedOrder['order']): string {
  const story = storyOf(order);
  return story === null ? '' : cycleTable([story]);
}

/** What was sent without a bracket has no end that is told: it is counted. */
function cyclesText(cycles: Iterable<CycleStory>): string {
  const rebuilt: CycleStory[] = [];
  let rest = 0;
  for (const cycle of cycles) {
    if (cycle.closed.length === 0 && cycle.bareMs === null) rest += 1;
    else if (rebuilt.length < ORDERS_SHOWN) rebuilt.push(cycle);
  }
  const untold =
    rest === 0 ? '' : `${rest} more orders filled without a bracket; what closed them is not told.`;
  return [cycleTable(rebuilt), untold].filter(Boolean).join('\n');
}

function cycleTable(cycles: readonly CycleStory[]): string {
  return table(
    ['filled', 'order', 'side', 'n', 'at', 'without a stop', 'closed by', 'left', 'points'],
    cycles.map(({ openedTs, orderId, side, quantity, price: paid, bareMs, closed, left, points }) => [
      exchangeTime(openedTs),
      String(orderId),
      side,
      String(quantity),
      String(Math.round(paid * 1e4) / 1e4),
      bareMs === null ? 'no stop known' : `${bareMs / 1_000} s`,
      [...new Set(closed.map(({ role }) => role))].join(', ') || '-',
      String(left),
      points === null ? '-' : String(points),
    ]),
    [1, 3, 4, 5, 7, 8],
  );
}

function adviceText(advice: JudgedOrder['order']['advice']): string {
  if (advice === null) return 'not told';
  const sure = advice.confidence === null ? '' : `, confidence ${advice.confidence}`;
  const obeyed = advice.enforced === null ? '' : advice.enforced ? '; obeyed' : '; not obeyed';
  return `${advice.verdict}${sure}${obeyed}`;
}

/** Guards that share a reason for not being known share a line. */
function untoldText({ rows }: JudgedOrder['verdict']): string {
  const whys = new Map<string, string[]>();
  for (const { guard, why } of rows) {
    if (why !== null) whys.set(why, [...(whys.get(why) ?? []), guard]);
  }
  return [...whys].map(([why, guards]) => `${guards.join(', ')}: ${why}`).join('\n');
}

export function reportText(report: Replayed): string {
  const { summary, orders, sources, suppressed, unread, caveats } = report;
  const more = summary.orders - summary.protection - ORDERS_SHOWN;
  return sections([
    ['', orderTable(firstParents(orders))],
    ['', more > 0 ? `${more} more: see --csv or --json.` : ''],
    ['Cycles, as far as their own brackets tell', cyclesText(report.cycles)],
    ['Days', summary.byDay.length > 1 ? dayTable(summary) : ''],
    ['Blocked, by reason', reasonTable(summary)],
    ['', totalText(summary)],
    [
      'Read',
      sources
        .map(({ name, kind, lines, firstTs, lastTs }) => {
          const from =
            firstTs === null || lastTs === null
              ? ''
              : `, ${exchangeTime(firstTs)} to ${exchangeTime(lastTs)}`;
          return `${name}: ${kind}, ${lines} ${kind === 'log' ? 'lines' : 'rows'}${from}`;
        })
        .join('\n'),
    ],
    [
      '',
      suppressed.count > 0
        ? `${suppressed.count} orders were held back by the bot itself and never sent.`
        : '',
    ],
    ['', unread.count === 0 ? "Nothing that looks like the bot's was left unread." : ''],
    [
      `${unread.count} could not be read`,
      unread.shown
        .slice(0, UNREAD_SHOWN)
        .map(({ source, line, text, why }) => `${source}:${line}  ${why}  ${clipped(text)}`)
        .join('\n'),
    ],
    ['What this cannot know', caveats.join('\n')],
  ]);
}

function firstParents(orders: Iterable<JudgedOrder>): JudgedOrder[] {
  const shown: JudgedOrder[] = [];
  for (const one of orders) {
    if (shown.length === ORDERS_SHOWN) break;
    if (one.verdict.outcome !== 'protection') shown.push(one);
  }
  return shown;
}

function orderTable(orders: readonly JudgedOrder[]): string {
  return table(
    ['placed', 'order', 'action', 'n', 'contract', 'at', 'stop', 'target', 'meant as', 'verdict', 'why'],
    orders.map(({ order, verdict }) => [
      exchangeTime(order.ts),
      String(order.orderId),
      order.action,
      String(order.quantity),
      order.symbol,
      price(order.asked.entryPrice),
      order.asked.protection === 'known' ? price(order.asked.stopPrice) : '?',
      order.asked.protection === 'known' ? price(order.asked.targetPrice) : '?',
      order.intent.kind,
      verdict.outcome,
      verdict.reasons.join(' '),
    ]),
    [1, 3, 5, 6, 7],
  );
}

function dayTable({ byDay }: ReplayReport['summary']): string {
  return table(
    ['day', 'orders', 'blocked', 'passed', 'exits', 'not known', 'stops and targets'],
    byDay.map(({ day, orders, blocked, passed, exit, unknown, protection }) => [
      day,
      ...[orders, blocked, passed, exit, unknown, protection].map(String),
    ]),
    [1, 2, 3, 4, 5, 6],
  );
}

export function reasonTable({ byReason, blocked }: ReplayReport['summary']): string {
  if (byReason.length === 0) return '';
  const rows = byReason.map(({ code, first, all }) => [code, String(first), String(all)]);
  return table(['reason', 'as the first', 'among others'], [...rows, ['all', String(blocked), '']], [1, 2]);
}

export function totalText({
  orders,
  blocked,
  passed,
  exit,
  unknown,
  protection,
}: ReplayReport['summary']): string {
  return `${orders} orders: ${blocked} blocked, ${passed} not blocked, ${exit} exits, ${unknown} not known, ${protection} stops and targets of others.`;
}

function price(value: number | null): string {
  return value === null ? '-' : String(value);
}

function clipped(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > QUOTED ? `${line.slice(0, QUOTED)} …` : line;
}
