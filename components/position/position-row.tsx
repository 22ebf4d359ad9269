/** One open position: what is held, what it makes, where it stands between stop and target, and whether it is protected. */
'use client';

import Link from 'next/link';
import { useState } from 'react';
import type { PositionView } from '@/server/engine/view/words';
import { resultTone, signedDollars } from '../live/format/money';
import { averagePrice, minus, price, signedTicks } from '../live/format/price';
import { directionOf, rulesSaid } from '../live/format/words';
import { selectSymbol } from '../live/selection';
import { Chip } from '../ui/badge';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { ROW, Td } from '../ui/table';
import { TONE_TEXT } from '../ui/tone';
import { ExitDialog } from './exit-dialog';
import { Protection } from './protection';
import { RangeBar } from './range-bar';
import { RulesDialog } from './rules-dialog';

interface PositionRowProps {
  position: PositionView;
  tickSize: number;
  stale: boolean;
}

function adoptedSaid({ orphan }: PositionView): string {
  switch (orphan?.decision) {
    case 'undecided':
      return 'orphan';
    case 'ignore':
      return 'ignored';
    default:
      return 'adopted';
  }
}

function OpenResult({ position, stale }: { position: PositionView; stale: boolean }) {
  if (position.openMicros === null) return <span className="text-faint">–</span>;
  return (
    <div className={cn(stale && 'stale')}>
      <div className={cn('num font-medium', !stale && TONE_TEXT[resultTone(position.openMicros)])}>
        {signedDollars(position.openMicros)}
      </div>
      {position.openTicks !== null ? (
        <div className="num text-faint text-xs">{signedTicks(position.openTicks)}</div>
      ) : null}
    </div>
  );
}

function Levels({ position, tickSize }: { position: PositionView; tickSize: number }) {
  const [stop, target] = [price(position.stop, tickSize), price(position.target, tickSize)];
  return (
    <span className="inline-flex items-center gap-2">
      <span className="num text-faint text-xs">{stop}</span>
      <RangeBar
        position={position}
        label={`stop ${stop}, last ${price(position.last, tickSize)}, target ${target}`}
      />
      <span className="num text-faint text-xs">{target}</span>
    </span>
  );
}

export function PositionRow({ position, tickSize, stale }: PositionRowProps) {
  const [exiting, setExiting] = useState(false);
  const [ruling, setRuling] = useState(false);
  const rules = rulesSaid(position.rules);
  const direction = directionOf(position.quantity);
  return (
    <tr data-testid="position-row" data-cycle={position.cycleId} className={ROW}>
      <Td>
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Chip tone={direction === 'LONG' ? 'accent' : 'violet'}>
            {direction}
            <span className="sm:hidden">&nbsp;{Math.abs(position.quantity)}</span>
          </Chip>
          <button
            type="button"
            onClick={() => selectSymbol(position.symbol)}
            className="min-h-6 rounded font-medium hover:underline"
            title="Show it in the chart"
          >
            {position.localSymbol}
          </button>
          {position.origin === 'adopted' ? <Chip tone="caution">{adoptedSaid(position)}</Chip> : null}
        </div>
        <Link
          href={`/cycles/${position.cycleId}`}
          prefetch={false}
          className="num inline-flex min-h-6 items-center text-[11px] text-faint hover:text-ink hover:underline"
        >
          {position.cycleId}
        </Link>
      </Td>
      <Td className="num max-sm:hidden">{minus(position.quantity)}</Td>
      <Td className="num max-sm:hidden">{averagePrice(position.average, tickSize)}</Td>
      <Td className={cn('num max-sm:hidden', stale && 'stale')}>{price(position.last, tickSize)}</Td>
      <Td>
        <OpenResult position={position} stale={stale} />
      </Td>
      <Td className="max-lg:hidden">
        <Levels position={position} tickSize={tickSize} />
      </Td>
      <Td>
        <Protection protection={position.protection} />
      </Td>
      <Td>
        {position.exiting === null ? (
          <div className="flex gap-2 max-sm:flex-col sm:items-center">
            <Button
              size="small"
              className="max-md:h-10"
              data-testid="exit-position"
              aria-label={`Exit ${position.localSymbol}`}
              onClick={() => setExiting(true)}
            >
              Exit
            </Button>
            <Button
              size="small"
              className="max-md:h-10"
              data-testid="position-rules"
              aria-label={`Exit rules of ${position.localSymbol}: ${rules || 'none'}`}
              onClick={() => setRuling(true)}
            >
              Rules
            </Button>
          </div>
        ) : (
          <span className="text-caution text-xs">{position.exiting}</span>
        )}
        {position.exiting === null && rules !== '' ? (
          <div className="num mt-1 text-faint text-xs max-sm:hidden">{rules}</div>
        ) : null}
        <ExitDialog position={position} open={exiting} onOpenChange={setExiting} />
        <RulesDialog position={position} open={ruling} onOpenChange={setRuling} />
      </Td>
    </tr>
  );
}
