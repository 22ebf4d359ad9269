/** Realised loss of the trading day, net of commissions; micro-dollars. */
import { type Guard, verdict } from './input';

export const dailyLoss: Guard = ({ state }) => {
  const loss = Math.max(0, -state.day.realizedMicros);
  return verdict(loss < state.limits.maxDailyLossMicros, {
    guard: 'Loss today',
    code: 'MAX_DAILY_LOSS',
    observed: loss,
    relation: '<',
    limit: state.limits.maxDailyLossMicros,
    unit: 'usd',
  });
};
