/** A button's hand on `command`: is it running, and what came of it. The toast tells the result. */
'use client';

import { useState } from 'react';
import { toast } from 'sonner';
import { api } from './api';
import { type Action, type CommandOutcome, createCommander } from './command';
import { operatorName } from './operator';

const ANSWER_WITHIN_MS = 8_000;

const command = createCommander(
  (input) => api.operator.command.mutate(input, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) }),
  operatorName,
);

/** @param done what is true once the engine has journaled the command, e.g. "Entries are halted"; null when the page shows it better. */
function tell(outcome: CommandOutcome, done: string | null): void {
  switch (outcome.kind) {
    case 'accepted':
      if (outcome.notOnDisk !== undefined) {
        toast.warning(done ?? 'Accepted, but not on disk', {
          description: outcome.notOnDisk,
          duration: 12_000,
        });
        return;
      }
      if (done === null) return;
      toast.success(done, { description: `Journal entry ${outcome.seq.toLocaleString('en-US')}` });
      return;
    case 'refused':
      toast.warning(outcome.why, { description: outcome.code, duration: 8_000 });
      return;
    case 'failed':
      toast.error('Not confirmed', { description: outcome.trouble.message, duration: 12_000 });
  }
}

export function useCommand() {
  const [running, setRunning] = useState(0);
  const run = async (action: Action, done: string | null): Promise<CommandOutcome> => {
    setRunning((count) => count + 1);
    const outcome = await command(action);
    setRunning((count) => count - 1);
    tell(outcome, done);
    return outcome;
  };
  return { run, pending: running > 0 };
}
