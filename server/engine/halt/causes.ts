/**
 * The causes of automatic trips (architecture, section 5), as levels over the state, each with its value and its limit. One that lasts also
 * refuses the resume; one that happened is over once a person has resumed.
 */
import { drawdownMicros, lossTodayMicros } from '../model/daybook';
import type { Instrument } from '../model/instrument';
import type { Limits } from '../model/limits';
import type { Scope } from '../model/operator';
import type { EngineState } from '../model/state';
import type { Trip } from '../model/trip';
import { openFor, venueAt } from '../model/venue';

/** Exchange time and host time, ms. */
export interface At {
  ts: number;
  hostMs: number;
}

export const ALL: Scope = '*';

type Rest = Pick<Trip, 'trip' | 'code' | 'unit'>;

/** A number that has reached its limit. */
interface Level extends Rest {
  observed(state: EngineState): number;
  limit(limits: Limits): number;
}

const TODAY: readonly Level[] = [
  {
    trip: 'Loss today',
    code: 'MAX_DAILY_LOSS',
    unit: 'usd',
    observed: lossTodayMicros,
    limit: (limits) => limits.maxDailyLossMicros,
  },
  {
    trip: 'Drawdown today',
    code: 'MAX_DRAWDOWN',
    unit: 'usd',
    observed: drawdownMicros,
    limit: (limits) => limits.maxDrawdownMicros,
  },
  {
    trip: 'Losses in a row',
    code: 'MAX_CONSECUTIVE_LOSSES',
    unit: 'losses',
    observed: ({ day }) => day.consecutiveLosses,
    limit: (limits) => limits.maxConsecutiveLosses,
  },
  {
    trip: 'Trades today',
    code: 'MAX_DAILY_TRADES',
    unit: 'trades',
    observed: ({ day }) => day.entries,
    limit: (limits) => limits.maxDailyTrades,
  },
  {
    trip: 'Clock skew',
    code: 'CLOCK_SKEW',
    unit: 'ms',
    observed: ({ clockSkewMs }) => Math.abs(clockSkewMs),
    limit: (limits) => limits.maxClockSkewMs,
  },
];

const AWAY: Rest = { trip: 'Broker not connected', code: 'DISCONNECTED', unit: 'ms' };

/** Causes that hold now, and while which nobody may resume. */
export function lasting(state: EngineState, at: At): readonly Trip[] {
  const { limits, journal } = state;
  const trips: Trip[] = [];
  for (const level of TODAY) {
    const observed = level.observed(state);
    const limit = level.limit(limits);
    const { trip, code, unit } = level;
    if (observed >= limit) trips.push({ scope: ALL, to: 'Reducing', trip, code, unit, observed, limit });
  }
  if (journal.phase === 'failed') {
    const observed = journal.why ?? 'not written';
    trips.push({
      scope: ALL,
      trip: 'Journal',
      code: 'JOURNAL_FAILED',
      to: 'Reducing',
      observed,
      limit: 'written',
      unit: 'state',
    });
  }
  const observed = disconnectedMs(state, at);
  const limit = limits.maxDisconnectedMs;
  if (observed > limit) trips.push({ scope: ALL, to: 'Reducing', ...AWAY, observed, limit });
  for (const instrument of Object.values(state.instruments)) {
    const data = staleData(state, instrument, at);
    if (data) trips.push(data);
  }
  return trips;
}

const INCIDENTS = {
  TWO_PERM_IDS: { trip: 'Two permIds', code: 'TWO_PERM_IDS', limit: 'one permId an order' },
  JOURNAL_BEHIND: { trip: 'Journal behind the broker', code: 'JOURNAL_BEHIND', limit: 'every cycle known' },
} as const;

/** Things that happened since a person last resumed. */
export function happened(state: EngineState, hostMs: number): readonly Trip[] {
  const { conduct, limits } = state;
  const trips: Trip[] = [];
  const rest = { scope: ALL, to: 'Reducing' } as const;
  const lastMinute = conduct.rejectedHostMs.filter((refusedHostMs) => hostMs - refusedHostMs < 60_000).length;
  const inARow = conduct.rejectedInARow >= limits.maxRejectedInARow;
  if (inARow || lastMinute >= limits.maxRejectedPerMinute) {
    trips.push({
      ...rest,
      trip: 'Entries refused by the broker',
      code: 'REJECTED_ENTRIES',
      observed: inARow ? conduct.rejectedInARow : lastMinute,
      limit: inARow ? limits.maxRejectedInARow : limits.maxRejectedPerMinute,
      unit: 'orders',
    });
  }
  if (conduct.repeated && conduct.repeated.count >= limits.maxRepeatedEntries) {
    trips.push({
      ...rest,
      trip: 'Repeated orders',
      code: 'REPEATED_ORDERS',
      observed: conduct.repeated.count,
      limit: limits.maxRepeatedEntries,
      unit: 'orders',
    });
  }
  if (conduct.repairs > 0) {
    trips.push({
      ...rest,
      trip: 'Book corrected',
      code: 'BOOK_CORRECTED',
      observed: `by ${conduct.repairs} fill(s) that were not ours`,
      limit: 'none',
      unit: 'state',
    });
  }
  if (conduct.overRate !== null) {
    trips.push({
      ...rest,
      trip: 'Order rate',
      code: 'RATE_LIMIT',
      observed: conduct.overRate,
      limit: 'within the rates',
      unit: 'state',
    });
  }
  const incident = state.incidents.findLast(({ ts }) => ts > conduct.sinceTs);
  if (incident) {
    trips.push({
      ...rest,
      ...INCIDENTS[incident.kind],
      observed: incident.detail,
      unit: 'state',
    });
  }
  return trips;
}

/** Host ms that the wire has been down; 0 while no venue of ours is open, and IB's nightly restart is nobody's business. */
function disconnectedMs(state: EngineState, { ts, hostMs }: At): number {
  const { link, limits } = state;
  const away = link.phase === 'connected' ? 0 : hostMs - link.sinceHostMs;
  if (away <= limits.maxDisconnectedMs) return 0;
  return Object.values(state.instruments).some((instrument) => venueAt(instrument, ts).open) ? away : 0;
}

/**
 * The age of a quote counts from when it could have come: the wire up, the venue open. An instrument that never had one is not tripped:
 * its entries are refused by a guard, and it may be one that this feed does not carry.
 */
function staleData(state: EngineState, instrument: Instrument, { ts, hostMs }: At): Trip | null {
  const { link, limits } = state;
  const quote = state.market.quotes[instrument.symbol];
  if (!quote || link.phase !== 'connected') return null;
  const upMs = hostMs - link.sinceHostMs;
  const ageMs = Math.min(hostMs - quote.hostMs, upMs);
  const sameMs = Math.min(hostMs - quote.changedHostMs, upMs);
  const stale = ageMs >= limits.staleDataTripMs;
  const frozen = sameMs >= limits.frozenDataTripMs;
  if (!stale && !frozen) return null;
  const limit = stale ? limits.staleDataTripMs : limits.frozenDataTripMs;
  if (!openFor(instrument, ts, limit)) return null;
  return {
    scope: instrument.symbol,
    trip: stale ? 'Market data stale' : 'Market data frozen',
    code: 'STALE_MARKET_DATA',
    to: 'Reducing',
    observed: stale ? ageMs : sameMs,
    limit,
    unit: 'ms',
  };
}
