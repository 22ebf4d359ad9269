/** A signal is for now: not older than its life, measured in exchange time. */
import { type Guard, verdict } from './input';

export const signalAge: Guard = ({ state, cycle, ts }) => {
  const ageMs = ts - cycle.signalTs;
  const limit = state.limits.maxSignalAgeMs + (cycle.phase === 'proposed' ? 0 : state.limits.proposalLifeMs);
  return verdict(ageMs <= limit, {
    guard: 'Signal age',
    code: 'STALE_SIGNAL',
    observed: ageMs,
    relation: '≤',
    limit,
    unit: 'ms',
  });
};
