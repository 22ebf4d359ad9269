/**
 * Alerts that are on disk and may not have left: a worker that died between a write and its sends told nobody. The next one tells a person
 * again what was critical; twice is better than never (L8).
 */
import type { Alert } from '../engine/model/command';
import type { JournalEntry } from '../engine/model/step';

/** The entries of one write were stepped together. */
const ONE_WRITE_MS = 1_000;

/** @param entries the tail of the journal: only its last write may have found no time to be told, for the one before was told before it. */
export function untoldAlerts(entries: readonly JournalEntry[]): readonly Alert[] {
  const lastHostMs = entries.at(-1)?.hostMs ?? 0;
  return entries
    .filter(({ hostMs }) => lastHostMs - hostMs < ONE_WRITE_MS)
    .flatMap(({ commands }) => commands)
    .flatMap((command) =>
      command.type === 'SendAlert' && command.severity === 'critical'
        ? [{ ...command, text: `Told again after a restart: ${command.text}` }]
        : [],
    );
}
