/** A signal from the future has a wrong clock: refused rather than trusted. */
import { type Guard, verdict } from './input';

export const signalAhead: Guard = ({ state, cycle, ts }) => {
  const aheadMs = cycle.signalTs - ts;
  return verdict(aheadMs <= state.limits.maxSignalAheadMs, {
    guard: 'Signal clock ahead',
    code: 'FUTURE_SIGNAL',
    observed: Math.max(0, aheadMs),
    relation: '≤',
    limit: state.limits.maxSignalAheadMs,
    unit: 'ms',
  });
};
