// Reads a tape of bars: CSV rows `timestamp,open,high,low,close,volume` of one-minute bars, ISO UTC.
// Invariant: one bad row refuses the whole tape, by its number in the file (the header is row 1) and the reason.
import { MINUTE_MS } from './bars';
import type { TickBar } from './market';
import { cellsOf, contractsOf, refusal, rowsOf, type TapeRefusal, ticksOf, timeOf } from './tape-cells';

const HEADER = 'timestamp,open,high,low,close,volume';
const COLUMNS = HEADER.split(',');

/** At least one bar, ascending, every price on the tick grid (ticks). */
export interface Tape {
  readonly bars: readonly TickBar[];
}

type TapeReading = { readonly ok: true; readonly tape: Tape } | TapeRefusal;

export function parseTape(text: string): TapeReading {
  const rows = rowsOf(text);
  if (rows[0]?.trim() !== HEADER) return refusal(1, `expected the header "${HEADER}"`);
  const bars: TickBar[] = [];
  for (let index = 1; index < rows.length; index += 1) {
    const bar = parseRow(rows[index] ?? '', bars.at(-1));
    if (typeof bar === 'string') return refusal(index + 1, bar);
    bars.push(bar);
  }
  return bars.length === 0 ? refusal(2, 'the tape holds no bars') : { ok: true, tape: { bars } };
}

/** The bar, or the reason why there is none. */
function parseRow(row: string, previous: TickBar | undefined): TickBar | string {
  const cells = cellsOf(row, COLUMNS);
  if (typeof cells === 'string') return cells;
  const [time = '', ...numbers] = cells;
  const ts = timeOf(time);
  if (typeof ts === 'string') return ts;
  if (ts % MINUTE_MS !== 0) return `timestamp ${time} is not on a whole minute`;
  if (previous !== undefined && ts <= previous.ts) return `timestamp ${time} does not ascend`;
  const values = parseNumbers(numbers);
  if (typeof values === 'string') return values;
  const [open = 0, high = 0, low = 0, close = 0, volume = 0] = values;
  if (high < low) return `high ${numbers[1]} is below low ${numbers[2]}`;
  if (open < low || open > high) return `open ${numbers[0]} is outside ${numbers[2]} to ${numbers[1]}`;
  if (close < low || close > high) return `close ${numbers[3]} is outside ${numbers[2]} to ${numbers[1]}`;
  return { ts, open, high, low, close, volume };
}

/** Open, high, low and close in ticks, then the volume in contracts. */
function parseNumbers(cells: readonly string[]): number[] | string {
  const values: number[] = [];
  for (const [index, cell] of cells.entries()) {
    const name = COLUMNS[index + 1] ?? '';
    const value = name === 'volume' ? contractsOf(name, cell) : ticksOf(name, cell);
    if (typeof value === 'string') return value;
    values.push(value);
  }
  return values;
}
