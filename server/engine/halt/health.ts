/** What must be green before entries may be resumed; the console shows the same list. */
import { cyclesToProtect, openCycles } from '../model/book';
import { isUndecided } from '../model/cycle';
import type { EngineState } from '../model/state';

export interface Check {
  name: string;
  ok: boolean;
  detail: string;
}

export function healthChecks(state: EngineState): readonly Check[] {
  const undecided = openCycles(state).filter(isUndecided);
  const bare = cyclesToProtect(state).filter(
    (cycle) => cycle.protection.state !== 'protected' && cycle.protection.state !== 'emergency',
  );
  const flattening = state.flatten?.phase === 'working' || state.flatten?.phase === 'verifying';
  return [
    { name: 'Broker connected', ok: state.link.phase === 'connected', detail: state.link.detail },
    {
      name: 'Book reconciled',
      ok: state.reconciliation.phase === 'clean',
      detail: state.reconciliation.phase,
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
  ];
}
