// Reads a tape of trades: CSV rows `timestamp,price,size`, ISO UTC, in the order in which they happened.
// Invariant: one bad row refuses the whole tape, by its number in the file (the header is row 1) and the reason.
import { cellsOf, contractsOf, refusal, rowsOf, type TapeRefusal, ticksOf, timeOf } from './tape-cells';
import type { PathPoint } from './tape-path';

export const TRADE_HEADER = 'timestamp,price,size';
const COLUMNS = TRADE_HEADER.split(',');

/** At least one trade, never back in time, every price on the tick grid (ticks). */
export interface TradeTape {
  readonly trades: readonly PathPoint[];
}

type TradeTapeReading = { readonly ok: true; readonly tape: TradeTape } | TapeRefusal;

/** Is it a tape of trades, by its first row? */
export function holdsTrades(text: string): boolean {
  const end = text.search(/[\r\n]|$/);
  return rowsOf(text.slice(0, end))[0] === TRADE_HEADER;
}

export function parseTradeTape(text: string): TradeTapeReading {
  const rows = rowsOf(text);
  if (rows[0]?.trim() !== TRADE_HEADER) return refusal(1, `expected the header "${TRADE_HEADER}"`);
  const trades: PathPoint[] = [];
  for (let index = 1; index < rows.length; index += 1) {
    const trade = parseRow(rows[index] ?? '', trades.at(-1));
    if (typeof trade === 'string') return refusal(index + 1, trade);
    trades.push(trade);
  }
  return trades.length === 0 ? refusal(2, 'the tape holds no trades') : { ok: true, tape: { trades } };
}

/** The trade, or the reason why there is none. Several trades may share a moment. */
function parseRow(row: string, previous: PathPoint | undefined): PathPoint | string {
  const cells = cellsOf(row, COLUMNS);
  if (typeof cells === 'string') return cells;
  const [time = '', priced = '', sized = ''] = cells;
  const ts = timeOf(time);
  if (typeof ts === 'string') return ts;
  if (previous !== undefined && ts < previous.ts) return `timestamp ${time} goes back in time`;
  const price = ticksOf('price', priced);
  if (typeof price === 'string') return price;
  const size = contractsOf('size', sized);
  if (typeof size === 'string') return size;
  return size > 0 ? { ts, price, size } : `size ${sized} is no trade`;
}
