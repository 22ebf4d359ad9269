/** The shape of what is coming. After a second it must say why it is still coming: `late`. */
'use client';

import { type ReactNode, useEffect, useState } from 'react';
import { cn } from './cn';

const LATE_MS = 1_000;

export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn('animate-attention rounded-md bg-raised', className)} />;
}

export function Waiting({ late, children }: { late: string; children: ReactNode }) {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), LATE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" aria-busy>
      {isLate ? (
        <p className="px-4 py-2 text-center text-mute">{late}</p>
      ) : (
        <span className="sr-only">Loading</span>
      )}
      {children}
    </div>
  );
}
