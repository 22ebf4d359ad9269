/**
 * L2: a flatten that the broker has not confirmed ten seconds after it was pressed, connected and the market open, has a reason that a machine
 * can read, and a person was told. That FLAT is never said too early is in `provenance.ts`; that all is flat in the end in `at-rest.ts`.
 */
import { isRunning } from '../../engine/model/book';
import { globexCalendar } from '../../exchange/sessions';
import type { Watcher } from '../world';
import type { EngineTime } from './engine-time';

const calendar = globexCalendar();

const DUE_MS = 10_000;
/** To the worker, and from a tick to the next. */
const LATE_MS = 1_000;

export function flattensSayWhy(time: EngineTime): Watcher {
  /** One that is pressed for more begins anew. */
  let running: { startedHostMs: number; scope: string; sinceMs: number } | null = null;
  let alerts = 0;
  /** Of the flattens before. */
  let before = 0;
  return {
    commanded: (_, command) => {
      if (command.type === 'SendAlert' && command.text.startsWith('NOT FLAT')) alerts += 1;
    },
    always: (world) => {
      const flatten = world.state?.flatten ?? null;
      if (!isRunning(flatten)) {
        running = null;
        before = alerts;
        return;
      }
      const { startedHostMs, scope, notFlat } = flatten;
      if (running?.startedHostMs !== startedHostMs || running.scope !== scope)
        running = { startedHostMs, scope, sinceMs: time.connectedMs };
      // the open begins its time anew
      if (!calendar.isOpen(world.schedule.now)) running.sinceMs = time.connectedMs;
      const ms = time.connectedMs - running.sinceMs;
      if (ms <= DUE_MS + LATE_MS) return;
      if (notFlat === null)
        world.violate('L2', `The flatten of ${scope} runs for ${ms} ms, and says no reason.`);
      else if (alerts === before)
        world.violate('L2', `The flatten of ${scope} runs for ${ms} ms, and nobody is told.`);
    },
  };
}
