/** Entries only while the venue is open, by the hours that the broker gives; an unknown day is closed. */
import { sessionAt } from '../model/instrument';
import { type Guard, verdict } from './input';

export const sessionOpen: Guard = ({ instrument, ts }) => {
  const open = sessionAt(instrument, ts) !== null;
  return verdict(open, {
    guard: 'Session',
    code: 'SESSION_CLOSED',
    observed: open ? 'open' : 'closed',
    relation: '=',
    limit: 'open',
    unit: 'state',
  });
};
