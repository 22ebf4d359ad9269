/** After a losing trade the instrument rests (exchange time). */
import { type Guard, verdict } from './input';

export const cooldown: Guard = ({ state, cycle, ts }) => {
  const lastLossTs = state.day.lastLossTs[cycle.symbol];
  const sinceMs = lastLossTs === undefined ? null : ts - lastLossTs;
  return verdict(sinceMs === null || sinceMs >= state.limits.cooldownMs, {
    guard: 'Time since last loss',
    code: 'COOLDOWN',
    observed: sinceMs ?? 'no loss today',
    relation: '≥',
    limit: state.limits.cooldownMs,
    unit: 'ms',
  });
};
