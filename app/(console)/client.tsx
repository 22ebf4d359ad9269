/** The live page, put together: the only place where its parts meet. */
'use client';

import { ActivityPanel } from '@/components/activity/activity-panel';
import { AdvisoryQueue } from '@/components/advisory/queue';
import { BracketsPanel } from '@/components/bracket/brackets-panel';
import { PricePane } from '@/components/chart/price-pane';
import { TodayPanel } from '@/components/day/today-panel';
import { GuardTable } from '@/components/guard/guard-table';
import { LiveGate } from '@/components/live/live';
import { Orphans } from '@/components/position/orphans';
import { PositionsPanel } from '@/components/position/positions-panel';
import { Skeleton, Waiting } from '@/components/ui/skeleton';

const COLUMNS =
  'grid grid-cols-[minmax(0,1fr)] items-start gap-3 lg:grid-cols-[minmax(0,1fr)_360px] xl:grid-cols-[minmax(0,1fr)_412px]';

function Opening() {
  return (
    <Waiting late="No word from the worker yet. The kill switches above work without it being shown here; cycles can be read.">
      <div className={COLUMNS}>
        <div className="grid gap-3">
          <Skeleton className="h-[380px]" />
          <Skeleton className="h-40" />
        </div>
        <div className="grid gap-3">
          <Skeleton className="h-64" />
          <Skeleton className="h-56" />
        </div>
      </div>
    </Waiting>
  );
}

export function Live() {
  return (
    <>
      <h1 className="sr-only">Live</h1>
      <LiveGate waiting={<Opening />}>
        <div className={COLUMNS}>
          <div className="grid min-w-0 gap-3 max-lg:contents">
            <PricePane />
            <PositionsPanel />
            <BracketsPanel />
          </div>
          <div className="grid min-w-0 gap-3 max-lg:contents">
            <Orphans />
            <AdvisoryQueue guards={(results) => <GuardTable results={results} />} />
            <TodayPanel />
            <ActivityPanel />
          </div>
        </div>
      </LiveGate>
    </>
  );
}
