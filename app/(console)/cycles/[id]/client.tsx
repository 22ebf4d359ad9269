/** One cycle, put together: its story, with the guards' table inside. */
'use client';

import Link from 'next/link';
import { CycleStory } from '@/components/cycle/cycle-story';
import { GuardTable } from '@/components/guard/guard-table';

export function Cycle({ cycleId }: { cycleId: string }) {
  return (
    <>
      <nav aria-label="Where this is" className="mb-2 text-faint text-xs">
        <Link href="/cycles" className="hover:text-ink hover:underline">
          Cycles
        </Link>{' '}
        / <span className="num">{cycleId}</span>
      </nav>
      <CycleStory
        cycleId={cycleId}
        guards={(results, lead) => <GuardTable results={results} lead={lead} />}
      />
    </>
  );
}
