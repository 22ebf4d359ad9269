// The cells of a tape: times in UTC, prices on the tick grid, counts of contracts. What is wrong with one is said in a few words.
import { DateTime } from 'luxon';
import { MIN_TICK, toTicks } from './units';

const ISO_UTC = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,9}))?Z$/;
const DECIMAL = /^-?\d+(\.\d+)?$/;

/** A tape is read whole or refused whole, with the first row that is wrong: the header is row 1. */
export type TapeRefusal = { readonly ok: false; readonly row: number; readonly reason: string };

export function refusal(row: number, reason: string): TapeRefusal {
  return { ok: false, row, reason };
}

/** The rows of a tape's text; a blank end of the file is no row. Any newline convention. */
export function rowsOf(text: string): string[] {
  return text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split(/\r?\n/);
}

/** As many cells as there are columns, or what is wrong. */
export function cellsOf(row: string, columns: readonly string[]): string[] | string {
  const cells = row.split(',').map((cell) => cell.trim());
  return cells.length === columns.length
    ? cells
    : `expected ${columns.length} columns, found ${cells.length}`;
}

/** Epoch ms, what is finer cut off; or what is wrong. */
export function timeOf(cell: string): number | string {
  const [, date = '', hour, minute, second, fraction = ''] = ISO_UTC.exec(cell) ?? [];
  const midnight = midnightOf(date);
  if (Number.isNaN(midnight)) return `timestamp "${cell}" is not an ISO time in UTC`;
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  return midnight + seconds * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
}

let lastDate = { date: '', midnight: Number.NaN };

/** Epoch ms of a date in UTC, NaN when there is no such date. A tape asks for the same date over a thousand times. */
function midnightOf(date: string): number {
  if (lastDate.date !== date) {
    lastDate = { date, midnight: DateTime.fromISO(date, { zone: 'utc' }).toMillis() };
  }
  return lastDate.midnight;
}

/** Ticks, or what is wrong. */
export function ticksOf(name: string, cell: string): number | string {
  if (!DECIMAL.test(cell)) return `${name} "${cell}" is not a number`;
  const ticks = toTicks(Number(cell));
  if (ticks === undefined) return `${name} ${cell} is off the tick grid of ${MIN_TICK}`;
  return ticks > 0 ? ticks : `${name} ${cell} is not a price above zero`;
}

/** Contracts, or what is wrong. */
export function contractsOf(name: string, cell: string): number | string {
  if (!DECIMAL.test(cell)) return `${name} "${cell}" is not a number`;
  const count = Number(cell);
  return Number.isSafeInteger(count) && count >= 0 ? count : `${name} ${cell} is not a count of contracts`;
}
