/** Ends a flatten that cannot end by itself: a reason, and then it is a person's business. The halt stays. */
'use client';

import { useState } from 'react';
import { useCommand } from '../live/use-command';
import { Button } from '../ui/button';
import { ReasonField } from '../ui/reason-field';

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
      <ReasonField
        label="Abandon it: why? (required, journaled; entries stay halted)"
        testId="abandon-reason"
        value={reason}
        onValueChange={setReason}
      />
      <Button
        type="submit"
        className="mt-2"
        data-testid="abandon-flatten"
        disabled={reason.trim() === '' || pending}
      >
        Abandon
      </Button>
    </form>
  );
}
