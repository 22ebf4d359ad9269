/** Entries in the last minute of host time: 246 placements in 16 minutes is a fault, not a strategy (8 December). */
import { type Guard, verdict } from './input';

export const entryRate: Guard = ({ state, hostMs }) => {
  const recent = state.entryTimes.filter((sentHostMs) => hostMs - sentHostMs < 60_000).length;
  return verdict(recent < state.limits.maxEntriesPerMinute, {
    guard: 'Entries in a minute',
    code: 'RATE_LIMIT',
    observed: recent,
    relation: '<',
    limit: state.limits.maxEntriesPerMinute,
    unit: 'orders',
  });
};
