/** Which cycles are listed: by instrument, by what became of them, by the reason that stopped them. */
'use client';

import { Button } from '../ui/button';
import { Select } from '../ui/field';
import type { CycleSearch } from './search';

const RESULTS: readonly { value: string; label: string }[] = [
  { value: '', label: 'Any result' },
  { value: 'phase:open', label: 'Open now' },
  { value: 'phase:waiting', label: 'Waiting for a person' },
  { value: 'phase:closed', label: 'Closed' },
  { value: 'outcome:target', label: 'Closed at target' },
  { value: 'outcome:stop', label: 'Stopped out' },
  { value: 'outcome:exit signal', label: 'Closed by an exit signal' },
  { value: 'outcome:operator exit', label: 'Closed by an operator' },
  { value: 'outcome:flattened', label: 'Flattened' },
  { value: 'outcome:emergency stop', label: 'Emergency stop' },
  { value: 'phase:denied', label: 'Denied' },
  { value: 'outcome:rejected by operator', label: 'Rejected by an operator' },
  { value: 'outcome:proposal expired', label: 'Proposal expired' },
  { value: 'phase:cancelled', label: 'Never filled or refused' },
];

/** The reasons that stop entries, in the guards' own order. */
const REASONS = [
  'MISSING_PROTECTION',
  'INVALID_BRACKET',
  'INSUFFICIENT_DISTANCE',
  'MAX_LOSS_CAP',
  'AWS_WAIT',
  'AWS_WAIT_OVERRIDE',
  'ADVISOR_UNAVAILABLE',
  'TRADING_HALTED',
  'ENTRIES_HALTED',
  'DISCONNECTED',
  'NOT_RECONCILED',
  'STALE_MARKET_DATA',
  'SESSION_CLOSED',
  'CONTRACT_EXPIRING',
  'STALE_SIGNAL',
  'FUTURE_SIGNAL',
  'DUPLICATE_SIGNAL',
  'LOW_CONFIDENCE',
  'OFF_TICK_GRID',
  'PRICE_COLLAR',
  'POSITION_OPEN',
  'ORDER_IN_FLIGHT',
  'MAX_POSITION',
  'MAX_DAILY_LOSS',
  'MAX_DAILY_TRADES',
  'MAX_CONSECUTIVE_LOSSES',
  'COOLDOWN',
  'RATE_LIMIT',
  'PROPOSAL_EXPIRED',
  'PROPOSAL_DRIFTED',
] as const;

interface FiltersProps {
  search: CycleSearch;
  symbols: readonly string[];
  onChange: (search: CycleSearch) => void;
}

export function Filters({ search, symbols, onChange }: FiltersProps) {
  const known =
    search.symbol === null || symbols.includes(search.symbol) ? symbols : [...symbols, search.symbol];
  const filtered = search.symbol !== null || search.result !== null || search.reason !== null;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        aria-label="Instrument"
        value={search.symbol ?? ''}
        onValueChange={(value) => onChange({ ...search, symbol: value || null })}
        options={[
          { value: '', label: 'All instruments' },
          ...known.map((value) => ({ value, label: value })),
        ]}
      />
      <Select
        aria-label="Result"
        value={search.result ?? ''}
        onValueChange={(value) => onChange({ ...search, result: value || null })}
        options={RESULTS}
      />
      <Select
        aria-label="Reason"
        value={search.reason ?? ''}
        onValueChange={(value) => onChange({ ...search, reason: value || null })}
        options={[{ value: '', label: 'Any reason' }, ...REASONS.map((value) => ({ value, label: value }))]}
      />
      {filtered ? (
        <Button
          variant="quiet"
          onClick={() => onChange({ ...search, symbol: null, result: null, reason: null })}
        >
          Clear
        </Button>
      ) : null}
    </div>
  );
}
