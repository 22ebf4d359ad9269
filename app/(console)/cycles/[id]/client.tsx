/** One cycle, put together: its story, with the guards' table inside. */
'use client';

import { CycleStory } from '@/components/cycle/cycle-story';
import { GuardTable } from '@/components/guard/guard-table';
import { Trail } from '@/components/shell/trail';

export function Cycle({ cycleId }: { cycleId: string }) {
  return (
    <>
      <Trail href="/cycles" title="Cycles" id={cycleId} />
      <CycleStory
        cycleId={cycleId}
        guards={(results, lead) => <GuardTable results={results} lead={lead} />}
      />
    </>
  );
}
