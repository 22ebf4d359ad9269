/** Entries sent this trading day. */
import { type Guard, verdict } from './input';

export const dailyTrades: Guard = ({ state }) =>
  verdict(state.day.entries < state.limits.maxDailyTrades, {
    guard: 'Trades today',
    code: 'MAX_DAILY_TRADES',
    observed: state.day.entries,
    relation: '<',
    limit: state.limits.maxDailyTrades,
    unit: 'trades',
  });
