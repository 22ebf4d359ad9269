/** A guard's observed value and limit in words with units. Micro-dollars, ms and ratios come in as such. */
import type { GuardResult, Relation, Unit } from '@/server/engine/model/reason';
import { dollarsShort } from '../live/format/money';
import { minus } from '../live/format/price';
import { duration } from '../live/format/time';

function counted(value: number, one: string, many: string): string {
  return `${minus(value)} ${Math.abs(value) === 1 ? one : many}`;
}

/** @param bare without the unit where the observed value beside it already says it. */
function numberSaid(value: number, unit: Unit, bare: boolean): string {
  switch (unit) {
    case 'usd':
      return dollarsShort(value);
    case 'ms':
      return value < 0 ? `−${duration(-value)}` : duration(value);
    case 'ratio':
      return value.toFixed(2);
    case 'ticks':
      return bare ? minus(value) : counted(value, 'tick', 'ticks');
    case 'contracts':
      return bare ? minus(value) : counted(value, 'contract', 'contracts');
    case 'trades':
      return bare ? minus(value) : counted(value, 'trade', 'trades');
    case 'losses':
      return bare ? minus(value) : counted(value, 'loss', 'losses');
    case 'orders':
      return bare ? minus(value) : counted(value, 'order', 'orders');
    case 'state':
    case 'price':
      return value.toLocaleString('en-US');
  }
}

export function observedSaid({ observed, unit }: GuardResult): string {
  if (observed === null) return '–';
  return typeof observed === 'number' ? numberSaid(observed, unit, false) : observed;
}

const RELATIONS: Readonly<Record<Relation, string>> = {
  '≥': '≥ ',
  '≤': '≤ ',
  '>': '> ',
  '<': '< ',
  '=': '',
  in: '',
  none: '',
};

export function limitSaid({ limit, relation, unit }: GuardResult): string {
  if (limit === null) return '';
  return `${RELATIONS[relation]}${typeof limit === 'number' ? numberSaid(limit, unit, true) : limit}`;
}

export interface Sorted {
  /** Denying first, then waiting. */
  failed: readonly GuardResult[];
  /** Passing, the measured ones first, then those that could not be measured. */
  rest: readonly GuardResult[];
}

/** Refusals, then waits, then what was measured in prices or money, in anything else, then states, then what could not be measured. */
function rank({ verdict, observed, unit }: GuardResult): number {
  switch (verdict) {
    case 'deny':
      return 0;
    case 'wait':
      return 1;
    case 'pass':
      if (typeof observed !== 'number') return 4;
      return unit === 'ticks' || unit === 'usd' ? 2 : 3;
    case 'skip':
      return 5;
  }
}

export function failedFirst(results: readonly GuardResult[]): Sorted {
  const sorted = [...results].sort((a, b) => rank(a) - rank(b));
  const isFailed = (result: GuardResult) => result.verdict === 'deny' || result.verdict === 'wait';
  return { failed: sorted.filter(isFailed), rest: sorted.filter((result) => !isFailed(result)) };
}

/** @returns `25 guards pass`, `2 of 25 guards refuse`. */
export function summary(results: readonly GuardResult[]): string {
  const { failed } = failedFirst(results);
  const skipped = results.filter((result) => result.verdict === 'skip').length;
  const rest = skipped > 0 ? `, ${skipped} not measurable` : '';
  const passing = results.length - skipped;
  if (failed.length === 0) return `${passing} ${passing === 1 ? 'guard passes' : 'guards pass'}${rest}`;
  return `${failed.length} of ${results.length} guards ${failed.length === 1 ? 'refuses' : 'refuse'}${rest}`;
}
