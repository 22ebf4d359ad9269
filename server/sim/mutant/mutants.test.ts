/** Planted bugs: each has its place in the source, once; together they stand for every row that an engine can meet. */
import { describe, expect, it } from 'vitest';
import { MUTANTS } from './mutants';
import { assertPlantable } from './run';

/** 37, 43, 45, 46 and 50 are met elsewhere (scenario/scenario.ts). */
const ELSEWHERE = [37, 43, 45, 46, 50];
const ROWS = Array.from({ length: 50 }, (_, n) => n + 1)
  .filter((n) => !ELSEWHERE.includes(n))
  .map((n) => `F${String(n).padStart(2, '0')}`);

describe('the mutants', () => {
  it.each(MUTANTS)('$row: $name', (mutant) => assertPlantable(mutant));

  it('leave out no row of the catalogue that an engine can meet', () => {
    const planted = new Set(MUTANTS.flatMap(({ row }) => row.split(' ')));
    expect(ROWS.filter((row) => !planted.has(row))).toEqual([]);
  });
});
