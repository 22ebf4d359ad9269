/** No entry until our book agrees with the broker's report of this connection (law 7: reconciled before sent). */
import { type Guard, verdict } from './input';

export const reconciled: Guard = ({ state }) =>
  verdict(state.reconciliation.phase === 'clean', {
    guard: 'Book reconciled',
    code: 'NOT_RECONCILED',
    observed: state.reconciliation.phase,
    relation: '=',
    limit: 'clean',
    unit: 'state',
  });
