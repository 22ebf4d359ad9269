/** The same entry twice within the window is sent once, the first one. Entries only: an exit is never a duplicate (26 December: 342 exits suppressed). */
import { type Guard, verdict } from './input';

export const notDuplicate: Guard = ({ state, cycle }) => {
  const ts = cycle.openedTs;
  const own = state.signals.findIndex((seen) => seen.signalId === cycle.signalId);
  const earlier = state.signals.find(
    (seen, index) =>
      index < own && seen.fingerprint === cycle.fingerprint && ts - seen.ts < state.limits.duplicateWindowMs,
  );
  return verdict(earlier === undefined, {
    guard: 'Time since the same signal',
    code: 'DUPLICATE_SIGNAL',
    observed: earlier ? ts - earlier.ts : 'none before',
    relation: '≥',
    limit: state.limits.duplicateWindowMs,
    unit: 'ms',
  });
};
