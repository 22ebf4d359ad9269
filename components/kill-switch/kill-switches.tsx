/** Halt entries, Cancel entries, Flatten. They go by their own requests: none of them needs the stream. At the bottom on a phone. */
'use client';

import { useState } from 'react';
import { useKey } from '../live/keys';
import { useCommand } from '../live/use-command';
import { Kbd } from '../ui/badge';
import { Button } from '../ui/button';
import { FlattenDialog } from './flatten-dialog';

const ALL = '*';

export function KillSwitches() {
  const [flattening, setFlattening] = useState(false);
  const halt = useCommand();
  const cancel = useCommand();

  const haltEntries = () =>
    halt.run({ kind: 'HaltEntries', scope: ALL, reason: 'Halt entries pressed' }, 'Entries are halted');
  const cancelEntries = () =>
    cancel.run(
      { kind: 'CancelEntries', scope: ALL, reason: 'Cancel entries pressed' },
      'Cancelling every working entry; stops stay',
    );

  useKey('h', haltEntries);
  useKey('f', () => setFlattening(true));

  return (
    <div className="flex shrink-0 gap-2 max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:border-line max-md:border-t max-md:bg-panel max-md:px-3 max-md:pt-2.5 max-md:pb-[max(10px,env(safe-area-inset-bottom))]">
      <Button
        data-testid="halt-entries"
        onClick={haltEntries}
        aria-busy={halt.pending}
        aria-keyshortcuts="h"
        className="max-md:h-12 max-md:flex-1 max-md:px-2"
      >
        Halt entries
        <Kbd className="text-faint max-lg:hidden">H</Kbd>
      </Button>
      <Button
        data-testid="cancel-entries"
        onClick={cancelEntries}
        aria-busy={cancel.pending}
        className="max-md:h-12 max-md:flex-1 max-md:px-2"
      >
        Cancel entries
      </Button>
      <Button
        data-testid="flatten-open"
        variant="danger"
        onClick={() => setFlattening(true)}
        aria-haspopup="dialog"
        aria-keyshortcuts="f"
        className="max-md:h-12 max-md:flex-1 max-md:px-2"
      >
        Flatten…
        <Kbd className="max-lg:hidden">F</Kbd>
      </Button>
      <FlattenDialog open={flattening} onOpenChange={setFlattening} />
    </div>
  );
}
