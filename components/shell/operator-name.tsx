/** Who is pressing: small, and editable in place. */
'use client';

import { UserRound } from 'lucide-react';
import { useState } from 'react';
import { setOperatorName, useOperatorName } from '../live/operator';

export function OperatorName() {
  const name = useOperatorName();
  const [draft, setDraft] = useState<string | null>(null);
  const keep = () => {
    if (draft !== null) setOperatorName(draft);
    setDraft(null);
  };
  return (
    <div className="flex items-center gap-1.5 rounded-md px-2 text-faint focus-within:bg-raised hover:bg-raised">
      <UserRound size={13} aria-hidden />
      <input
        aria-label="Operator name, journaled with every command"
        title="Operator name, journaled with every command"
        value={draft ?? name}
        maxLength={64}
        spellCheck={false}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
        }}
        className="h-7 w-20 bg-transparent text-mute text-xs outline-none"
      />
    </div>
  );
}
