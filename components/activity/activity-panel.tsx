/** What happens, as it happens, newest first. Each line of a trade leads to its cycle. */
'use client';

import { Circle, Diamond, ShieldCheck, Triangle, UserRound, Wrench } from 'lucide-react';
import Link from 'next/link';
import { useId, useState } from 'react';
import type { ActivityLine } from '@/server/engine/view/words';
import { exchangeTime } from '../live/format/time';
import { useView } from '../live/live';
import { Code } from '../ui/badge';
import { cn } from '../ui/cn';
import { Empty, Panel, PanelHead } from '../ui/panel';
import { Segmented } from '../ui/segmented';
import { TONE_TEXT } from '../ui/tone';
import { FILTERS, type Filter, shown } from './filters';

const MARKS: Readonly<Record<ActivityLine['kind'], typeof Circle>> = {
  trade: Triangle,
  guard: Circle,
  advisory: Diamond,
  protection: ShieldCheck,
  operator: UserRound,
  system: Wrench,
};

function Line({ line }: { line: ActivityLine }) {
  const Mark = MARKS[line.kind];
  return (
    <li
      data-testid="activity-line"
      data-kind={line.kind}
      className="grid grid-cols-[58px_14px_minmax(0,1fr)] items-baseline gap-x-2.5 px-3.5 py-[5px] hover:bg-raised/50"
    >
      <time dateTime={new Date(line.ts).toISOString()} className="num text-[11.5px] text-faint">
        {exchangeTime(line.ts)}
      </time>
      <Mark
        size={11}
        strokeWidth={2.4}
        aria-label={line.kind}
        className={cn('translate-y-px', TONE_TEXT[line.tone], line.kind === 'trade' && 'rotate-90')}
      />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <span className={line.tone === 'danger' ? 'font-medium text-danger' : undefined}>{line.text}</span>{' '}
        {line.code ? <Code>{line.code}</Code> : null}{' '}
        {line.cycleId ? (
          <Link
            href={`/cycles/${line.cycleId}`}
            prefetch={false}
            className="num text-[11px] text-faint hover:text-ink hover:underline"
          >
            {line.cycleId}
          </Link>
        ) : null}
      </span>
    </li>
  );
}

export function ActivityPanel() {
  const id = useId();
  const [filter, setFilter] = useState<Filter>('everything');
  const lines = shown(
    useView((view) => view.activity),
    filter,
  );
  return (
    <Panel aria-labelledby={id}>
      <PanelHead id={id} title="Activity">
        <Segmented
          label="Show"
          value={filter}
          onValueChange={setFilter}
          options={FILTERS.map((value) => ({ value, label: value }))}
        />
      </PanelHead>
      {lines.length === 0 ? (
        <Empty
          title={filter === 'everything' ? 'Nothing has happened yet' : `No line about ${filter} in view`}
        />
      ) : (
        <ul className="scroll-quiet max-h-[420px] overflow-y-auto py-1.5" tabIndex={-1}>
          {lines.map((line) => (
            <Line key={`${line.seq}.${line.n}`} line={line} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
