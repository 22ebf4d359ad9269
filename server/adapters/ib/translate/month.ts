/** Which of a root's months is traded, and when the next one is. */
import type { ContractDetails } from '@stoqey/ib';
import type { Instrument } from '../../../engine/model/instrument';
import { instrumentOf } from './instrument';

/** Index futures roll on the Thursday eight days before expiry. */
const ROLL_MS = 8 * 86_400_000;

/**
 * The months of one root, by expiry. A root may have several trading classes: that of its own name is meant.
 * @throws when it cannot be told which is meant: a stop in the wrong one protects nothing.
 */
export function monthsOf(symbol: string, answers: readonly ContractDetails[]): readonly Instrument[] {
  const own = answers.filter(({ contract }) => contract.symbol === symbol);
  const classes = new Set(own.map(({ contract }) => contract.tradingClass || symbol));
  if (classes.size > 1 && !classes.has(symbol)) {
    throw new Error(
      `contracts of ${symbol}: ambiguous, there are the trading classes ${[...classes].sort().join(', ')}`,
    );
  }
  const months = own
    .filter(({ contract }) => classes.size === 1 || (contract.tradingClass || symbol) === symbol)
    .map(instrumentOf)
    .filter((instrument) => instrument !== null)
    .sort((a, b) => a.lastTradeTs - b.lastTradeTs);
  const twin = months.find((month, n) => months[n + 1]?.lastTradeTs === month.lastTradeTs);
  if (twin !== undefined) {
    const names = months.filter(({ lastTradeTs }) => lastTradeTs === twin.lastTradeTs);
    const listed = names.map(({ localSymbol, conId }) => `${localSymbol} (${conId})`).join(' and ');
    throw new Error(`contracts of ${symbol}: ambiguous, ${listed} end on the same day`);
  }
  return months;
}

/**
 * The month in use (a position or an order of ours is in it: it must be closed where it was opened), else the earliest whose last trade is
 * more than eight days ahead, else the last one alive. Null when all have expired.
 * @param months by expiry; @param nowTs exchange time, ms
 */
export function frontByCalendar(
  months: readonly Instrument[],
  inUse: (conId: number) => boolean,
  nowTs: number,
): Instrument | null {
  return (
    months.find((month) => inUse(month.conId)) ??
    months.find((month) => month.lastTradeTs > nowTs + ROLL_MS) ??
    months.findLast((month) => month.lastTradeTs > nowTs) ??
    null
  );
}

/** The two that may be the front month by volume: the nearest alive and the one behind it. */
export function rivals(months: readonly Instrument[], nowTs: number): readonly Instrument[] {
  return months.filter((month) => month.lastTradeTs > nowTs).slice(0, 2);
}

/** @returns the month with its roll into the next one; past its day only when that is because it is in use. */
export function withRoll(
  month: Instrument,
  months: readonly Instrument[],
  { nowTs, inUse }: { nowTs: number; inUse: boolean },
): Instrument {
  const next = months.find(({ lastTradeTs }) => lastTradeTs > month.lastTradeTs);
  const atTs = month.lastTradeTs - ROLL_MS;
  if (next === undefined || (atTs <= nowTs && !inUse)) return month;
  return { ...month, roll: { atTs, to: next.localSymbol } };
}
