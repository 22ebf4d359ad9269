/** The list of cycles with its filters in the URL. */
'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { CycleList } from '@/components/cycle/cycle-list';
import { readSearch, writeSearch } from '@/components/cycle/search';

export function Cycles() {
  const router = useRouter();
  const search = readSearch(useSearchParams());
  return (
    <>
      <h1 className="sr-only">Cycles</h1>
      <CycleList
        search={search}
        onSearch={(next) => router.replace(`/cycles${writeSearch(next)}`, { scroll: false })}
      />
    </>
  );
}
