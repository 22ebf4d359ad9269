/** Nothing is written any more: entries are off, exits go on from the worker's memory, and whoever commands must know it. */
'use client';

import { HardDrive } from 'lucide-react';
import { sentence } from '../live/format/words';
import { useLive } from '../live/live';

export function JournalBanner() {
  const journal = useLive((state) => state.view?.journal ?? null);
  if (journal === null || journal.phase === 'writing') return null;
  return (
    <div
      role="alert"
      data-testid="journal-banner"
      className="flex items-start gap-2.5 border-danger/40 border-t bg-danger/12 px-4 py-2 text-danger"
    >
      <HardDrive size={15} className="mt-0.5 shrink-0" aria-hidden />
      <p>
        <strong className="font-semibold">NOTHING IS WRITTEN.</strong> {sentence(journal.why ?? '')} No
        entries. Exits, flatten and cancels work from memory; what you command now would not survive a
        restart.
      </p>
    </div>
  );
}
