/** L8: a critical alert is on disk before a person hears it, and what is on disk is heard, whatever dies in between. */
import type { JournalEntry } from '../../engine/model/step';
import type { Watcher } from '../world';

const AGAIN = 'Told again after a restart: ';

export function alertsAreTold(): Watcher {
  /** How often each was told. */
  const told = new Map<string, number>();
  return {
    told: (world, { severity, text }, by) => {
      if (severity !== 'critical') return;
      const alert = text.startsWith(AGAIN) ? text.slice(AGAIN.length) : text;
      if (alert !== text) world.count('alertToldAgain');
      told.set(alert, (told.get(alert) ?? 0) + 1);
      // one that cannot write tells all the same
      if (by.state?.journal.phase === 'failed' || criticalIn(world.disk.written()).includes(alert)) return;
      world.violate('L8', `Told before it was written: ${alert}`);
    },
    atRest: (world) => {
      for (const alert of criticalIn(world.disk.written())) {
        const times = told.get(alert) ?? 0;
        if (times === 0) world.violate('L8', `On disk, and nobody was told: ${alert}`);
        told.set(alert, times - 1);
      }
    },
  };
}

function criticalIn(entries: readonly JournalEntry[]): readonly string[] {
  return entries.flatMap(({ commands }) =>
    commands.flatMap((command) =>
      command.type === 'SendAlert' && command.severity === 'critical' ? [command.text] : [],
    ),
  );
}
