/** What must be green before entries may be resumed; the console shows the same list. A cause that tripped and still holds is red with its value. */
import { cyclesToProtect, isRunning, openCycles } from '../model/book';
import { isUndecided } from '../model/cycle';
import type { Scope } from '../model/operator';
import type { EngineState } from '../model/state';
import { tripText } from '../model/trip';
import { lasting } from './causes';

export interface Check {
  name: string;
  ok: boolean;
  detail: string;
}

/** @param at exchange time and host time, ms. @param scope whose own causes count beside those of the whole. */
export function healthChecks(
  state: EngineState,
  at: { ts: number; hostMs: number },
  scope: Scope = '*',
): readonly Check[] {
  const undecided = openCycles(state).filter(isUndecided);
  const bare = cyclesToProtect(state).filter(
    (cycle) => cycle.protection.state !== 'protected' && cycle.protection.state !== 'emergency',
  );
  const flattening = isRunning(state.flatten);
  // the journal has a line of its own
  const causes = lasting(state, at).filter(
    (cause) => cause.trip !== 'Journal' && (cause.scope === '*' || cause.scope === scope),
  );
  const { journal } = state;
  return [
    { name: 'Broker connected', ok: state.link.phase === 'connected', detail: state.link.detail },
    {
      name: 'Book reconciled',
      ok: state.reconciliation.phase === 'clean',
      detail: state.reconciliation.phase,
    },
    {
      name: 'Journal written',
      ok: journal.phase === 'writing',
      detail:
        journal.phase === 'writing' ? 'every step is on disk' : `NOTHING IS WRITTEN: ${journal.why ?? ''}`,
    },
    {
      name: 'Every position protected',
      ok: bare.length === 0,
      detail:
        bare.length === 0
          ? 'no position is bare'
          : bare.map((cycle) => `${cycle.symbol} is ${cycle.protection.state}`).join(', '),
    },
    {
      name: 'No orphan waits',
      ok: undecided.length === 0,
      detail: undecided.length === 0 ? 'none' : undecided.map((cycle) => cycle.symbol).join(', '),
    },
    { name: 'No flatten running', ok: !flattening, detail: flattening ? 'a flatten is working' : 'none' },
    {
      name: 'No limit exceeded',
      ok: causes.length === 0,
      detail: causes.length === 0 ? 'every value is within its limit' : causes.map(tripText).join('; '),
    },
  ];
}
