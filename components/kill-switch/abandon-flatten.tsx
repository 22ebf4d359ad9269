/** Ends a flatten that cannot end by itself: a reason, and then it is a person's business. The halt stays. */
'use client';

import { useState } from 'react';
import { useCommand } from '../live/use-command';
import { Button } from '../ui/button';
import { Label, TextInput } from '../ui/field';

export function AbandonFlatten() {
  const [reason, setReason] = useState('');
  const { run, pending } = useCommand();
  return (
    <form
      className="mt-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '')
          run({ kind: 'AbandonFlatten', reason: reason.trim() }, 'The flatten is abandoned');
      }}
    >
      <Label htmlFor="abandon-reason">Abandon it: why? (required, journaled; entries stay halted)</Label>
      <div className="flex gap-2">
        <TextInput
          id="abandon-reason"
          data-testid="abandon-reason"
          value={reason}
          maxLength={500}
          autoComplete="off"
          onChange={(event) => setReason(event.target.value)}
        />
        <Button type="submit" data-testid="abandon-flatten" disabled={reason.trim() === '' || pending}>
          Abandon
        </Button>
      </div>
    </form>
  );
}
