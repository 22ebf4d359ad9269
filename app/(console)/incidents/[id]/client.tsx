/** One incident, put together: its story, with the guards' table inside; what is chosen is in the URL. */
'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { GuardTable } from '@/components/guard/guard-table';
import { IncidentStory } from '@/components/incident/incident-story';
import { readSearch, writeSearch } from '@/components/incident/search';
import { Trail } from '@/components/shell/trail';

export function Incident({ id }: { id: string }) {
  const router = useRouter();
  const search = readSearch(useSearchParams());
  return (
    <>
      <Trail href="/incidents" title="Incidents" id={id} />
      <IncidentStory
        id={id}
        search={search}
        onSearch={(next) => router.replace(`/incidents/${id}${writeSearch(next)}`, { scroll: false })}
        guards={(rows) => (
          <GuardTable
            results={rows.map(({ why: _, verdict, ...row }) => ({
              ...row,
              verdict: verdict === 'not known' ? 'skip' : verdict,
            }))}
          />
        )}
      />
    </>
  );
}
