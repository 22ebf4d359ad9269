/** A page broke. The strip above it, with the kill switches, still stands. */
'use client';

import { Button } from '@/components/ui/button';

export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <div role="alert" className="mx-auto grid max-w-[60ch] justify-items-center gap-2 py-20 text-center">
      <h1 className="font-semibold text-lg">This page has a fault</h1>
      <p className="text-mute [overflow-wrap:anywhere]">{error.message}</p>
      <p className="text-mute">Trading goes on in the worker. The kill switches above still work.</p>
      <Button variant="primary" onClick={reset} className="mt-2">
        Show it again
      </Button>
    </div>
  );
}
