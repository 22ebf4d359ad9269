/** One cycle, from its signal to its money: the headline, the figures, the timeline, the prices, the journal. */
'use client';

import { type ReactNode, useId, useMemo, useState } from 'react';
import type { GuardResult } from '@/server/engine/model/reason';
import { Failure } from '../live/failure';
import { resultTone, signedDollars } from '../live/format/money';
import { exchangeDate, exchangeOffset } from '../live/format/time';
import { useLive } from '../live/live';
import { Chip, Code } from '../ui/badge';
import { cn } from '../ui/cn';
import { Panel, PanelHead } from '../ui/panel';
import { Skeleton, Waiting } from '../ui/skeleton';
import { TONE_TEXT } from '../ui/tone';
import { CycleChart } from './cycle-chart';
import { Figures } from './figures';
import { type CycleStory as Story, useCycle } from './queries';
import { RawStep } from './raw-step';
import { headlineOf } from './said';
import { stepsOf } from './steps';
import { pricesFor } from './tell';
import { Timeline } from './timeline';

type Guards = (results: readonly GuardResult[], lead: number) => ReactNode;

function Headline({ row }: { row: Story['row'] }) {
  const headline = headlineOf(row);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <h1 className="flex flex-wrap items-center gap-x-3 gap-y-1 font-semibold text-[20px] tracking-tight">
        <Chip tone={row.side === 'BUY' ? 'accent' : 'violet'} className="px-2 py-0.5 text-[11px]">
          {row.side} {row.quantity}
        </Chip>
        {row.localSymbol}
        <span
          className={cn('font-normal', headline.tone === 'neutral' ? 'text-mute' : TONE_TEXT[headline.tone])}
        >
          {headline.words}
        </span>
        {row.realizedMicros !== null ? (
          <span className={cn('num', TONE_TEXT[resultTone(row.realizedMicros)])}>
            {signedDollars(row.realizedMicros)}
          </span>
        ) : null}
      </h1>
      <span className="flex flex-wrap gap-1">
        {row.reasons.map((reason) => (
          <Code key={reason}>{reason}</Code>
        ))}
      </span>
    </div>
  );
}

/** The journal tells the tick where a bracket was built; else the live instrument does, where there is one. */
function useTickSize(story: Story): number | null {
  const live = useLive(
    (state) => state.view?.instruments.find((one) => one.symbol === story.row.symbol)?.tickSize ?? null,
  );
  return story.tickSize ?? live;
}

function Told({ story, guards }: { story: Story; guards: Guards }) {
  const id = useId();
  const tickSize = useTickSize(story);
  const steps = useMemo(() => stepsOf(story.facts), [story.facts]);
  const [selected, setSelected] = useState<number | null>(null);
  const { row } = story;
  return (
    <div className="grid gap-3.5">
      <Headline row={row} />
      <Figures row={row} tickSize={tickSize} />
      <div className="grid items-start gap-3.5 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <Panel aria-labelledby={id}>
          <PanelHead
            id={id}
            title="What happened, in order"
            note={`${exchangeDate(row.openedTs)}, US/Central, ${exchangeOffset(row.openedTs)}`}
          />
          <Timeline
            steps={steps}
            at={pricesFor(tickSize)}
            selected={selected}
            onSelect={setSelected}
            guards={guards}
          />
        </Panel>
        <div className="grid gap-3.5 xl:sticky xl:top-[68px]">
          <CycleChart story={story} steps={steps} tickSize={tickSize} />
          <RawStep steps={steps} selected={selected} onSelect={setSelected} />
        </div>
      </div>
    </div>
  );
}

export function CycleStory({ cycleId, guards }: { cycleId: string; guards: Guards }) {
  const { data, error, refetch } = useCycle(cycleId);
  if (data) return <Told story={data} guards={guards} />;
  if (error) {
    return (
      <Panel>
        <Failure title="This cycle cannot be shown" error={error} onRetry={() => refetch()} />
      </Panel>
    );
  }
  return (
    <Waiting late="Still reading the journal…">
      <div className="grid gap-3.5">
        <Skeleton className="h-8 w-80" />
        <Skeleton className="h-16" />
        <Skeleton className="h-96" />
      </div>
    </Waiting>
  );
}
