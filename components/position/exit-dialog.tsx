/** Exit one position: reduce-only, derived from the position, through its stop's own group. A reason, then one click: leaving is the safe direction. */
'use client';

import { useState } from 'react';
import type { PositionView } from '@/server/engine/view/words';
import { signedDollars } from '../live/format/money';
import { directionOf } from '../live/format/words';
import { useCommand } from '../live/use-command';
import { Button } from '../ui/button';
import { Dialog, DialogFoot } from '../ui/dialog';
import { ReasonField } from '../ui/reason-field';

interface ExitDialogProps {
  position: PositionView;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function ExitDialog({ position, open, onOpenChange }: ExitDialogProps) {
  const [reason, setReason] = useState('');
  const { run, pending } = useCommand();
  const title = `Exit ${directionOf(position.quantity)} ${Math.abs(position.quantity)} ${position.localSymbol}`;
  const exit = async () => {
    const outcome = await run(
      { kind: 'ExitPosition', cycleId: position.cycleId, reason: reason.trim() },
      `Exit of ${position.localSymbol} is under way`,
    );
    if (outcome.kind === 'accepted') onOpenChange(false);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      description={
        position.openMicros === null
          ? 'Closes it at market. It can only reduce this position, never open another.'
          : `Closes it at market, now at ${signedDollars(position.openMicros)}. It can only reduce this position, never open another.`
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() !== '') exit();
        }}
      >
        <div className="px-5 py-4">
          <ReasonField
            label="Why? (required, journaled)"
            testId="exit-reason"
            value={reason}
            onValueChange={setReason}
          />
        </div>
        <DialogFoot>
          <Button size="large" onClick={() => onOpenChange(false)}>
            Keep it
          </Button>
          <Button
            type="submit"
            size="large"
            variant="primary"
            data-testid="exit-confirm"
            disabled={reason.trim() === '' || pending}
          >
            Exit at market
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
