/** Loss of the trading day, realised and open, net of commissions; micro-dollars. The trip of the same name measures the same. */
import { lossTodayMicros } from '../model/daybook';
import { type Guard, verdict } from './input';

export const dailyLoss: Guard = ({ state }) => {
  const loss = lossTodayMicros(state);
  return verdict(loss < state.limits.maxDailyLossMicros, {
    guard: 'Loss today',
    code: 'MAX_DAILY_LOSS',
    observed: loss,
    relation: '<',
    limit: state.limits.maxDailyLossMicros,
    unit: 'usd',
  });
};
