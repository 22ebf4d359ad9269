/** Is this position covered by a working stop? If not, for how long. */
'use client';

import { ShieldAlert, ShieldCheck, ShieldEllipsis } from 'lucide-react';
import type { ProtectionView } from '@/server/engine/view/words';
import { age } from '../live/format/time';
import { protectionSaid } from '../live/format/words';
import { useHostNow } from '../live/live';
import { cn } from '../ui/cn';
import { TONE_TEXT } from '../ui/tone';

function Mark({ state }: { state: ProtectionView['state'] }) {
  if (state === 'protected') return <ShieldCheck size={15} aria-hidden />;
  if (state === 'arming' || state === 'none') return <ShieldEllipsis size={15} aria-hidden />;
  return <ShieldAlert size={15} className="animate-attention" aria-hidden />;
}

function Since({ hostMs }: { hostMs: number }) {
  return <span className="num">{age(useHostNow() - hostMs)}</span>;
}

export function Protection({ protection }: { protection: ProtectionView }) {
  const said = protectionSaid(protection.state);
  const counting = protection.state !== 'protected' && protection.sinceHostMs !== null;
  return (
    <div data-testid="protection" data-state={protection.state}>
      <span className={cn('inline-flex items-center gap-1.5 font-medium', TONE_TEXT[said.tone])}>
        <Mark state={protection.state} />
        {said.words}
        {counting && protection.sinceHostMs !== null ? <Since hostMs={protection.sinceHostMs} /> : null}
      </span>
      <div className="num text-faint text-xs max-sm:hidden">{protection.detail}</div>
    </div>
  );
}
