/** The target, too, must be worth its commission. */
import { type Guard, skip, verdict } from './input';

export const targetDistance: Guard = ({ state, cycle }) => {
  const measure = {
    guard: 'Distance to target',
    code: 'INSUFFICIENT_DISTANCE',
    relation: '≥',
    limit: state.limits.minDistanceTicks,
    unit: 'ticks',
  } as const;
  if (!cycle.plan) return skip(measure);
  const distance = Math.abs(cycle.plan.targetTicks - cycle.plan.entryTicks);
  return verdict(distance >= state.limits.minDistanceTicks, { ...measure, observed: distance });
};
