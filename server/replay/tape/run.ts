/**
 * The counterfactual: the same orders, each judged against an account that only the guards let trade, on the exchange model over the
 * tape; beside it what the bot really made. Entries that pass trade with their own brackets, what is against a position closes it.
 */
import { z } from 'zod';
import { microsOf } from '../../engine/model/money';
import { SYMBOLS } from '../../exchange/contracts';
import type { Tape } from '../../exchange/tape';
import { MIN_TICK } from '../../exchange/units';
import type { ProductSymbol } from '../../exchange/words';
import { type AccountStory, retell } from '../counterfactual/account';
import { longestBareMs } from '../counterfactual/cover';
import {
  type AccountNow,
  type Decision,
  type GuardedRun,
  runGuarded,
  type Wish,
} from '../counterfactual/guarded';
import { Judge } from '../judge/judge';
import { contractOf, type Setting } from '../judge/setting';
import { InputError } from '../model/input-error';
import type { OrderCase } from '../model/order-case';
import { accountState, tradeDateAt } from './book';
import { botAccount } from './bot';

const MINUTE_MS = 60_000;

const Account = z.object({
  days: z.array(
    z.object({ tradeDate: z.string(), netMicros: z.number(), commissionMicros: z.number(), fills: z.int() }),
  ),
  /** $ x 10^-6, net of commissions; what is left is marked at the last price. */
  netMicros: z.number(),
  commissionMicros: z.number(),
  fills: z.int(),
  maxDrawdownMicros: z.number(),
  /** All the time that contracts stood without a stop that covered them, and the longest of it, ms. */
  bareMs: z.number(),
  longestBareMs: z.number(),
  worstBareMinute: z.object({ ts: z.number(), micros: z.number() }).nullable(),
  /** Signed contracts at the end. */
  left: z.number(),
});

export const TapeReplay = z.object({
  version: z.literal(1),
  symbol: z.string(),
  tape: z.object({ name: z.string(), bars: z.int(), fromTs: z.number(), toTs: z.number() }),
  /** Behind the guards, and as the bot did it. */
  guarded: Account,
  bot: Account,
  decisions: z.array(
    z.object({
      key: z.string(),
      orderId: z.int(),
      ts: z.number(),
      did: z.enum(['enter', 'exit', 'nothing']),
      why: z.string(),
    }),
  ),
  caveats: z.array(z.string()),
});
export type TapeReplay = z.infer<typeof TapeReplay>;

export interface NamedTape {
  name: string;
  tape: Tape;
}

/** @throws InputError when the orders are not of one instrument that the tape could be of, or none lies on it. */
export function runTape(orders: readonly OrderCase[], setting: Setting, named: NamedTape): TapeReplay {
  const { tape, name } = named;
  const fromTs = tape.bars[0]?.ts ?? 0;
  const toTs = (tape.bars.at(-1)?.ts ?? 0) + MINUTE_MS;
  const onTape = orders
    .filter(({ ts, intent }) => ts >= fromTs && ts < toTs && intent.kind !== 'protection')
    .toSorted((a, b) => a.ts - b.ts);
  const symbol = symbolOf(onTape, name);
  const tickMicros = tickMicrosOf(symbol, setting);
  const byKey = new Map(onTape.map((order) => [order.key, order]));
  const judge = new Judge(setting);
  const run = runGuarded({
    tape,
    symbol,
    wishes: onTape.map(wishOf),
    decide(wish, now) {
      const order = byKey.get(wish.id);
      return order === undefined
        ? { do: 'nothing', why: 'not told' }
        : decide(judge, inAccount(order, now), wish, { now, symbol, tickMicros });
    },
  });
  const bot = botAccount(onTape, symbol, { fromTs, toTs });
  const accountOf = ({ fills, covers }: Pick<GuardedRun, 'fills' | 'covers'>) =>
    clipped(retell({ fills, covers, bars: tape.bars, tickMicros }), toTs);
  return {
    version: 1,
    symbol,
    tape: { name, bars: tape.bars.length, fromTs, toTs },
    guarded: accountOf(run),
    bot: accountOf(bot),
    decisions: run.decisions.map(({ id, decision }) => {
      const order = byKey.get(id);
      return {
        key: id,
        orderId: order?.orderId ?? 0,
        ts: order?.ts ?? 0,
        did: decision.do,
        why: decision.do === 'nothing' ? decision.why : '',
      };
    }),
    caveats: caveatsOf(bot, orders.length - onTape.length),
  };
}

/** A signal against what is held is an exit at most, whatever it was meant as; the judge says so before any guard is asked. */
function decide(
  judge: Judge,
  order: OrderCase,
  wish: Wish,
  { now, symbol, tickMicros }: { now: AccountNow; symbol: string; tickMicros: number },
): Decision {
  const day = tradeDateAt(order.ts);
  const { verdict } = judge.judge(order, day, accountState(now, wish, symbol, tickMicros));
  const { outcome, reasons, reduceOnly, sentence } = verdict;
  if (reduceOnly?.would?.side === order.side) return { do: 'exit' };
  if (outcome === 'passed') return { do: 'enter' };
  return { do: 'nothing', why: reasons.join(' ') || sentence };
}

/** The order as the guarded account meets it: with that account's position and the tape's price. */
function inAccount(order: OrderCase, { position, last, ts }: AccountNow): OrderCase {
  return {
    ...order,
    held: { quantity: position, ts, by: 'broker' },
    market: last === undefined ? null : { ts, price: last, by: 'price read' },
  };
}

function wishOf({ key, ts, side, quantity, type, asked }: OrderCase): Wish {
  return {
    id: key,
    ts,
    action: side,
    quantity,
    limit: type === 'MKT' ? null : asked.entryPrice,
    stop: asked.stopPrice,
    target: asked.targetPrice,
  };
}

function symbolOf(orders: readonly OrderCase[], tape: string): ProductSymbol {
  const symbols = [...new Set(orders.map(({ symbol }) => symbol))];
  if (symbols.length === 0) throw new InputError(`No order lies within the tape ${tape}. Nothing was run.`);
  const product = SYMBOLS.find((known) => known === symbols[0]);
  if (symbols.length === 1 && product !== undefined) return product;
  throw new InputError(
    `A tape is of one instrument (${SYMBOLS.join(', ')}), and the orders are of ${symbols.join(', ')}. Nothing was run; choose a --date on which only one was traded.`,
  );
}

function tickMicrosOf(symbol: string, setting: Setting): number {
  const contract = contractOf(symbol, setting);
  if (contract === null || contract.tickSize !== MIN_TICK)
    throw new InputError(
      `The exchange model trades in steps of ${MIN_TICK}: leave --tick-size out with --tape.`,
    );
  return microsOf(contract.tickSize * contract.multiplier);
}

/** What is bare without end is bare until the tape ends. */
function clipped({ bare, days, worstBareMinute, ...story }: AccountStory, toTs: number): TapeReplay['bot'] {
  const spans = bare.map((span) => ({ ...span, toTs: Math.min(span.toTs, toTs) }));
  return {
    ...story,
    days: [...days],
    worstBareMinute,
    bareMs: spans.reduce((sum, span) => sum + span.toTs - span.fromTs, 0),
    longestBareMs: longestBareMs(spans),
  };
}

function caveatsOf({ untold, offGrid, fills }: ReturnType<typeof botAccount>, outside: number): string[] {
  const left = fills.reduce((sum, { quantity }) => sum + quantity, 0);
  return [
    'Both accounts begin flat. The bot is charged the commission of the exchange model for each contract; what it was really charged is not told.',
    left === 0
      ? ''
      : `The executions told of the bot do not end flat: ${left} contracts are left and marked at the last price. Its figures hold no better than its record.`,
    untold > 0
      ? `${untold} orders are said to have filled, and no execution of them is told: they count for nothing.`
      : '',
    offGrid > 0 ? `${offGrid} executions at prices off the grid are left out.` : '',
    outside > 0 ? `${outside} orders are stops and targets, or lie outside the tape.` : '',
  ].filter((caveat) => caveat !== '');
}
