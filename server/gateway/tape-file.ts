/** Reads a tape file (CSV, plain or gzipped; bars or trades, told by its first row) and finds where on it to begin. */
import type { MarketMaker } from '../exchange/market';
import { parseTape, type Tape } from '../exchange/tape';
import { tapeMarket } from '../exchange/tape-market';
import { holdsTrades, parseTradeTape, TRADE_HEADER } from '../exchange/trade-tape';
import { tradeTapeMarket } from '../exchange/trade-tape-market';
import type { ProductSymbol } from '../exchange/words';
import { readZippedText } from './zipped-text';

/** The gateway cannot start as asked. The message is one sentence that says what to do. */
export class StartRefused extends Error {}

const BAR_MS = 60_000;

interface TapeChoice {
  readonly path: string;
  /** Whose tape it is. */
  readonly symbol: ProductSymbol;
  /** Where to begin, epoch ms: at its first bar or trade unless said otherwise. */
  readonly at: number | undefined;
}

/**
 * The market that plays a tape, and the exchange time at which it begins.
 * @throws StartRefused when the file cannot be read, one of its rows is no bar or no trade, or `at` lies outside of it
 */
export function readTapeMarket({ path, symbol, at }: TapeChoice): { market: MarketMaker; startTs: number } {
  const text = readText(path);
  if (!holdsTrades(text)) {
    const tape = barsIn(path, text);
    return { market: tapeMarket(tape, { symbol }), startTs: startOn(tape.bars, BAR_MS, at) };
  }
  const reading = parseTradeTape(text);
  if (!reading.ok) throw refused(path, reading);
  const { trades } = reading.tape;
  return { market: tradeTapeMarket(reading.tape, { symbol }), startTs: startOn(trades, 1, at) };
}

/** @throws StartRefused when the file cannot be read or one of its rows is no bar */
export function readTape(path: string): Tape {
  return barsIn(path, readText(path));
}

function barsIn(path: string, text: string): Tape {
  const reading = parseTape(text);
  if (reading.ok) return reading.tape;
  const orTrades = reading.row === 1 ? ` (or "${TRADE_HEADER}", for trades)` : '';
  throw refused(path, { ...reading, reason: `${reading.reason}${orTrades}` });
}

function refused(path: string, { row, reason }: { row: number; reason: string }): StartRefused {
  return new StartRefused(`Tape ${path}, row ${row}: ${reason}; correct the row or leave it out.`);
}

/** @param lastsMs how long its last entry is something to begin in */
function startOn(
  entries: readonly { readonly ts: number }[],
  lastsMs: number,
  at: number | undefined,
): number {
  const firstTs = entries[0]?.ts ?? 0;
  const endTs = (entries.at(-1)?.ts ?? 0) + lastsMs;
  if (at === undefined) return firstTs;
  if (at >= firstTs && at < endTs) return at;
  const range = `${new Date(firstTs).toISOString()} and ${new Date(endTs).toISOString()}`;
  throw new StartRefused(
    `The tape holds nothing at ${new Date(at).toISOString()}; choose a time between ${range}.`,
  );
}

function readText(path: string): string {
  try {
    return readZippedText(path);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartRefused(
      `Tape ${path} cannot be read (${why}); check the path and that it is CSV or gzipped CSV.`,
    );
  }
}
