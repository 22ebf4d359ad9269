/**
 * One order of yesterday, put before today's guards: the engine's own pipeline and advisory rule, no second copy of either.
 * What the evidence does not tell counts neither way, and is shown.
 */
import { denials, evaluateGuards } from '../../engine/guard/pipeline';
import { type ReasonCode, refusalText } from '../../engine/model/reason';
import type { EngineState } from '../../engine/model/state';
import type { OrderCase } from '../model/order-case';
import type { GuardRow, JudgedOrder, ReduceOnly, Verdict } from '../model/verdict';
import { advisorRow } from './advisor';
import { reduceOnlyOf } from './reduce-only';
import type { Setting } from './setting';
import { meaningOf } from './signal';
import { isPriceless, untoldOfOrder, whyNotKnown } from './told';
import { holding, type Memory, NOTHING_BEFORE, worldOf } from './world';

/** An account that is run through the orders: what is so in it now, and the names of the guards that it lets be judged. */
export interface AccountState {
  day: Partial<EngineState['day']>;
  orders: EngineState['orders'];
  tells: ReadonlySet<string>;
}

const NO_ACCOUNT: AccountState = { day: {}, orders: {}, tells: new Set() };

/** Orders one after another, each remembered for the next: the same wish again, and how many entries would have been sent. */
export class Judge {
  private memory: Memory = NOTHING_BEFORE;
  private day = '';

  constructor(private readonly setting: Setting) {}

  /** @param dayOf the trading day of an order; counts of a day begin anew with it. */
  judge(order: OrderCase, day: string, account: AccountState = NO_ACCOUNT): JudgedOrder {
    if (day !== this.day) this.memory = { ...this.memory, day: NOTHING_BEFORE.day };
    this.day = day;
    const known = worldOf(order, this.setting, this.memory);
    if (!known) return { order, verdict: unknownInstrument(order) };
    const world = { ...known, day: { ...known.day, ...account.day }, orders: account.orders };
    const verdict =
      order.intent.kind === 'exit' ? judgeExit(world, order) : this.judgeEntry(world, order, account.tells);
    return { order, verdict };
  }

  private judgeEntry(world: EngineState, order: OrderCase, tells: AccountState['tells']): Verdict {
    if (order.intent.kind === 'protection') return protectionOf(world, order);
    const meaning = meaningOf(world, order);
    const cycle = meaning.kind === 'entry' ? meaning.outcome.state.cycles[meaning.cycleId] : undefined;
    if (!cycle) return unread(order);
    const opened = meaning.outcome.state;
    const whyUntold = (guard: string) => (tells.has(guard) ? null : whyNotKnown(guard, order));
    const results = evaluateGuards(opened, cycle, { ts: order.ts, hostMs: order.ts });
    const guards = results.map((result): GuardRow => {
      const why = whyUntold(result.guard);
      return why === null
        ? { ...result, why: null }
        : { ...result, verdict: 'not known', observed: null, why };
    });
    const advisor = advisorRow(opened, cycle, order);
    const known = results.filter(({ guard }) => whyUntold(guard) === null);
    const refused = denials(known);
    const reasons: ReasonCode[] = advisor.verdict === 'deny' ? [...refused, advisor.code] : [...refused];
    const outcome = reasons.length > 0 ? 'blocked' : untoldOfOrder(order) === null ? 'passed' : 'unknown';
    this.remember(opened, order, outcome === 'passed');
    const rows = [...guards, advisor];
    const reduceOnly = reduceOnlyOf(world, order);
    const against = isExitAtMost(world, order) ? exitAtMost(order, reduceOnly) : '';
    const sentence = `${said(outcome, order, rows)}${against}`;
    return { outcome, reasons, rows, reduceOnly, sentence };
  }

  private remember({ signals, limits }: EngineState, { ts }: OrderCase, sent: boolean): void {
    const { entryTimes, day } = this.memory;
    const recent = entryTimes.filter((at) => ts - at < 60_000);
    this.memory = {
      // what is older than the window repeats nothing
      signals: signals.filter((seen) => ts - seen.ts < limits.duplicateWindowMs),
      entryTimes: sent ? [...recent, ts] : recent,
      day: sent ? { ...day, entries: day.entries + 1 } : day,
    };
  }
}

/** A single order, with nothing before it. */
export function judgeAlone(order: OrderCase, setting: Setting): Verdict {
  return new Judge(setting).judge(order, '').verdict;
}

/** Guards stop entries, never exits (law 6): what an exit may do is decided by the position alone. */
function judgeExit(world: EngineState, order: OrderCase): Verdict {
  const reduceOnly = reduceOnlyOf(world, order);
  const blocked = reduceOnly.code !== null && reduceOnly.would?.side !== order.side;
  const verdict = {
    rows: [],
    reduceOnly,
    reasons: blocked && reduceOnly.code !== null ? [reduceOnly.code] : [],
  };
  if (blocked) {
    const sentence = `Blocked: as an exit ${asText(order)} would have opened a position. ${reduceOnly.sentence}`;
    return { ...verdict, outcome: 'blocked', sentence };
  }
  const sentence = `An exit, which no guard stops: it goes out reduce-only. ${reduceOnly.sentence}`;
  return { ...verdict, outcome: 'exit', sentence };
}

function protectionOf(world: EngineState, order: OrderCase): Verdict {
  const sentence = `A protective order of ${order.parentId}: it is judged with its parent.`;
  return {
    outcome: 'protection',
    reasons: [],
    rows: [],
    reduceOnly: reduceOnlyOf(world, order),
    sentence,
  };
}

function unknownInstrument(order: OrderCase): Verdict {
  const sentence = `Not known: what a tick and a point of ${order.symbol} are worth. Give --tick-size and --contract-multiplier.`;
  return { outcome: 'unknown', reasons: [], rows: [], reduceOnly: null, sentence };
}

function unread(order: OrderCase): Verdict {
  const sentence = `Not known: ${asText(order)} cannot be read as a signal.`;
  return { outcome: 'unknown', reasons: [], rows: [], reduceOnly: null, sentence };
}

/** A signal against what is held is an exit at most; Interlock never turns a position. */
function isExitAtMost(world: EngineState, order: OrderCase): boolean {
  const { held } = order;
  return held !== null && meaningOf(holding(world, order, held.quantity), order).kind === 'exit';
}

function exitAtMost(order: OrderCase, { would }: ReduceOnly): string {
  const exit = would ? `${would.side} ${would.quantity}, reduce-only` : 'nothing';
  return ` Against what was held, Interlock reads ${order.side} as an exit at most: ${exit}.`;
}

const NO_PRICE = ' No price of it is told, and Interlock sends no entry that it cannot measure.';

function said(outcome: Verdict['outcome'], order: OrderCase, rows: readonly GuardRow[]): string {
  const untold = [...new Set(rows.filter((row) => row.verdict === 'not known').map((row) => row.guard))];
  switch (outcome) {
    case 'blocked':
      return `Blocked: ${asText(order)} would not have been sent. ${refusals(rows)}${isPriceless(order) ? NO_PRICE : ''}`;
    case 'passed':
      return `Not blocked: nothing that is told of ${asText(order)} stops it. Not known: ${untold.join(', ')}.`;
    case 'exit':
    case 'protection':
    case 'unknown':
      return `Not known: ${untoldOfOrder(order) ?? 'too little is told.'} Nothing else that is told stops ${asText(order)}.`;
  }
}

/** As the pipeline counts them: a guard that could not measure is told of when no other refused. */
function refusals(rows: readonly GuardRow[]): string {
  const denied = rows.filter(({ verdict }) => verdict === 'deny');
  const told = denied.length > 0 ? denied : rows.filter(({ verdict }) => verdict === 'skip');
  return told.map(refusal).join(' ');
}

function refusal(row: GuardRow): string {
  if (row.guard === 'Advisor') return 'The advisor said WAIT, and the signal is not sure enough to lift it.';
  return `${refusalText({ ...row, verdict: 'deny' })}.`;
}

/** e.g. `BUY 1 ES at 6890.5 (14812)`. */
export function asText({ orderId, side, quantity, symbol, type, asked }: OrderCase): string {
  const at = type === 'MKT' || asked.entryPrice === null ? 'at the market' : `at ${asked.entryPrice}`;
  return `${side} ${quantity} ${symbol} ${at} (${orderId})`;
}
