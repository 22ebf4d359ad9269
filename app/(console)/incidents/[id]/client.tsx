/** One incident, put together: its story, with the guards' table inside; what is chosen is in the URL. */
'use client';

import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { GuardTable } from '@/components/guard/guard-table';
import { IncidentStory } from '@/components/incident/incident-story';
import { readSearch, writeSearch } from '@/components/incident/search';

export function Incident({ id }: { id: string }) {
  const router = useRouter();
  const search = readSearch(useSearchParams());
  return (
    <>
      <nav aria-label="Where this is" className="mb-2 text-faint text-xs">
        <Link href="/incidents" className="hover:text-ink hover:underline">
          Incidents
        </Link>{' '}
        / <span className="num">{id}</span>
      </nav>
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
