/** Contracts in one instrument, this entry included. */
import { positionOf } from '../model/book';
import { type Guard, verdict } from './input';

export const maxPosition: Guard = ({ state, cycle }) => {
  const after = Math.abs(positionOf(state, cycle.symbol)) + cycle.quantity;
  return verdict(after <= state.limits.maxPositionContracts, {
    guard: 'Position after entry',
    code: 'MAX_POSITION',
    observed: after,
    relation: '≤',
    limit: state.limits.maxPositionContracts,
    unit: 'contracts',
  });
};
