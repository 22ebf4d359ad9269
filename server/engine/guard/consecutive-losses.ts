/** Losing trades in a row, over all instruments. */
import { type Guard, verdict } from './input';

export const consecutiveLosses: Guard = ({ state }) =>
  verdict(state.day.consecutiveLosses < state.limits.maxConsecutiveLosses, {
    guard: 'Losses in a row',
    code: 'MAX_CONSECUTIVE_LOSSES',
    observed: state.day.consecutiveLosses,
    relation: '<',
    limit: state.limits.maxConsecutiveLosses,
    unit: 'losses',
  });
