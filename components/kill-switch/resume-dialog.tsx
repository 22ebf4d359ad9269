/** Back to Active: every health check green, and a reason. The engine checks both again. */
'use client';

import { CircleCheck, CircleX } from 'lucide-react';
import { useState } from 'react';
import type { HealthCheck } from '@/server/engine/view/words';
import { scopeSaid } from '../live/format/words';
import { useFreshness, useLive } from '../live/live';
import { useCommand } from '../live/use-command';
import { Button } from '../ui/button';
import { Dialog, DialogFoot } from '../ui/dialog';
import { ReasonField } from '../ui/reason-field';

const NONE: readonly HealthCheck[] = [];

function Check({ check }: { check: HealthCheck }) {
  return (
    <li className="flex items-start gap-2.5 py-1.5">
      {check.ok ? (
        <CircleCheck size={16} className="mt-0.5 shrink-0 text-safe" aria-label="green" />
      ) : (
        <CircleX size={16} className="mt-0.5 shrink-0 text-danger" aria-label="not green" />
      )}
      <span className="min-w-0">
        <span className={check.ok ? '' : 'font-medium text-danger'}>{check.name}</span>
        {check.detail ? <span className="text-faint"> · {check.detail}</span> : null}
      </span>
    </li>
  );
}

function Form({ scope, onClose }: { scope: string; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const { run, pending } = useCommand();
  const health = useLive((state) => state.view?.health ?? NONE);
  const fresh = useFreshness() === 'live';
  const allGreen = fresh && health.every((check) => check.ok);
  const resume = async () => {
    const outcome = await run({ kind: 'Resume', scope, reason: reason.trim() }, 'Entries are allowed again');
    if (outcome.kind === 'accepted') onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (allGreen && reason.trim() !== '') resume();
      }}
    >
      <ul className="px-5 py-3">
        {fresh ? null : (
          <li className="py-1.5 text-danger">
            The page is not live: health is unknown, so entries cannot be resumed.
          </li>
        )}
        {health.map((check) => (
          <Check key={check.name} check={check} />
        ))}
      </ul>
      <div className="px-5 pb-4">
        <ReasonField
          label="Why is it safe now? (required, journaled)"
          testId="resume-reason"
          value={reason}
          onValueChange={setReason}
        />
      </div>
      <DialogFoot>
        <Button size="large" onClick={onClose}>
          Stay halted
        </Button>
        <Button
          type="submit"
          size="large"
          variant="primary"
          data-testid="resume-confirm"
          disabled={!allGreen || reason.trim() === '' || pending}
        >
          Resume entries
        </Button>
      </DialogFoot>
    </form>
  );
}

/** @param scope what to resume; null while the dialog is closed. */
export function ResumeDialog({ scope, onClose }: { scope: string | null; onClose: () => void }) {
  return (
    <Dialog
      open={scope !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Resume entries: ${scopeSaid(scope ?? '*')}`}
      description="Loosens the guard. Every check must be green."
    >
      {scope !== null ? <Form scope={scope} onClose={onClose} /> : null}
    </Dialog>
  );
}
