/** One trade at a time in an instrument: a signal against a position is an exit at most, one with it is refused. */
import { positionOf } from '../model/book';
import { type Guard, verdict } from './input';

export const positionFlat: Guard = ({ state, cycle }) => {
  const held = positionOf(state, cycle.symbol);
  return verdict(held === 0, {
    guard: 'Position held',
    code: 'POSITION_OPEN',
    observed: held,
    relation: '=',
    limit: 0,
    unit: 'contracts',
  });
};
