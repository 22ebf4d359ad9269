/** No entry into a contract about to expire (exchange time to its last trade). */
import { type Guard, verdict } from './input';

export const contractAlive: Guard = ({ state, instrument, ts }) => {
  const leftMs = instrument.lastTradeTs - ts;
  return verdict(leftMs >= state.limits.minTimeToExpiryMs, {
    guard: 'Time to expiry',
    code: 'CONTRACT_EXPIRING',
    observed: leftMs,
    relation: '≥',
    limit: state.limits.minTimeToExpiryMs,
    unit: 'ms',
  });
};
