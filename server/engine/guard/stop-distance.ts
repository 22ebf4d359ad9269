/** A stop inside the noise is no stop: 22 of the bot's entries had one a tick away. */
import { type Guard, skip, verdict } from './input';

export const stopDistance: Guard = ({ state, cycle }) => {
  const measure = {
    guard: 'Distance to stop',
    code: 'INSUFFICIENT_DISTANCE',
    relation: '≥',
    limit: state.limits.minDistanceTicks,
    unit: 'ticks',
  } as const;
  if (!cycle.plan) return skip(measure);
  const distance = Math.abs(cycle.plan.entryTicks - cycle.plan.stopTicks);
  return verdict(distance >= state.limits.minDistanceTicks, { ...measure, observed: distance });
};
