/** The order of the loaded cycles. Rows without the figure go last, whichever way it is sorted. */
import type { CycleRow } from '@/server/engine/model/rows';
import type { CycleSearch, Sort } from './search';

function figure(row: CycleRow, sort: Sort): number | null {
  switch (sort) {
    case 'opened':
      return row.openedTs;
    case 'net':
      return row.realizedMicros;
    case 'r':
      return row.rMultiple;
    case 'mae':
      return row.filledTs === null ? null : row.maeTicks;
    case 'mfe':
      return row.filledTs === null ? null : row.mfeTicks;
    case 'held':
      return heldMs(row);
  }
}

/** @returns ms from the first fill to flat, exchange time; null while it is open or was never filled. */
export function heldMs(row: Pick<CycleRow, 'filledTs' | 'closedTs'>): number | null {
  return row.filledTs === null || row.closedTs === null ? null : row.closedTs - row.filledTs;
}

export function sorted(
  rows: readonly CycleRow[],
  { sort, ascending }: Pick<CycleSearch, 'sort' | 'ascending'>,
): readonly CycleRow[] {
  const direction = ascending ? 1 : -1;
  return [...rows].sort((a, b) => {
    const [x, y] = [figure(a, sort), figure(b, sort)];
    if (x === null || y === null) return x === y ? b.openedTs - a.openedTs : x === null ? 1 : -1;
    return x === y ? b.openedTs - a.openedTs : (x - y) * direction;
  });
}
