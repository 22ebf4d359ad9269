// Reads a tape: CSV rows `timestamp,open,high,low,close,volume` of one-minute bars, ISO UTC.
// Invariant: one bad row refuses the whole tape, by its number in the file (the header is row 1) and the reason.
import { DateTime } from 'luxon';
import { MINUTE_MS } from './bars';
import type { TickBar } from './market';
import { MIN_TICK, toTicks } from './units';

const HEADER = 'timestamp,open,high,low,close,volume';
const COLUMNS = HEADER.split(',');
const ISO_UTC = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(\.\d{1,3})?Z$/;
const DECIMAL = /^-?\d+(\.\d+)?$/;

/** At least one bar, ascending, every price on the tick grid (ticks). */
export interface Tape {
  readonly bars: readonly TickBar[];
}

type TapeReading =
  | { readonly ok: true; readonly tape: Tape }
  | { readonly ok: false; readonly row: number; readonly reason: string };

/** The rows of a tape's text; a blank end of the file is no row. Any newline convention. */
export function parseTape(text: string): TapeReading {
  const rows = text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split(/\r?\n/);
  if (rows[0]?.trim() !== HEADER) return refusal(1, `expected the header "${HEADER}"`);
  const bars: TickBar[] = [];
  for (let index = 1; index < rows.length; index += 1) {
    const bar = parseRow(rows[index] ?? '', bars.at(-1));
    if (typeof bar === 'string') return refusal(index + 1, bar);
    bars.push(bar);
  }
  return bars.length === 0 ? refusal(2, 'the tape holds no bars') : { ok: true, tape: { bars } };
}

function refusal(row: number, reason: string): TapeReading {
  return { ok: false, row, reason };
}

/** The bar, or the reason why there is none. */
function parseRow(row: string, previous: TickBar | undefined): TickBar | string {
  const cells = row.split(',').map((cell) => cell.trim());
  if (cells.length !== COLUMNS.length) return `expected ${COLUMNS.length} columns, found ${cells.length}`;
  const [time = '', ...numbers] = cells;
  const ts = parseTime(time);
  if (typeof ts === 'string') return ts;
  if (previous !== undefined && ts <= previous.ts) return `timestamp ${time} does not ascend`;
  const values = parseNumbers(numbers);
  if (typeof values === 'string') return values;
  const [open = 0, high = 0, low = 0, close = 0, volume = 0] = values;
  if (high < low) return `high ${numbers[1]} is below low ${numbers[2]}`;
  if (open < low || open > high) return `open ${numbers[0]} is outside ${numbers[2]} to ${numbers[1]}`;
  if (close < low || close > high) return `close ${numbers[3]} is outside ${numbers[2]} to ${numbers[1]}`;
  return { ts, open, high, low, close, volume };
}

function parseTime(time: string): number | string {
  const [, date = '', hour, minute, second, fraction = 0] = ISO_UTC.exec(time) ?? [];
  const midnight = midnightOf(date);
  if (Number.isNaN(midnight)) return `timestamp "${time}" is not an ISO time in UTC`;
  if (Number(second) + Number(fraction) !== 0) return `timestamp ${time} is not on a whole minute`;
  return midnight + (Number(hour) * 60 + Number(minute)) * MINUTE_MS;
}

let lastDate = { date: '', midnight: Number.NaN };

/** Epoch ms of a date in UTC, NaN when there is no such date. A tape asks for the same date over a thousand times. */
function midnightOf(date: string): number {
  if (lastDate.date !== date) {
    lastDate = { date, midnight: DateTime.fromISO(date, { zone: 'utc' }).toMillis() };
  }
  return lastDate.midnight;
}

/** Open, high, low and close in ticks, then the volume in contracts. */
function parseNumbers(cells: readonly string[]): number[] | string {
  const values: number[] = [];
  for (const [index, cell] of cells.entries()) {
    const name = COLUMNS[index + 1];
    if (!DECIMAL.test(cell)) return `${name} "${cell}" is not a number`;
    if (name === 'volume') {
      const volume = Number(cell);
      if (!Number.isSafeInteger(volume) || volume < 0) return `volume ${cell} is not a count of contracts`;
      values.push(volume);
      continue;
    }
    const ticks = toTicks(Number(cell));
    if (ticks === undefined) return `${name} ${cell} is off the tick grid of ${MIN_TICK}`;
    if (ticks <= 0) return `${name} ${cell} is not a price above zero`;
    values.push(ticks);
  }
  return values;
}
