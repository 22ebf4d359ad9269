/** An automatic trip: a cause that moves trading toward safer by itself, with the value that did it. Only a person moves it back. */
import type { Scope, StoredMode } from './operator';
import { measured, type ReasonCode, type Unit } from './reason';

export type TripName =
  | 'Loss today'
  | 'Drawdown today'
  | 'Losses in a row'
  | 'Trades today'
  | 'Entries refused by the broker'
  | 'Broker not connected'
  | 'Market data stale'
  | 'Market data frozen'
  | 'Book corrected'
  | 'Clock skew'
  | 'Repeated orders'
  | 'Order rate'
  | 'Two permIds'
  | 'Journal behind the broker'
  | 'Journal';

export interface Trip {
  scope: Scope;
  trip: TripName;
  code: ReasonCode;
  to: StoredMode;
  /** `usd` values are micro-dollars. */
  observed: number | string;
  limit: number | string;
  unit: Unit;
}

/** Causes in words: "Loss today: $2,050.00 (limit $2,000.00)". */
export function tripText({ scope, trip, observed, limit, unit }: Trip): string {
  const where = scope === '*' ? '' : ` in ${scope}`;
  const seen = `${trip}${where}: ${measured(observed, unit)}`;
  return unit === 'state' ? seen : `${seen} (limit ${measured(limit, unit)})`;
}
