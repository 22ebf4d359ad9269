/** No entry anywhere while a position that no signal of ours opened waits for a person's word. */
import { openCycles } from '../model/book';
import { isUndecided } from '../model/cycle';
import { type Guard, verdict } from './input';

export const noOrphan: Guard = ({ state }) => {
  const waiting = openCycles(state).filter(isUndecided);
  return verdict(waiting.length === 0, {
    guard: 'Orphans undecided',
    code: 'ORPHAN_POSITION',
    observed: waiting.length === 0 ? 'none' : waiting.map((orphan) => orphan.symbol).join(', '),
    relation: '=',
    limit: 'none',
    unit: 'state',
  });
};
