/** One cycle in the list. The whole row leads to its story. */
'use client';

import Link from 'next/link';
import type { CycleRow as Row } from '@/server/engine/model/rows';
import { resultTone, signedDollars } from '../live/format/money';
import { averagePrice, rMultiple, signedTicks } from '../live/format/price';
import { duration, exchangeDate, exchangeTime } from '../live/format/time';
import { Chip, Code } from '../ui/badge';
import { cn } from '../ui/cn';
import { ROW, Td } from '../ui/table';
import { TONE_TEXT } from '../ui/tone';
import { headlineOf } from './said';
import { heldMs } from './sort';

const SHOWN_REASONS = 2;

function Reasons({ reasons }: { reasons: readonly string[] }) {
  if (reasons.length === 0) return null;
  const more = reasons.length - SHOWN_REASONS;
  return (
    <span className="flex flex-wrap justify-start gap-1" title={reasons.join(', ')}>
      {reasons.slice(0, SHOWN_REASONS).map((reason) => (
        <Code key={reason}>{reason}</Code>
      ))}
      {more > 0 ? <span className="text-faint text-xs">+{more}</span> : null}
    </span>
  );
}

function Result({ row }: { row: Row }) {
  const headline = headlineOf(row);
  const net = row.realizedMicros;
  return (
    <span className={cn('num font-medium', net === null ? 'text-faint' : TONE_TEXT[resultTone(net)])}>
      {net === null ? (headline.tone === 'accent' ? 'open' : '–') : signedDollars(net)}
    </span>
  );
}

export function CycleRow({ row }: { row: Row }) {
  const headline = headlineOf(row);
  const held = heldMs(row);
  const traded = row.filledTs !== null;
  return (
    <tr
      data-testid="cycle-row"
      data-cycle={row.cycleId}
      data-phase={row.phase}
      className={cn(ROW, 'relative hover:bg-raised/60')}
    >
      <Td>
        <Link
          href={`/cycles/${row.cycleId}`}
          prefetch={false}
          className="num outline-offset-[-2px] after:absolute after:inset-0 after:content-['']"
        >
          <span className="text-faint max-sm:hidden">{exchangeDate(row.openedTs)} </span>
          {exchangeTime(row.openedTs)}
        </Link>
      </Td>
      <Td className="text-left">
        <span className="flex items-center gap-2 whitespace-nowrap">
          <Chip tone={row.side === 'BUY' ? 'accent' : 'violet'}>{row.side}</Chip>
          <span className="num">{row.quantity}</span>
          <span className="font-medium">{row.localSymbol}</span>
        </span>
      </Td>
      <Td className="text-left">
        <span
          className={cn(
            'whitespace-nowrap',
            headline.tone === 'neutral' ? 'text-mute' : TONE_TEXT[headline.tone],
          )}
        >
          {headline.words}
        </span>
      </Td>
      <Td className="text-left max-lg:hidden">
        <Reasons reasons={row.reasons} />
      </Td>
      <Td className="num max-md:hidden">
        {traded ? `${averagePrice(row.entryPrice)} → ${averagePrice(row.exitPrice)}` : '–'}
      </Td>
      <Td className="num max-md:hidden">{rMultiple(row.rMultiple)}</Td>
      <Td className="num text-faint max-xl:hidden">{traded ? signedTicks(row.maeTicks) : '–'}</Td>
      <Td className="num text-faint max-xl:hidden">{traded ? signedTicks(row.mfeTicks) : '–'}</Td>
      <Td className="num text-faint max-lg:hidden">{held === null ? '–' : duration(held)}</Td>
      <Td>
        <Result row={row} />
      </Td>
    </tr>
  );
}
