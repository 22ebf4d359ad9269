/** What is left of a proposal's life. */
'use client';

import { useFreshness, useHostNow } from '../live/live';
import { cn } from '../ui/cn';
import { Ring } from '../ui/ring';

const HURRY_MS = 15_000;

export function Countdown({ fromHostMs, toHostMs }: { fromHostMs: number; toHostMs: number }) {
  const now = useHostNow();
  const fresh = useFreshness() === 'live';
  const leftMs = Math.max(0, toHostMs - now);
  const tone = !fresh ? 'text-faint' : leftMs < HURRY_MS ? 'text-danger' : 'text-caution';
  return (
    <span className={cn('shrink-0', tone)}>
      <Ring
        share={leftMs / Math.max(1, toHostMs - fromHostMs)}
        label={fresh ? `${Math.ceil(leftMs / 1000)}s` : '?'}
      />
    </span>
  );
}
