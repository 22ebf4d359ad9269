/** No entry that is not written down first (law 7): a journal that failed takes nothing more until a new worker has read it back. */
import { type Guard, verdict } from './input';

export const journalWritten: Guard = ({ state }) =>
  verdict(state.journal.phase === 'writing', {
    guard: 'Journal',
    code: 'JOURNAL_FAILED',
    observed: state.journal.phase,
    relation: '=',
    limit: 'writing',
    unit: 'state',
  });
