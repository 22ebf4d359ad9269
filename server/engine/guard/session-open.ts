/** Entries only while the venue is open by the broker's hours and by our own table; an hour that either does not know is closed (I15). */
import { type Venue, venueAt } from '../model/venue';
import { type Guard, verdict } from './input';

export const sessionOpen: Guard = ({ instrument, ts }) => {
  const venue = venueAt(instrument, ts);
  return verdict(venue.open, {
    guard: 'Session',
    code: 'SESSION_CLOSED',
    observed: said(venue),
    relation: '=',
    limit: 'open',
    unit: 'state',
  });
};

function said({ broker, table }: Venue): string {
  return broker === table || table === 'none' ? broker : `broker ${broker}, table ${table}`;
}
