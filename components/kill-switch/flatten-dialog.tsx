/** Flatten: what will be closed and cancelled, a hold of 1.5 s, then its progress to FLAT, or until somebody abandons it. It may be pressed twice without harm. */
'use client';

import { useState } from 'react';
import type { FlattenView } from '@/server/engine/view/words';
import { liveNow, useFreshness, useLive } from '../live/live';
import { useCommand } from '../live/use-command';
import { Button } from '../ui/button';
import { AlertDialog, DialogFoot, DialogWayOut } from '../ui/dialog';
import { HoldButton } from '../ui/hold-button';
import { FlattenPreview } from './flatten-preview';
import { FlattenProgress } from './flatten-progress';

const HOLD_MS = 1_500;

/** `before`: start of a flatten that was over before the press, so that its ending is not taken for this one's. */
type Asked = { before: number | null; answer: 'none yet' | 'journaled' | 'failed' };

function isOver({ phase }: FlattenView): boolean {
  return phase === 'flat' || phase === 'abandoned';
}

/** One that runs, or one that began after the press. */
function ownFlatten(flatten: FlattenView | null, asked: Asked | null): FlattenView | null {
  if (flatten === null) return null;
  if (!isOver(flatten)) return flatten;
  return asked !== null && flatten.startedHostMs !== asked.before ? flatten : null;
}

interface FlattenDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function FlattenDialog({ open, onOpenChange }: FlattenDialogProps) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const { run } = useCommand();
  const fresh = useFreshness() === 'live';
  const shown = ownFlatten(
    useLive((state) => state.view?.flatten ?? null),
    asked,
  );

  const flatten = async () => {
    const known = liveNow().view?.flatten ?? null;
    const before = known !== null && isOver(known) ? known.startedHostMs : null;
    setAsked({ before, answer: 'none yet' });
    const outcome = await run({ kind: 'Flatten', scope: '*', reason: 'Flatten held for 1.5 s' }, null);
    setAsked({ before, answer: outcome.kind === 'accepted' ? 'journaled' : 'failed' });
  };
  const change = (next: boolean) => {
    if (!next) setAsked(null);
    onOpenChange(next);
  };
  const over = shown !== null && isOver(shown);
  const mayHold = shown === null ? asked === null || asked.answer === 'failed' : shown.phase === 'abandoned';

  return (
    <AlertDialog
      open={open}
      onOpenChange={change}
      title="Flatten everything"
      description="Halts entries, cancels working entries, closes every position through its own stop's group, and verifies flat at the broker."
    >
      {shown === null && asked === null ? <FlattenPreview fresh={fresh} /> : null}
      {shown !== null || asked !== null ? (
        <FlattenProgress flatten={shown} answer={asked?.answer ?? 'journaled'} fresh={fresh} />
      ) : null}
      <DialogFoot>
        <DialogWayOut asChild>
          <Button size="large" className="flex-1 sm:flex-none">
            {over ? 'Close' : shown === null && asked === null ? 'Do nothing' : 'Close; it goes on'}
          </Button>
        </DialogWayOut>
        {mayHold ? (
          <HoldButton
            testId="flatten-hold"
            holdMs={HOLD_MS}
            onConfirm={flatten}
            holding="Keep holding…"
            className="flex-1"
          >
            {shown?.phase === 'abandoned' ? 'Hold to flatten again' : 'Hold to flatten'}
          </HoldButton>
        ) : null}
      </DialogFoot>
    </AlertDialog>
  );
}
