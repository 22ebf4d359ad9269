/** Which guards the evidence lets us judge: for each, why not, or null. A guard that is missing here fails a test. */
import { GLOBEX_EQUITY, tableStateAt } from '../../engine/model/calendar';
import type { OrderCase } from '../model/order-case';

type Told = (order: OrderCase) => string | null;

/** A price that is older than this says nothing of the market at the order. */
export const PRICE_FRESH_MS = 60_000;

const always: Told = () => null;
const ownState: Told = () => 'The state of Interlock itself: it did not run then.';
const quotes: Told = () =>
  'The bot wrote down prices that it asked for now and then, not the quotes that a guard reads.';
/** What cannot be measured for want of any price meets the guard as it would today: without a quote it refuses. */
const quoteAge: Told = (order) => (isPriceless(order) ? null : quotes(order));
const results: Told = () => 'It depends on what the trades before it made.';

const signal: Told = (order) => (order.signal ? null : 'No signal was found before the order.');
const confidence: Told = ({ signal: said }) =>
  said?.confidence == null ? 'No confidence of the signal was found.' : null;
const protection: Told = ({ asked }) =>
  asked.protection === 'known' ? null : 'Nothing tells whether a stop and a target were sent.';
const held: Told = ({ held: before }) =>
  before?.by === 'broker' ? null : "The broker's word on the position before the order was not found.";

const bracket: Told = (order) => {
  const { asked } = order;
  const missing = asked.stopPrice === null || asked.targetPrice === null;
  if (missing) return 'There is no complete bracket to measure.';
  if (isPriceless(order)) return 'A market order, and no price is told to measure it against.';
  return protection(order);
};

const collar: Told = (order) => {
  const { type, market, ts } = order;
  if (type === 'MKT') return 'A market order has no price of its own.';
  if (bracket(order) !== null) return bracket(order);
  const seen = market !== null && market.by !== 'own fill' && ts - market.ts <= PRICE_FRESH_MS;
  return seen ? null : 'No price is told of the minute before the order.';
};

const TOLD: Readonly<Record<string, Told>> = {
  'Trading mode': ownState,
  'Broker connection': ownState,
  'Book reconciled': ownState,
  Journal: ownState,
  'Time since the same signal': always,
  'Signal age': signal,
  'Signal clock ahead': signal,
  'Stop and target': protection,
  'Prices on the tick grid': always,
  'Bracket orientation': bracket,
  'Distance to stop': bracket,
  'Distance to target': bracket,
  'Loss at stop': bracket,
  Session: ({ symbol, ts }) =>
    GLOBEX_EQUITY.includes(symbol) && tableStateAt(ts) !== 'unknown'
      ? null
      : 'Our table of hours does not know this day.',
  'Quote age': quoteAge,
  'Quote unchanged': quotes,
  'Entry away from market': collar,
  'Time to expiry': ({ lastTradeDate }) =>
    lastTradeDate === null ? 'Which contract it was is not told.' : null,
  'Signal confidence': confidence,
  'Orphans undecided': ownState,
  'Position held': held,
  'Orders live': () => 'Which orders worked at the broker then is not told.',
  'Position after entry': held,
  'Loss today': results,
  'Trades today': always,
  'Losses in a row': results,
  'Time since last loss': results,
  'Entries in a minute': always,
};

/** @returns why the guard cannot be judged from this evidence; null when it can. */
export function whyNotKnown(guard: string, order: OrderCase): string | null {
  return (TOLD[guard] ?? (() => 'The replay does not know what this guard reads.'))(order);
}

/** Without this the order itself is not known well enough for a verdict. */
export function untoldOfOrder(order: OrderCase): string | null {
  return protection(order);
}

/** A market order of which no price is told: neither what it filled at, nor what the market was. */
export function isPriceless({ type, market }: OrderCase): boolean {
  return type === 'MKT' && market === null;
}
