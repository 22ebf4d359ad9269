/** The counterfactual in words: what the account would have made behind the guards, beside what the bot made. */
import { moneyText } from '../../engine/view/plain';
import type { ReplayReport } from '../../replay/report/report';
import type { TapeReplay } from '../../replay/tape/run';
import { exchangeTime, sections, table } from '../text';
import { reasonTable, totalText } from './words';

type Account = TapeReplay['bot'];

export function tapeText(
  { symbol, tape, guarded, bot, decisions, caveats }: TapeReplay,
  { summary, caveats: told }: ReplayReport,
): string {
  const head = `${symbol} on ${tape.name}, ${exchangeTime(tape.fromTs)} to ${exchangeTime(tape.toTs)} US/Central: ${decisions.length} orders were tried.`;
  return sections([
    ['', head],
    ['P&L by trade date, net', dayTable(guarded, bot)],
    ['', sideBySide(guarded, bot)],
    ['What the guards let through', decisionTable(decisions)],
    ['Why nothing was done', whyTable(decisions)],
    ['Each order by itself, without an account: blocked, by reason', reasonTable(summary)],
    ['', totalText(summary)],
    ['What this cannot know', [...caveats, ...told].join('\n')],
  ]);
}

function dayTable(guarded: Account, bot: Account): string {
  const dates = [...new Set([...guarded.days, ...bot.days].map(({ tradeDate }) => tradeDate))].sort();
  const of = (account: Account, date: string) => account.days.find(({ tradeDate }) => tradeDate === date);
  return table(
    ['trade date', 'guards', 'fills', 'bot', 'fills'],
    dates.map((date) => [
      date,
      moneyText(of(guarded, date)?.netMicros ?? 0),
      String(of(guarded, date)?.fills ?? 0),
      moneyText(of(bot, date)?.netMicros ?? 0),
      String(of(bot, date)?.fills ?? 0),
    ]),
    [1, 2, 3, 4],
  );
}

function sideBySide(guarded: Account, bot: Account): string {
  const rows: [string, (account: Account) => string][] = [
    ['net', ({ netMicros }) => moneyText(netMicros)],
    ['commissions', ({ commissionMicros }) => moneyText(-commissionMicros)],
    ['deepest drawdown', ({ maxDrawdownMicros }) => moneyText(-maxDrawdownMicros)],
    ['time without a stop', ({ bareMs }) => minutes(bareMs)],
    ['the longest of it', ({ longestBareMs }) => minutes(longestBareMs)],
    [
      'worst minute without a stop',
      ({ worstBareMinute: worst }) =>
        worst === null ? '-' : `${moneyText(worst.micros)} at ${exchangeTime(worst.ts)}`,
    ],
    ['left at the end', ({ left }) => String(left)],
  ];
  return table(
    ['', 'guards', 'bot'],
    rows.map(([name, text]) => [name, text(guarded), text(bot)]),
    [1, 2],
  );
}

function decisionTable(decisions: TapeReplay['decisions']): string {
  return table(
    ['placed', 'order', 'did'],
    decisions
      .filter(({ did }) => did !== 'nothing')
      .map(({ ts, orderId, did }) => [exchangeTime(ts), String(orderId), did]),
    [1],
  );
}

function whyTable(decisions: TapeReplay['decisions']): string {
  const whys = new Map<string, number>();
  for (const { did, why } of decisions) if (did === 'nothing') whys.set(why, (whys.get(why) ?? 0) + 1);
  const rows = [...whys].sort((a, b) => b[1] - a[1]).map(([why, count]) => [String(count), why]);
  return table(['orders', 'why'], rows, [0]);
}

function minutes(ms: number): string {
  return `${(ms / 60_000).toFixed(1)} min`;
}
