/** The guards' table: what each saw against what it allows. */
import type { GuardResult } from '../engine/model/reason';
import { moneyText } from '../engine/view/plain';
import { table } from './text';

/** A replay has one verdict more than the engine: not known. */
type Row = Omit<GuardResult, 'verdict'> & { verdict: string };

export function guardTable(results: readonly Row[]): string {
  return table(
    ['guard', 'verdict', 'observed', '', 'limit', 'code'],
    results.map(({ guard, verdict, observed, relation, limit, unit, code }) => [
      guard,
      verdict,
      measured(observed, unit),
      relation === 'none' ? '' : relation,
      measured(limit, unit),
      verdict === 'pass' || verdict === 'not known' ? '' : code,
    ]),
    [2],
  );
}

function measured(value: GuardResult['observed'], unit: GuardResult['unit']): string {
  if (value === null) return '-';
  if (typeof value === 'string' || unit === 'state') return String(value);
  return unit === 'usd' ? moneyText(value).slice(1) : `${value} ${unit}`;
}
