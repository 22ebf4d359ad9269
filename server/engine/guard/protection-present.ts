/** No entry without a stop and a target: the loss of 12 December had neither. */
import { type Guard, verdict } from './input';

export const protectionPresent: Guard = ({ cycle }) => {
  const { stopPrice, targetPrice } = cycle.asked;
  const missing = [stopPrice === null ? 'no stop' : '', targetPrice === null ? 'no target' : ''].filter(
    Boolean,
  );
  return verdict(missing.length === 0, {
    guard: 'Stop and target',
    code: 'MISSING_PROTECTION',
    observed: missing.length === 0 ? 'both given' : missing.join(', '),
    relation: '=',
    limit: 'both given',
    unit: 'state',
  });
};
