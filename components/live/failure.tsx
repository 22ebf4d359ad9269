/** A question that failed: what happened, what to do, and the way to ask again. */
'use client';

import { CircleAlert } from 'lucide-react';
import { Button } from '../ui/button';
import { troubleOf } from './problem';

export function Failure({ title, error, onRetry }: { title: string; error: unknown; onRetry: () => void }) {
  return (
    <div role="alert" className="grid justify-items-center gap-2 px-4 py-10 text-center">
      <CircleAlert size={22} className="text-danger" aria-hidden />
      <p className="font-medium">{title}</p>
      <p className="max-w-[60ch] text-mute [overflow-wrap:anywhere]">{troubleOf(error).message}</p>
      <Button onClick={onRetry} className="mt-1">
        Ask again
      </Button>
    </div>
  );
}
