/** A position that no signal of ours opened: what it is, how it is covered, and the three answers. Each needs a reason and is journaled. */
'use client';

import { useState } from 'react';
import type { PositionView } from '@/server/engine/view/words';
import { signedDollars } from '../live/format/money';
import { averagePrice, minus } from '../live/format/price';
import { directionOf } from '../live/format/words';
import { useCommand } from '../live/use-command';
import { Chip } from '../ui/badge';
import { Button, type ButtonProps } from '../ui/button';
import { ReasonField } from '../ui/reason-field';
import { Protection } from './protection';

interface OrphanCardProps {
  position: PositionView;
  tickSize: number;
}

type Decision = 'adopt' | 'flatten' | 'ignore';

const ANSWERS: readonly {
  decision: Decision;
  label: string;
  means: string;
  done: string;
  variant: ButtonProps['variant'];
}[] = [
  {
    decision: 'adopt',
    label: 'Adopt',
    means: 'it is ours and keeps the stop that it got',
    done: 'Adopted',
    variant: 'primary',
  },
  {
    decision: 'flatten',
    label: 'Flatten',
    means: 'it is closed at market',
    done: 'It is being closed',
    variant: 'plain',
  },
  {
    decision: 'ignore',
    label: 'Ignore',
    means: 'our stop is cancelled, it stays bare, and the instrument takes no entry while it is held',
    done: 'Ignored: our stop is being cancelled',
    variant: 'plain',
  },
];

function Answers({ position }: { position: PositionView }) {
  const [reason, setReason] = useState('');
  const { run, pending } = useCommand();
  const why = reason.trim();
  const { cycleId } = position;
  return (
    <div>
      <ReasonField
        label="Reason, required for every answer"
        placeholder="Why? Required, and journaled"
        testId="orphan-reason"
        value={reason}
        onValueChange={setReason}
      />
      <div className="mt-2 grid grid-cols-3 gap-2">
        {ANSWERS.map(({ decision, label, means, done, variant }) => (
          <Button
            key={decision}
            data-testid={`orphan-${decision}`}
            variant={variant}
            className="max-md:h-11"
            title={means}
            disabled={why === '' || pending}
            onClick={() => run({ kind: 'DecideOrphan', cycleId, decision, reason: why }, done)}
          >
            {label}
          </Button>
        ))}
      </div>
      <ul className="mt-2 grid gap-0.5 text-faint text-xs">
        {ANSWERS.map(({ decision, label, means }) => (
          <li key={decision}>
            <span className="text-mute">{label}</span>: {means}.
          </li>
        ))}
      </ul>
    </div>
  );
}

export function OrphanCard({ position, tickSize }: OrphanCardProps) {
  const direction = directionOf(position.quantity);
  return (
    <article data-testid="orphan" data-cycle={position.cycleId} className="grid gap-3 p-3.5">
      <header className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-2">
            <Chip tone={direction === 'LONG' ? 'accent' : 'violet'}>{direction}</Chip>
            <span className="font-medium">
              <span className="num">{minus(position.quantity)}</span> {position.localSymbol}
            </span>
            <Chip tone="danger">orphan</Chip>
          </div>
          <p className="num mt-1 text-faint text-xs">
            average {averagePrice(position.average, tickSize)}
            {position.openMicros === null ? '' : ` · open ${signedDollars(position.openMicros)}`}
          </p>
        </div>
        <Protection protection={position.protection} />
      </header>
      <p className="text-mute text-xs">
        No signal of ours opened it. It has its emergency stop; entries wait everywhere until you answer.
      </p>
      <Answers position={position} />
    </article>
  );
}
